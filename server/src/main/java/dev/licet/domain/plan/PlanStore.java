package dev.licet.domain.plan;

import dev.licet.domain.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plans of accounts. */
public interface PlanStore {
  Optional<Plan> find(long accountNo, String name);

  /** As {@link #find}, and keeps it from other changes until the transaction ends. */
  Optional<Plan> lock(long accountNo, String name);

  /** By name, in rising order. */
  Page<Plan> list(long accountNo, int limit, @Nullable String startingAfter);

  /**
   * Adds a plan; its {@link Plan#no()} is not looked at.
   *
   * @return false when the account has one of that name
   */
  boolean insert(long accountNo, Plan plan);

  /** Replaces what the plan of that {@link Plan#no()} says; its name stays. */
  void update(long accountNo, Plan plan);

  /** Deletes it unless a licence, revoked ones among them, is on it; false then. */
  boolean delete(long accountNo, long planNo);
}
