package dev.licet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.config.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The secret that a server makes in its data directory. */
class SecretFileTest {
  @ParameterizedTest
  @EnumSource
  void anotherOneIsNotMadeForADatabaseThatHasOne(TestDatabase database) throws Exception {
    try (TestServer server = TestServer.start(database)) {
      String key = server.client().create("starter").text("/key");
      Path file = server.dataDirectory().resolve("licet.secret");
      byte[] secret = Files.readAllBytes(file);
      Files.delete(file);
      IllegalStateException refused = assertThrows(IllegalStateException.class, server::restart);
      StartupException cause = assertInstanceOf(StartupException.class, refused.getCause());
      assertTrue(cause.getMessage().contains(file.toString()), cause.getMessage());
      assertFalse(Files.exists(file));
      Files.write(file, secret);
      server.restart();
      assertEquals(200, server.client().validate(key).expectValid().status());
    }
  }
}
