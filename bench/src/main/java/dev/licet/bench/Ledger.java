package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the clients of one license were told: how many of their validations were acknowledged, how
 * many were sent and never answered, and which domains got a seat. The server's account must lie
 * between the two.
 */
final class Ledger {
  private final String id;
  private final String key;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong inDoubt = new AtomicLong();
  private final Set<String> grantedDomains = ConcurrentHashMap.newKeySet();
  private final Set<String> doubtfulDomains = ConcurrentHashMap.newKeySet();
  private long settled;

  /** Starts from a license as the server answered its creation. */
  Ledger(JsonNode created) {
    id = created.path("id").asText();
    key = created.path("key").asText();
    settle(created);
  }

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long inDoubt() {
    return inDoubt.get();
  }

  /** A validation was answered with a valid license. */
  void acknowledge(String domain) {
    acknowledged.incrementAndGet();
    grantedDomains.add(domain);
  }

  /** A validation was sent, and the connection broke before its answer. */
  void doubt(String domain) {
    inDoubt.incrementAndGet();
    doubtfulDomains.add(domain);
  }

  /** Where the server's account contradicts what the clients were told; empty when it does not. */
  List<String> contradictions(JsonNode license, long historyTotal) {
    List<String> found = new ArrayList<>();
    long count = license.path("validation_count").asLong(-1);
    long least = settled + acknowledged.get();
    long most = least + inDoubt.get();
    if (count < least || count > most) {
      found.add("%s counts %d validations, not %d to %d".formatted(id, count, least, most));
    }
    if (historyTotal != count) {
      found.add("%s has %d in its history and counts %d".formatted(id, historyTotal, count));
    }
    Set<String> seats = domains(license);
    if (!seats.containsAll(grantedDomains)) {
      found.add(id + " has lost a domain that was granted");
    }
    Set<String> unexplained = new HashSet<>(seats);
    unexplained.removeAll(grantedDomains);
    unexplained.removeAll(doubtfulDomains);
    if (!unexplained.isEmpty()) {
      found.add(id + " has domains that no one asked for: " + unexplained);
    }
    return found;
  }

  /** The count that the current round started from. */
  long settled() {
    return settled;
  }

  /** Takes the server's account as the new start, so that the next round is judged as strictly. */
  void settle(JsonNode license) {
    settled = license.path("validation_count").asLong();
    acknowledged.set(0);
    inDoubt.set(0);
    doubtfulDomains.clear();
    grantedDomains.clear();
    grantedDomains.addAll(domains(license));
  }

  private static Set<String> domains(JsonNode license) {
    Set<String> domains = new HashSet<>();
    license.path("domains").forEach(domain -> domains.add(domain.asText()));
    return domains;
  }
}
