package dev.licet.domain.license;

import dev.licet.domain.counter.CounterState;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A licence with its seats and its use, all of one moment: what the API shows.
 *
 * @param domains canonical names, oldest seat first; at most {@link #MAX_SEATS_SHOWN}
 * @param devices fingerprints, oldest seat first; at most {@link #MAX_SEATS_SHOWN}
 * @param counterUses what it has used up, by the counters' names
 */
public record LicenseView(
    License license,
    List<String> domains,
    List<String> devices,
    Map<String, CounterUse> counterUses,
    UsageTotals usage) {
  /** A view lists no more seats of a kind than this; the list of activations has them all. */
  public static final int MAX_SEATS_SHOWN = 1_000;

  /** Where its counters stand at a moment, by name. */
  public SortedMap<String, CounterState> counters(Instant now) {
    SortedMap<String, CounterState> states = new TreeMap<>();
    license
        .counters()
        .forEach((name, rule) ->
            states.put(name, rule.at(counterUses.getOrDefault(name, CounterUse.NONE), now)));
    return states;
  }
}
