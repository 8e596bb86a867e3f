package dev.licet.store.sql;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;

/**
 * Where the two databases differ.
 *
 * @param numbers the condition that a column is one of the numbers of the JSON list that is bound
 *     as {@code :nos}; stands as {@code <in_nos>} in statements
 * @param lockRow what makes a SELECT keep its row from other writers; {@code null} when a writer is
 *     alone anyway
 * @param lockReferred as {@code lockRow}, for a row that others refer to: who adds a reference to
 *     it does not wait
 * @param lockFirstStart the statement that makes other processes' first starts wait for this one's
 *     transaction; {@code null} when a writer is alone anyway
 * @param tryLock the SELECT that takes the lock with the number {@code :lock} until the transaction
 *     ends, or says that another has it; {@code null} when a writer is alone anyway
 * @param announceChange the statement that wakes other processes when this transaction commits
 * @param settledEvent the condition that an event {@code e} belongs to a transaction older than all
 *     that are under way; stands as {@code <settled_event>} in statements
 * @param isPlain whether the planner knows nothing of what is in the tables, and joins two of them
 *     by looking up one row after another
 * @param records removes records of single validations
 * @param isUnavailable whether a fault means that the database is away, full or too slow
 * @param isRetryable whether a fault is a conflict with another transaction, gone when tried again
 */
public record Dialect(
    String numbers,
    @Nullable String lockRow,
    @Nullable String lockReferred,
    @Nullable String lockFirstStart,
    @Nullable String tryLock,
    @Nullable String announceChange,
    String settledEvent,
    boolean isPlain,
    RawRecords records,
    Predicate<SQLException> isUnavailable,
    Predicate<SQLException> isRetryable) {

  /**
   * Makes the dialect's parts known to statements, and keeps what they bind out of messages.
   *
   * <p>{@code <few>} before a column keeps a plain planner from looking for it in an index: it
   * stands where another condition leaves few rows.
   */
  public void configure(Jdbi jdbi) {
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    jdbi.getConfig(SqlStatements.class)
        .defineMap(
            Map.of(
                "in_nos",
                numbers,
                "few",
                isPlain ? "+" : "",
                "lock_row",
                lockRow == null ? "" : lockRow,
                "lock_referred",
                lockReferred == null ? "" : lockReferred,
                "skip_locked",
                lockRow == null ? "" : lockRow + " SKIP LOCKED",
                "settled_event",
                settledEvent));
  }
}
