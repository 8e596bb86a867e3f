package dev.licet.domain.product;

import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The products of an account. All calls throw {@link FailureException} as their docs say. */
public final class Products {
  private final Transactions transactions;
  private final InstantSource clock;

  public Products(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What a vendor says of a product; what is absent is left as it is, or at its default in a new
   * one.
   */
  public record Fields(
      Given<String> keyPrefix, Given<Integer> keyGroups, Given<Boolean> requireProduct) {}

  public Product get(long accountNo, String name) {
    return transactions.read(stores -> find(stores, accountNo, name));
  }

  /** By name, in rising order. */
  public Page<Product> list(long accountNo, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.products().list(accountNo, limit, startingAfter));
  }

  /** Adds a product; fails when the name is taken. */
  public Product create(long accountNo, String name, Fields fields) {
    Instant now = now();
    Product product = with(Product.plain(name, now), fields, now);
    return transactions.write(stores -> {
      if (!stores.products().insert(accountNo, product)) {
        throw FailureException.conflict(
            Code.PRODUCT_EXISTS, "The account has a product of this name.");
      }
      Product stored = find(stores, accountNo, name);
      stores.audit().append(AuditRecord.shared(accountNo, "product.created", name, null, stored));
      return stored;
    });
  }

  /** Changes a product: keys that were issued stay as they are. */
  public Product update(long accountNo, String name, Fields fields) {
    return transactions.write(stores -> {
      Product before =
          stores
              .products()
              .lock(accountNo, name)
              .orElseThrow(() -> FailureException.notFound("product"));
      Instant now = now();
      Product after = with(before, fields, now);
      stores.products().update(accountNo, after);
      stores.changes().productChanged(after.no());
      stores.audit().append(AuditRecord.shared(accountNo, "product.updated", name, before, after));
      return after;
    });
  }

  /** Deletes a product that no licence is for; the default one stays. */
  public void delete(long accountNo, String name) {
    transactions.run(stores -> {
      Product product = find(stores, accountNo, name);
      if (name.equals(Product.DEFAULT_NAME)) {
        throw FailureException.conflict(
            Code.PRODUCT_IN_USE, "Licenses that name no product are for this one, so it stays.");
      }
      if (!stores.products().delete(accountNo, product.no())) {
        throw FailureException.conflict(
            Code.PRODUCT_IN_USE, "There are licenses for this product.");
      }
      stores.audit().append(AuditRecord.shared(accountNo, "product.deleted", name, product, null));
    });
  }

  private static Product with(Product product, Fields fields, Instant now) {
    String keyPrefix = fields.keyPrefix().value();
    Integer keyGroups = fields.keyGroups().value();
    Boolean requireProduct = fields.requireProduct().value();
    return new Product(
        product.no(),
        product.name(),
        keyPrefix == null ? product.keyPrefix() : keyPrefix,
        keyGroups == null ? product.keyGroups() : keyGroups,
        requireProduct == null ? product.requireProduct() : requireProduct,
        product.createdAt(),
        now);
  }

  private static Product find(Stores stores, long accountNo, String name) {
    return stores
        .products()
        .find(accountNo, name)
        .orElseThrow(() -> FailureException.notFound("product"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
