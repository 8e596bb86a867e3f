package dev.licet.domain.product;

import dev.licet.domain.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The products of accounts. */
public interface ProductStore {
  Optional<Product> find(long accountNo, String name);

  /** As {@link #find}, and keeps it from other changes until the transaction ends. */
  Optional<Product> lock(long accountNo, String name);

  /** By name, in rising order. */
  Page<Product> list(long accountNo, int limit, @Nullable String startingAfter);

  /**
   * Adds a product; its {@link Product#no()} is not looked at.
   *
   * @return false when the account has one of that name
   */
  boolean insert(long accountNo, Product product);

  /** Replaces what the product of that {@link Product#no()} says; its name stays. */
  void update(long accountNo, Product product);

  /** Deletes it unless a licence, revoked ones among them, is for it; false then. */
  boolean delete(long accountNo, long productNo);
}
