package dev.licet.domain.billing;

import dev.licet.domain.billing.Command.DisputeState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an order. Facts are joined, and joining is commutative, associative and
 * idempotent: whichever way the same events come, and however often, the same is known.
 *
 * @param entitled whether it was ever paid, or on trial
 * @param lastPaid when money came last
 * @param paidThrough until when it is paid for
 * @param periodEnd until when the subscription runs
 * @param end when the subscription will end; an empty one takes it back
 * @param lines everything that was ever ordered, by the keys of the lines
 * @param current the keys of what is ordered now, by scope
 * @param refunds whether a payment went back in full, by payment
 * @param disputes by dispute
 */
public record OrderFacts(
    boolean entitled,
    @Nullable Instant lastPaid,
    @Nullable Instant paidThrough,
    @Nullable Dated<Buyer> buyer,
    @Nullable Dated<Standing> standing,
    @Nullable Dated<Instant> periodEnd,
    @Nullable Dated<Optional<Instant>> end,
    Map<String, LineFacts> lines,
    Map<String, Dated<SortedSet<String>>> current,
    Map<String, Dated<Boolean>> refunds,
    Map<String, Dated<DisputeState>> disputes) {
  /** Nothing is known. */
  public static final OrderFacts NONE =
      new OrderFacts(
          false, null, null, null, null, null, null, Map.of(), Map.of(), Map.of(), Map.of());

  private static final Comparator<Buyer> BUYERS =
      Comparator.comparing(Buyer::email)
          .thenComparing(Buyer::name, Comparator.nullsFirst(Comparator.naturalOrder()));
  private static final Comparator<OrderLine> LINES = Comparator.comparing(OrderLine::toString);
  private static final Comparator<Optional<Instant>> ENDS =
      Comparator.comparing(end -> end.orElse(Instant.MIN));

  public OrderFacts {
    lines = Map.copyOf(lines);
    current = Map.copyOf(current);
    refunds = Map.copyOf(refunds);
    disputes = Map.copyOf(disputes);
  }

  /**
   * What is known of a line.
   *
   * @param most the largest quantity that it ever had
   * @param recurring whether it was ever said to end with a subscription
   */
  public record LineFacts(Dated<OrderLine> newest, int most, boolean recurring) {
    LineFacts join(LineFacts other) {
      return new LineFacts(
          Dated.later(newest, other.newest, LINES),
          Math.max(most, other.most),
          recurring || other.recurring);
    }
  }

  /** What is known with one fact more. */
  public OrderFacts with(Command command) {
    return join(of(command));
  }

  /** All that either knows. */
  public OrderFacts join(OrderFacts other) {
    return new OrderFacts(
        entitled || other.entitled,
        max(lastPaid, other.lastPaid),
        max(paidThrough, other.paidThrough),
        Dated.laterOrNull(buyer, other.buyer, BUYERS),
        Dated.laterOrNull(standing, other.standing, Comparator.naturalOrder()),
        Dated.laterOrNull(periodEnd, other.periodEnd, Comparator.naturalOrder()),
        Dated.laterOrNull(end, other.end, ENDS),
        union(lines, other.lines, LineFacts::join),
        union(
            current,
            other.current,
            (one, two) -> Dated.later(one, two, Comparator.comparing(Object::toString))),
        union(
            refunds, other.refunds, (one, two) -> Dated.later(one, two, Comparator.naturalOrder())),
        union(
            disputes,
            other.disputes,
            (one, two) -> Dated.later(one, two, Comparator.naturalOrder())));
  }

  /** Of what is known of a buyer, the newer. */
  static Dated<Buyer> newer(@Nullable Dated<Buyer> one, Dated<Buyer> other) {
    return Dated.later(one, other, BUYERS);
  }

  /** Whether a line is ordered now. */
  public boolean isCurrent(String key) {
    return current.values().stream().anyMatch(keys -> keys.value().contains(key));
  }

  private static OrderFacts of(Command command) {
    Facts facts = new Facts();
    switch (command) {
      case Command.Paid(Instant at, Instant through) -> {
        facts.entitled = true;
        facts.lastPaid = at;
        facts.paidThrough = through;
      }
      case Command.Renewed(Instant at, Instant until) -> facts.periodEnd = new Dated<>(at, until);
      case Command.PlanChanged changed -> facts.order(changed);
      case Command.Lapsed(Instant at, Standing standing) ->
          facts.standing = new Dated<>(at, standing);
      case Command.Resumed(Instant at, boolean trial) -> {
        facts.entitled = trial;
        facts.standing = new Dated<>(at, trial ? Standing.TRIAL : Standing.GOOD);
      }
      case Command.CancelledAtPeriodEnd(Instant at, Instant end) ->
          facts.end = new Dated<>(at, Optional.ofNullable(end));
      case Command.Refunded(Instant at, String payment, boolean full) ->
          facts.refunds.put(payment, new Dated<>(at, full));
      case Command.Disputed(Instant at, String dispute, DisputeState state) ->
          facts.disputes.put(dispute, new Dated<>(at, state));
      case Command.Bought(Instant at, Buyer buyer) -> facts.buyer = new Dated<>(at, buyer);
    }
    return facts.done();
  }

  /** Facts of one command, as they are put together. */
  private static final class Facts {
    private boolean entitled;
    private @Nullable Instant lastPaid;
    private @Nullable Instant paidThrough;
    private @Nullable Dated<Buyer> buyer;
    private @Nullable Dated<Standing> standing;
    private @Nullable Dated<Instant> periodEnd;
    private @Nullable Dated<Optional<Instant>> end;
    private final Map<String, LineFacts> lines = new TreeMap<>();
    private final Map<String, Dated<SortedSet<String>>> current = new TreeMap<>();
    private final Map<String, Dated<Boolean>> refunds = new TreeMap<>();
    private final Map<String, Dated<DisputeState>> disputes = new TreeMap<>();

    void order(Command.PlanChanged changed) {
      SortedSet<String> keys = new TreeSet<>();
      for (OrderLine line : changed.lines()) {
        lines.put(
            line.key(),
            new LineFacts(new Dated<>(changed.at(), line), line.quantity(), line.recurring()));
        keys.add(line.key());
      }
      current.put(changed.scope(), new Dated<>(changed.at(), keys));
    }

    OrderFacts done() {
      return new OrderFacts(
          entitled,
          lastPaid,
          paidThrough,
          buyer,
          standing,
          periodEnd,
          end,
          lines,
          current,
          refunds,
          disputes);
    }
  }

  private static <V> Map<String, V> union(
      Map<String, V> one, Map<String, V> other, BinaryOperator<V> join) {
    Map<String, V> all = new TreeMap<>(one);
    for (String key : Set.copyOf(other.keySet())) {
      V value = other.get(key);
      if (value != null) {
        all.merge(key, value, join);
      }
    }
    return all;
  }

  private static @Nullable Instant max(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
