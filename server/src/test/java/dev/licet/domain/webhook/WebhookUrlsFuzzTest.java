package dev.licet.domain.webhook;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.licet.domain.activation.DomainNames;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import java.nio.charset.StandardCharsets;

/**
 * Reads arbitrary text as a URL. As an ordinary test it runs on the seeds; with {@code -Dfuzz=true}
 * it searches.
 */
class WebhookUrlsFuzzTest {
  private static final DomainNames NAMES =
      new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());
  private static final WebhookUrls URLS = new WebhookUrls(NAMES, false);
  private static final WebhookUrls DEVELOPMENT = new WebhookUrls(NAMES, true);

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] data) {
    WebhookUrlChecks.check(URLS, DEVELOPMENT, new String(data, StandardCharsets.UTF_8));
  }
}
