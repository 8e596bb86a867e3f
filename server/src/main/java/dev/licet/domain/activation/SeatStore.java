package dev.licet.domain.activation;

import dev.licet.domain.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The seats of licences, inside one transaction. Whoever adds one holds the licence locked, so that
 * counting and adding are one step.
 */
public interface SeatStore {
  /** How many seats of a kind a licence has in use. */
  int count(long licenseNo, SeatKind kind);

  Optional<Seat> find(long licenseNo, SeatKind kind, String value);

  /**
   * Adds a seat; its {@link Seat#no()} is not looked at.
   *
   * @return the seat with its number
   */
  Seat insert(Seat seat);

  /** Removes one; empty when there is none of that id. */
  Optional<Seat> delete(long licenseNo, String seatId);

  /** Oldest first, of each licence at most {@code limitEach} of a kind. */
  Map<Long, List<Seat>> ofLicenses(Collection<Long> licenseNos, int limitEach);

  /** Newest first, with what the journal knows of their use. */
  Page<SeatView> list(long licenseNo, int limit, @Nullable String startingAfter);

  /** One seat with its use. */
  Optional<SeatView> view(long licenseNo, String seatId);
}
