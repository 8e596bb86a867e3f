package dev.licet.bench;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Validations of the day on which clocks in Europe went an hour ahead, with some hours around it,
 * and what they add up to: a list, so that nothing of the product takes part.
 */
final class UsageDay {
  static final Instant START = Instant.parse("2026-03-28T22:00:00Z");
  static final Instant END = Instant.parse("2026-03-30T01:00:00Z");
  static final int LICENSES = 500;

  private static final String[] COUNTRIES = {
    "DE", "FR", "GB", "US", "BR", "JP", "IN", "AU", "NP", "CA", "ZA", null
  };
  private static final Outcome[] OUTCOMES = {
    Outcome.VALID,
    Outcome.VALID,
    Outcome.VALID,
    Outcome.VALID,
    Outcome.DEVICE_LIMIT,
    Outcome.EXPIRED,
    Outcome.DOMAIN_LIMIT
  };

  private final List<UsageEvent> events = new ArrayList<>();

  /** What is asked: by one or two dimensions, in the days and hours of a zone. */
  record Asked(List<UsageDimension> by, ZoneId zone) {}

  /** Valid and refused ones. */
  record Count(long valid, long refused) {
    Count plus(Count other) {
      return new Count(valid + other.valid, refused + other.refused);
    }
  }

  UsageDay(int validations, UsageGroup group) {
    SplittableRandom random = new SplittableRandom(Keys.SEED);
    long start = START.toEpochMilli();
    long length = Duration.between(START, END).toMillis();
    for (int i = 0; i < validations; i++) {
      int license = 1 + random.nextInt(LICENSES);
      int place = random.nextInt(4);
      String device = random.nextInt(3) == 0 ? null : "device-" + (license * 3 + place) % 700;
      String domain = random.nextInt(6) == 0 ? null : "d" + (license + place) % 300 + ".example";
      events.add(
          new UsageEvent(
              license,
              group,
              start + random.nextLong(length),
              OUTCOMES[random.nextInt(OUTCOMES.length)],
              domain,
              device,
              new UsageOrigin(
                  "192.0." + license % 256 + "." + place,
                  COUNTRIES[(license + place) % COUNTRIES.length],
                  0,
                  null),
              0,
              0));
    }
  }

  List<UsageEvent> events() {
    return events;
  }

  static List<Asked> questions() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZoneId nepal = ZoneId.of("Asia/Kathmandu");
    ZoneId newfoundland = ZoneId.of("America/St_Johns");
    ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
    return List.of(
        new Asked(List.of(UsageDimension.DAY), berlin),
        new Asked(List.of(UsageDimension.HOUR), berlin),
        new Asked(List.of(UsageDimension.DAY), ZoneOffset.UTC),
        new Asked(List.of(UsageDimension.HOUR, UsageDimension.OUTCOME), nepal),
        new Asked(List.of(UsageDimension.DAY, UsageDimension.COUNTRY), newfoundland),
        new Asked(List.of(UsageDimension.DAY, UsageDimension.DOMAIN), lordHowe),
        new Asked(List.of(UsageDimension.HOUR, UsageDimension.DEVICE), berlin),
        new Asked(List.of(UsageDimension.HOUR, UsageDimension.LICENSE), berlin),
        new Asked(List.of(UsageDimension.DOMAIN, UsageDimension.DEVICE), berlin),
        new Asked(List.of(UsageDimension.COUNTRY, UsageDimension.OUTCOME), ZoneOffset.UTC),
        new Asked(List.of(UsageDimension.LICENSE, UsageDimension.COUNTRY), ZoneOffset.UTC));
  }

  /** What a question comes to; licenses by their numbers. */
  Map<List<@Nullable String>, Count> answer(Asked asked) {
    Map<List<@Nullable String>, Count> counts = new HashMap<>();
    Map<Long, String> times = new TreeMap<>();
    for (UsageEvent event : events) {
      @Nullable String[] key = new String[asked.by().size()];
      for (int i = 0; i < key.length; i++) {
        key[i] = value(event, asked.by().get(i), asked.zone(), times);
      }
      boolean valid = event.outcome() == Outcome.VALID;
      counts.merge(Arrays.asList(key), new Count(valid ? 1 : 0, valid ? 0 : 1), Count::plus);
    }
    return counts;
  }

  private static @Nullable String value(
      UsageEvent event, UsageDimension dimension, ZoneId zone, Map<Long, String> times) {
    return switch (dimension) {
      case DAY -> time(event, zone, times, at -> at.toLocalDate().toString());
      case HOUR ->
          time(
              event,
              zone,
              times,
              at ->
                  DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.HOURS)));
      case DOMAIN -> event.domain();
      case DEVICE -> event.fingerprint();
      case COUNTRY -> event.origin().country();
      case OUTCOME -> event.outcome().code() == null ? "valid" : event.outcome().code().name();
      case LICENSE -> Long.toString(event.licenseNo());
      case PLAN, PRODUCT -> throw new IllegalArgumentException("all have the same");
    };
  }

  /** Writes a time. */
  private interface Writer {
    String write(ZonedDateTime at);
  }

  /** Minutes are written once: all zones differ by whole ones. */
  private static String time(
      UsageEvent event, ZoneId zone, Map<Long, String> times, Writer writer) {
    return times.computeIfAbsent(
        event.atMillis() / 60_000,
        minute -> writer.write(Instant.ofEpochSecond(minute * 60).atZone(zone)));
  }
}
