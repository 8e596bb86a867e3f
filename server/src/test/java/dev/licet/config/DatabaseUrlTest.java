package dev.licet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # text, JDBC URL, user, password, display
          postgresql://u:p@db:6432/licet, jdbc:postgresql://db:6432/licet, u, p, db:6432/licet
          postgres://u@db/licet, jdbc:postgresql://db:5432/licet, u, -, db:5432/licet
          POSTGRESQL://db/licet, jdbc:postgresql://db:5432/licet, -, -, db:5432/licet
          postgresql://u:p%40s%2Fs+x@db/licet, jdbc:postgresql://db:5432/licet, u, p@s/s+x, db:5432/licet
          postgresql://u:p@s/s@db/licet, jdbc:postgresql://db:5432/licet, u, p@s/s, db:5432/licet
          postgresql://u:a:b@[::1]:1/licet, jdbc:postgresql://[::1]:1/licet, u, a:b, [::1]:1/licet
          jdbc:postgresql://db/licet?user=u&password=a%26b+c&ssl=true, jdbc:postgresql://db:5432/licet?ssl=true, u, a&b c, db:5432/licet
          jdbc:postgresql:licet, jdbc:postgresql://localhost:5432/licet, -, -, localhost:5432/licet
          jdbc:postgresql:/licet, jdbc:postgresql://localhost:5432/licet, -, -, localhost:5432/licet
          postgresql://u@db/licet?application_name=x&sslmode=require, jdbc:postgresql://db:5432/licet?ApplicationName=x&sslmode=require, u, -, db:5432/licet
          'postgresql://u@a:1,b/licet', 'jdbc:postgresql://a:1,b:5432/licet', u, -, 'a:1,b:5432/licet'
          """)
  void aUrlOfEitherFormIsRead(
      String text, String jdbcUrl, String user, String password, String display) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    assertEquals(jdbcUrl, url.jdbcUrl());
    assertEquals(user, url.user().orElse(null));
    assertEquals(password, url.password().map(Secret::reveal).orElse(null));
    assertEquals(display, url.display());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hunter2@db/x",
        "postgresql://u:hunter2@db",
        "postgresql://u:hunter2@db/",
        "postgresql://u:hunter2@db/a/b",
        "postgresql://u:hunter2@db:0/a",
        "postgresql://u:hunter2@db:65536/a",
        "postgresql://u:hunter2@d b/a",
        "postgresql:///a?host=/var/run",
        "postgresql://u:hunter2%zz@db/a",
        "postgresql:hunter2"
      })
  void anotherTextIsRefusedWithoutQuotingIt(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(text)).getMessage();
    assertFalse(String.valueOf(message).contains("hunter2"), message);
  }

  @Test
  void thePasswordIsMaskedWhenShown() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://u:hunter2@db/licet?sslpassword=hunter3");
    assertEquals("postgresql://u:********@db:5432/licet", url.toString());
  }
}
