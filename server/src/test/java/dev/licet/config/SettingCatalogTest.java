package dev.licet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SettingCatalogTest {
  @Test
  void namesMapToVariablesAndFlags() {
    List<String> mappings =
        SettingCatalog.all().stream()
            .map(setting ->
                setting.name()
                    + " "
                    + setting.environmentVariable()
                    + " "
                    + setting.flag().orElse("-"))
            .toList();
    assertEquals(
        List.of(
            "port LICET_PORT --port",
            "host LICET_HOST --host",
            "public-url LICET_PUBLIC_URL --public-url",
            "trusted-proxies LICET_TRUSTED_PROXIES --trusted-proxies",
            "max-connections LICET_MAX_CONNECTIONS --max-connections",
            "data-dir LICET_DATA_DIR --data-dir",
            "database-url LICET_DATABASE_URL --database-url",
            "database-pool-size LICET_DATABASE_POOL_SIZE --database-pool-size",
            "bootstrap-api-key LICET_BOOTSTRAP_API_KEY -",
            "bootstrap-operator-key LICET_BOOTSTRAP_OPERATOR_KEY -",
            "secret LICET_SECRET -",
            "secret-file LICET_SECRET_FILE --secret-file",
            "account-deletion-grace LICET_ACCOUNT_DELETION_GRACE --account-deletion-grace",
            "license-expiring-days LICET_LICENSE_EXPIRING_DAYS --license-expiring-days",
            "unknown-keys-per-minute LICET_UNKNOWN_KEYS_PER_MINUTE --unknown-keys-per-minute",
            "license-validations-per-minute LICET_LICENSE_VALIDATIONS_PER_MINUTE"
                + " --license-validations-per-minute",
            "license-validations-burst LICET_LICENSE_VALIDATIONS_BURST --license-validations-burst",
            "api-key-requests-per-minute LICET_API_KEY_REQUESTS_PER_MINUTE"
                + " --api-key-requests-per-minute",
            "address-requests-per-minute LICET_ADDRESS_REQUESTS_PER_MINUTE"
                + " --address-requests-per-minute",
            "usage.acknowledge LICET_USAGE_ACKNOWLEDGE --usage-acknowledge",
            "usage.retention LICET_USAGE_RETENTION --usage-retention",
            "usage.stale-limit LICET_USAGE_STALE_LIMIT --usage-stale-limit",
            "usage.spill-limit-mb LICET_USAGE_SPILL_LIMIT_MB --usage-spill-limit-mb",
            "geoip.database LICET_GEOIP_DATABASE --geoip-database",
            "geoip.registry LICET_GEOIP_REGISTRY --geoip-registry",
            "events.retention LICET_EVENTS_RETENTION --events-retention",
            "cache.ttl LICET_CACHE_TTL --cache-ttl",
            "cache.max-weight-mb LICET_CACHE_MAX_WEIGHT_MB --cache-max-weight-mb",
            "webhook.allow-loopback LICET_WEBHOOK_ALLOW_LOOPBACK --webhook-allow-loopback",
            "webhook.timeout LICET_WEBHOOK_TIMEOUT --webhook-timeout",
            "smtp-url LICET_SMTP_URL --smtp-url",
            "log-level LICET_LOG_LEVEL --log-level"),
        mappings);
  }

  @Test
  void theDefaultsFileExplainsEverySetting() throws Exception {
    List<String> lines;
    try (InputStream stream = SettingCatalog.class.getResourceAsStream("/licet-defaults.yaml")) {
      lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    for (Setting<?> setting : SettingCatalog.all()) {
      String names =
          Stream.concat(Stream.of(setting.environmentVariable()), setting.flag().stream())
              .reduce((left, right) -> left + ", " + right)
              .orElseThrow();
      int mapping = lines.stream().map(String::strip).toList().indexOf("# " + names);
      assertTrue(mapping > 0, "A comment with the line: " + names);
      assertTrue(lines.get(mapping - 1).strip().startsWith("# "), setting.name());
      String leaf = setting.name().substring(setting.name().lastIndexOf('.') + 1) + ":";
      assertTrue(lines.get(mapping + 1).strip().startsWith(leaf), setting.name());
    }
  }

  @Test
  void theDefaultsFileHoldsNothingElse() throws Exception {
    List<String> known = SettingCatalog.all().stream().map(Setting::name).sorted().toList();
    assertEquals(known, YamlFile.defaults().keySet().stream().sorted().toList());
  }
}
