package dev.licet.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.webhook.WebhookKeyPair;
import dev.licet.domain.webhook.WebhookKeys;
import dev.licet.domain.webhook.WebhookKeys.DatedSecret;
import dev.licet.domain.webhook.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is secret about a webhook, in one sealed column: JSON inside. */
record WebhookSeal(KeyVault vault) {
  byte[] seal(WebhookKeys keys, String webhookId) {
    List<Map<String, @Nullable Object>> secrets = new ArrayList<>();
    for (DatedSecret dated : keys.secrets()) {
      Map<String, @Nullable Object> secret = new LinkedHashMap<>();
      secret.put("secret", dated.secret().text());
      secret.put("until", Rows.millis(dated.until()));
      secrets.add(secret);
    }
    Map<String, Object> all =
        Map.of(
            "secrets",
            secrets,
            "pair",
            Base64.getEncoder().encodeToString(keys.pair().bytes()),
            "headers",
            keys.headers());
    return vault.sealWebhook(Json.write(all).getBytes(UTF_8), webhookId);
  }

  WebhookKeys open(byte[] sealed, String webhookId) {
    JsonNode all = Json.tree(new String(vault.openWebhook(sealed, webhookId), UTF_8));
    List<DatedSecret> secrets = new ArrayList<>();
    for (JsonNode dated : all.get("secrets")) {
      JsonNode until = dated.get("until");
      secrets.add(
          new DatedSecret(
              WebhookSecret.read(dated.get("secret").textValue()).orElseThrow(),
              until.isNull() ? null : Instant.ofEpochMilli(until.longValue())));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    all.get("headers").properties().forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
    byte[] pair = Base64.getDecoder().decode(all.get("pair").textValue());
    return new WebhookKeys(secrets, WebhookKeyPair.restore(pair), headers);
  }
}
