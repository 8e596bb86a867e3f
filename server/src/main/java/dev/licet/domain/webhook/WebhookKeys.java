package dev.licet.domain.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is secret about a webhook; stored only sealed.
 *
 * @param secrets the current one first
 * @param pair the keys of its other signature
 * @param headers what its messages carry beside the usual ones: their values may be credentials
 */
public record WebhookKeys(
    List<DatedSecret> secrets, WebhookKeyPair pair, Map<String, String> headers) {
  /** How many old secrets may sign beside the current one. */
  private static final int MAX_OLD = 4;

  public WebhookKeys {
    secrets = List.copyOf(secrets);
    headers = Map.copyOf(headers);
  }

  /**
   * A secret and how long it signs.
   *
   * @param until {@code null} for the current one
   */
  public record DatedSecret(WebhookSecret secret, @Nullable Instant until) {
    boolean signsAt(Instant now) {
      return until == null || now.isBefore(until);
    }
  }

  /** The secrets that sign at a moment. */
  public List<WebhookSecret> signingAt(Instant now) {
    return secrets.stream().filter(dated -> dated.signsAt(now)).map(DatedSecret::secret).toList();
  }

  /**
   * The same with another current secret.
   *
   * @param overlap until when the one before signs beside it; {@code null} is not at all
   */
  WebhookKeys rotated(WebhookSecret secret, @Nullable Instant overlap, Instant now) {
    List<DatedSecret> rotated = new ArrayList<>();
    rotated.add(new DatedSecret(secret, null));
    for (DatedSecret old : secrets) {
      Instant until = old.until() == null ? overlap : old.until();
      if (until != null && now.isBefore(until) && rotated.size() <= MAX_OLD) {
        rotated.add(new DatedSecret(old.secret(), until));
      }
    }
    return new WebhookKeys(rotated, pair, headers);
  }

  WebhookKeys with(Map<String, String> newHeaders) {
    return new WebhookKeys(secrets, pair, newHeaders);
  }

  /** Shows nothing of them. */
  @Override
  public String toString() {
    return "WebhookKeys[****]";
  }
}
