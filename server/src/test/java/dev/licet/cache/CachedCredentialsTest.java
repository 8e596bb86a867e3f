package dev.licet.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.account.ApiKeyText;
import dev.licet.domain.account.Credential;
import dev.licet.domain.account.OperatorKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which keys are read again. */
class CachedCredentialsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void aKeyIsReadAgainWhileTheDatabaseAnswersAndNothingIsHeardOfOthersChanges() {
    DatabaseState state = new DatabaseState(nanos::get);
    ApiKeyText text = ApiKeyText.generate(ApiKeyText.Kind.OPERATOR, new SecureRandom());
    CachedCredentials credentials = new CachedCredentials(this::read, state);
    assertReads(1, credentials, text);
    nanos.addAndGet(2_000_000_001);
    assertReads(1, credentials, text); // a database of this process alone
    state.heard();
    assertReads(1, credentials, text);
    nanos.addAndGet(2_000_000_001);
    assertReads(2, credentials, text);
    assertReads(3, credentials, text);
    state.lost();
    assertReads(3, credentials, text);
  }

  private void assertReads(int count, CachedCredentials credentials, ApiKeyText text) {
    assertTrue(credentials.find(text).isPresent());
    assertEquals(count, reads.get());
  }

  private Optional<Credential> read(ApiKeyText text) {
    reads.incrementAndGet();
    return Optional.of(
        new Credential.OfOperator(
            new OperatorKey("key_1", text.hash(), text.hint(), Instant.EPOCH)));
  }
}
