package dev.licet.domain.job;

import java.util.List;

/** What the installation knows of its jobs, inside one transaction. */
public interface JobStore {
  /** By name. */
  List<JobState> all();

  /** Adds a job unless there is one of that name. */
  void addIfAbsent(JobState job);

  /**
   * Replaces a job's state. Until the transaction ends, no other one replaces it.
   *
   * @return false when it no longer has the version of {@code before}
   */
  boolean replace(JobState before, JobState after);
}
