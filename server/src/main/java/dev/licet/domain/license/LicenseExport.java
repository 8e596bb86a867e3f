package dev.licet.domain.license;

import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads all licences of a tenant, however many, a page at a time. */
public final class LicenseExport {
  /** Licences that are read at once: with all their seats they must fit into a small heap. */
  private static final int PAGE = 20;

  private final Transactions transactions;

  public LicenseExport(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * A licence with what it takes to bring it in elsewhere.
   *
   * @param domains all that hold a seat, oldest first
   * @param devices all that hold a seat, oldest first
   */
  public record Item(
      License license,
      List<String> domains,
      List<String> devices,
      Map<String, CounterUse> counterUses) {}

  /** Takes one page of licences after the other. */
  public interface Sink<E extends Exception> {
    void accept(List<Item> page) throws E;
  }

  /**
   * Passes licences on, newest first. Each page is of one moment; no transaction is open while
   * {@code sink} works.
   */
  public <E extends Exception> void each(Tenant tenant, LicenseFilter filter, Sink<E> sink)
      throws E {
    String last = null;
    boolean more = true;
    while (more) {
      Page<Item> page = page(tenant, filter, last);
      sink.accept(page.data());
      more = page.hasMore();
      last = more ? page.data().getLast().license().id() : null;
    }
  }

  private Page<Item> page(Tenant tenant, LicenseFilter filter, @Nullable String after) {
    return transactions.read(stores -> {
      Page<License> page = stores.licenses().list(tenant, filter, PAGE, after);
      return new Page<>(items(stores, page.data(), filter.now()), page.hasMore());
    });
  }

  private static List<Item> items(Stores stores, List<License> licenses, Instant now) {
    List<Long> numbers = licenses.stream().map(License::no).toList();
    Map<Long, List<Seat>> seats = stores.seats().ofLicenses(numbers, SeatKind.MAX_SEATS, now);
    var uses = LicenseViews.counterUses(stores, licenses);
    return licenses.stream()
        .map(license -> {
          List<Seat> own = seats.getOrDefault(license.no(), List.of());
          return new Item(
              license,
              LicenseViews.values(own, SeatKind.DOMAIN),
              LicenseViews.values(own, SeatKind.DEVICE),
              uses.getOrDefault(license.no(), Map.of()));
        })
        .toList();
  }
}
