package dev.licet.domain.delivery;

import dev.licet.domain.Stores;
import dev.licet.domain.event.EventPosition;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends again what webhooks asked for, some events at a time. */
public final class Replays {
  /** Webhooks that go on in one step. */
  private static final int WEBHOOKS = 10;

  private Replays() {}

  /** Whether there is anything to be sent again. */
  public static boolean waiting(Stores stores) {
    return !stores.webhooks().replaying(1).isEmpty();
  }

  /**
   * Goes on with what is to be sent again.
   *
   * @param limit how many events or deliveries are looked at, at most
   * @return {@code limit} when there may be more
   */
  public static int step(Stores stores, Instant now, int limit) {
    List<Webhook> webhooks = stores.webhooks().replaying(WEBHOOKS);
    int each = Math.max(1, limit / Math.max(1, webhooks.size()));
    for (Webhook seen : webhooks) {
      // Locked and read again: somebody may have changed it meanwhile.
      Webhook webhook = stores.webhooks().lock(seen.no()).orElse(null);
      Replay replay = webhook == null ? null : webhook.replay();
      if (webhook != null && replay != null) {
        stores.webhooks().update(webhook.replaying(next(stores, webhook, replay, each, now)));
        stores.deliveries().wake(webhook.no());
      }
    }
    return waiting(stores) ? limit : 0;
  }

  /** The replay after one step; {@code null} when it is done. */
  private static @Nullable Replay next(
      Stores stores, Webhook webhook, Replay replay, int limit, Instant now) {
    return switch (replay.of()) {
      case FAILED -> {
        List<String> ids = stores.deliveries().restartFailed(webhook, replay, limit, now);
        yield ids.size() < limit ? null : replay.upTo(ids.getLast());
      }
      case ALL -> all(stores, webhook, replay, limit, now);
    };
  }

  private static @Nullable Replay all(
      Stores stores, Webhook webhook, Replay replay, int limit, Instant now) {
    List<RecordedEvent> events =
        stores.events().after(webhook.tenant(), position(stores, webhook, replay), limit);
    Set<String> types =
        webhook.events().stream()
            .flatMap(pattern -> EventType.matching(pattern).stream())
            .filter(type -> type != EventType.PING)
            .map(EventType::text)
            .collect(Collectors.toSet());
    List<RecordedEvent> wanted =
        events.stream()
            .filter(event -> types.contains(event.type()))
            .filter(event -> !event.at().isBefore(replay.since()))
            .filter(event -> !event.at().isAfter(replay.startedAt()))
            .toList();
    stores.deliveries().restart(webhook, wanted, now);
    boolean more = events.size() == limit && !events.getLast().at().isAfter(replay.startedAt());
    return more ? replay.upTo(text(events.getLast().position())) : null;
  }

  private static EventPosition position(Stores stores, Webhook webhook, Replay replay) {
    if (replay.after().isEmpty()) {
      return stores.events().positionOf(webhook.tenant(), Ids.first(Ids.EVENT, replay.since()));
    }
    String[] parts = replay.after().split(":", 2);
    return new EventPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private static String text(EventPosition position) {
    return position.transaction() + ":" + position.no();
  }
}
