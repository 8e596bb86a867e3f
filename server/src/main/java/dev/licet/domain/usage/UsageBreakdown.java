package dev.licet.domain.usage;

import dev.licet.domain.FailureException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds sums up by one or two dimensions, one of which may be a time of a time zone, and keeps the
 * largest of them.
 */
final class UsageBreakdown implements UsageSelection.Use {
  /** Groups in memory at once: some ten megabytes. */
  static final int MOST_GROUPS = 100_000;

  private final List<UsageDimension> by;
  private final ZoneId zone;
  private final int timeAt;
  private final Map<Key, long[]> groups = new HashMap<>();

  /** The quarter of an hour that was asked for last, and the day or hour in which it is. */
  private long lastMillis = Long.MIN_VALUE;

  private @Nullable ZonedDateTime lastTime;

  /** Values of the dimensions. */
  private record Key(List<@Nullable Object> values) {}

  /** What to tell apart, without times; {@code null} for all, of which the largest are kept. */
  private final @Nullable Set<List<@Nullable Object>> only;

  private final Map<Key, long[]> others = new HashMap<>();

  /**
   * A group.
   *
   * @param values of the dimensions: {@link ZonedDateTime} for times, {@link Long} for what has a
   *     number, {@link String} for names; {@code null} for none
   * @param other whether it stands for all that are not among the largest; its values are those of
   *     times alone
   */
  record Group(List<@Nullable Object> values, boolean other, long valid, long refused) {
    long total() {
      return valid + refused;
    }
  }

  UsageBreakdown(List<UsageDimension> by, ZoneId zone) {
    this(by, zone, null);
  }

  /**
   * @param only values to tell apart, without times; the others are added up
   */
  UsageBreakdown(List<UsageDimension> by, ZoneId zone, @Nullable Set<List<@Nullable Object>> only) {
    this.by = by;
    this.only = only;
    this.zone = zone;
    int at = -1;
    for (int i = 0; i < by.size(); i++) {
      if (by.get(i).isTime()) {
        at = i;
      }
    }
    timeAt = at;
  }

  @Override
  public void add(long atMillis, List<@Nullable Object> values, boolean valid, long count) {
    List<@Nullable Object> all = new ArrayList<>(values);
    if (timeAt >= 0) {
      all.add(timeAt, time(atMillis));
    }
    Key key = new Key(all);
    if (only != null && !only.contains(values)) {
      others.computeIfAbsent(timeAlone(key), ignored -> new long[2])[valid ? 0 : 1] += count;
      return;
    }
    long[] counts = groups.get(key);
    if (counts == null) {
      if (groups.size() == MOST_GROUPS) {
        throw FailureException.invalid(
            "?group_by",
            "tells more than " + MOST_GROUPS + " groups apart: ask for a shorter time");
      }
      counts = new long[2];
      groups.put(key, counts);
    }
    counts[valid ? 0 : 1] += count;
  }

  private ZonedDateTime time(long atMillis) {
    if (lastTime == null || atMillis != lastMillis) {
      lastMillis = atMillis;
      ZonedDateTime at = Instant.ofEpochMilli(atMillis).atZone(zone);
      lastTime =
          by.get(timeAt) == UsageDimension.DAY
              ? at.toLocalDate().atStartOfDay(zone)
              : at.truncatedTo(ChronoUnit.HOURS);
    }
    return lastTime;
  }

  /** The groups: by time, and the largest first. */
  List<Group> largest(int top) {
    Set<Key> kept = only == null ? kept(top) : Set.of();
    List<Group> result = new ArrayList<>();
    groups.forEach((key, counts) -> {
      if (only != null || kept.contains(withoutTime(key))) {
        result.add(new Group(key.values(), false, counts[0], counts[1]));
      } else {
        long[] sums = others.computeIfAbsent(timeAlone(key), ignored -> new long[2]);
        sums[0] += counts[0];
        sums[1] += counts[1];
      }
    });
    others.forEach(
        (key, counts) -> result.add(new Group(key.values(), true, counts[0], counts[1])));
    result.sort(
        Comparator.<Group>comparingLong(this::millis)
            .thenComparing(Group::other)
            .thenComparing(UsageRanking.LARGEST_FIRST));
    return result;
  }

  private long millis(Group group) {
    return timeAt >= 0 && group.values().get(timeAt) instanceof ZonedDateTime time
        ? time.toInstant().toEpochMilli()
        : 0;
  }

  private Set<Key> kept(int top) {
    Map<Key, Long> totals = new HashMap<>();
    groups.forEach(
        (key, counts) -> totals.merge(withoutTime(key), counts[0] + counts[1], Long::sum));
    List<Map.Entry<Key, Long>> sorted = new ArrayList<>(totals.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<Key, Long> entry) -> entry.getValue())
            .reversed()
            .thenComparing(entry -> String.valueOf(entry.getKey())));
    Set<Key> kept = new HashSet<>();
    sorted.stream().limit(top).forEach(entry -> kept.add(entry.getKey()));
    return kept;
  }

  private Key withoutTime(Key key) {
    if (timeAt < 0) {
      return key;
    }
    List<@Nullable Object> rest = new ArrayList<>(key.values());
    rest.remove(timeAt);
    return new Key(rest);
  }

  private Key timeAlone(Key key) {
    List<@Nullable Object> alone = new ArrayList<>();
    for (int i = 0; i < key.values().size(); i++) {
      alone.add(i == timeAt ? key.values().get(i) : null);
    }
    return new Key(alone);
  }
}
