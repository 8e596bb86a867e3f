package dev.licet.store.sql;

import dev.licet.domain.job.JobState;
import dev.licet.domain.job.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The jobs of the installation. */
final class SqlJobStore implements JobStore {
  /** All jobs. */
  private static final String ALL =
      """
      SELECT name, version, holder, next_run_at, started_at, finished_at, took, items, failures,
        error, error_at
      FROM jobs ORDER BY name
      """;

  /** Adds a job unless it is there. */
  private static final String ADD =
      """
      INSERT INTO jobs (name, version, holder, next_run_at, started_at, finished_at, took, items,
        failures, error, error_at)
      VALUES (:name, :version, :holder, :next_run_at, :started_at, :finished_at, :took, :items,
        :failures, :error, :error_at)
      ON CONFLICT (name) DO NOTHING
      """;

  /** Replaces the version of a job that was seen. */
  private static final String REPLACE =
      """
      UPDATE jobs SET version = :version, holder = :holder, next_run_at = :next_run_at,
        started_at = :started_at, finished_at = :finished_at, took = :took, items = :items,
        failures = :failures, error = :error, error_at = :error_at
      WHERE name = :name AND version = :seen
      """;

  private final Handle handle;

  SqlJobStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<JobState> all() {
    return handle.createQuery(ALL).map((row, context) -> job(row)).list();
  }

  @Override
  public void addIfAbsent(JobState job) {
    bind(handle.createUpdate(ADD), job).execute();
  }

  @Override
  public boolean replace(JobState before, JobState after) {
    return bind(handle.createUpdate(REPLACE), after).bind("seen", before.version()).execute() == 1;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, JobState job) {
    return statement
        .bind("name", job.name())
        .bind("version", job.version())
        .bind("holder", job.holder())
        .bind("next_run_at", job.nextRunAt().toEpochMilli())
        .bind("started_at", Rows.millis(job.startedAt()))
        .bind("finished_at", Rows.millis(job.finishedAt()))
        .bind("took", job.took().toMillis())
        .bind("items", job.items())
        .bind("failures", job.failures())
        .bind("error", job.error())
        .bind("error_at", Rows.millis(job.errorAt()));
  }

  private static JobState job(ResultSet row) throws SQLException {
    return new JobState(
        row.getString("name"),
        row.getLong("version"),
        Rows.longOrNull(row, "holder"),
        Rows.instant(row, "next_run_at"),
        Rows.instantOrNull(row, "started_at"),
        Rows.instantOrNull(row, "finished_at"),
        Duration.ofMillis(row.getLong("took")),
        row.getLong("items"),
        row.getInt("failures"),
        row.getString("error"),
        Rows.instantOrNull(row, "error_at"));
  }
}
