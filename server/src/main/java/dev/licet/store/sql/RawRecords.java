package dev.licet.store.sql;

import org.jdbi.v3.core.Handle;

/** How a database removes the records of single validations. */
public interface RawRecords {
  /** As {@link dev.licet.domain.usage.UsageRetention#forgetRecords}. */
  int forget(Handle handle, long today, long before, int limit);
}
