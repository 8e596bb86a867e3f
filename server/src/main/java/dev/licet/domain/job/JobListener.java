package dev.licet.domain.job;

import java.time.Duration;

/** Hears of the runs of this process. */
public interface JobListener {
  void ran(String job, Duration took, long items, boolean failed);
}
