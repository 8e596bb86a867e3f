package dev.licet.domain.audit;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log. A row may hold more than 100 KB, so rows are counted and weighed before they are
 * read.
 */
public final class Audit {
  /** What the rows of one page may hold, unless its first row alone holds more. */
  private static final long PAGE_BYTES = 1024 * 1024;

  /** What is read at once where rows are passed on. */
  private static final long PART_BYTES = 256 * 1024;

  private static final int PART_ROWS = 100;

  private final Transactions transactions;

  public Audit(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Takes some rows after the others. */
  public interface Sink<E extends Exception> {
    void accept(List<AuditEntry> entries) throws E;
  }

  /**
   * What a tenant may see, newest first. {@code startingAfter} is the id of the last one seen. The
   * page ends early where its rows would hold more than 1 MB.
   */
  public Page<AuditEntry> list(
      Tenant tenant, AuditFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> {
      AuditLog log = stores.audit();
      List<AuditPlace> found = log.places(tenant, filter, limit + 1, startingAfter);
      List<AuditPlace> taken = start(found, limit, PAGE_BYTES);
      return new Page<>(log.at(tenant.accountNo(), taken), taken.size() < found.size());
    });
  }

  /** Where the rows of a page stand, however much they hold. */
  public Page<AuditPlace> places(
      Tenant tenant, AuditFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(
        stores -> Page.of(stores.audit().places(tenant, filter, limit + 1, startingAfter), limit));
  }

  /**
   * Passes the rows at some places on, in their order. Few are read at once, and no transaction is
   * open while {@code sink} works.
   */
  public <E extends Exception> void each(Tenant tenant, List<AuditPlace> places, Sink<E> sink)
      throws E {
    List<AuditPlace> rest = places;
    while (!rest.isEmpty()) {
      List<AuditPlace> part = start(rest, PART_ROWS, PART_BYTES);
      sink.accept(transactions.read(stores -> stores.audit().at(tenant.accountNo(), part)));
      rest = rest.subList(part.size(), rest.size());
    }
  }

  /** The first places of a list, at least one of them, up to a number of rows and of bytes. */
  private static List<AuditPlace> start(List<AuditPlace> places, int rows, long bytes) {
    int count = 0;
    long sum = 0;
    while (count < Math.min(rows, places.size())) {
      sum += places.get(count).bytes();
      if (count > 0 && sum > bytes) {
        break;
      }
      count++;
    }
    return places.subList(0, count);
  }
}
