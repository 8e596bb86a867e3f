package dev.licet.store.sql;

import dev.licet.domain.usage.UsageEvent;
import java.util.List;

/**
 * Of which licences a batch of events may be, in 64 bits, of which each licence sets two (a Bloom
 * filter: B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, 1970). Of the
 * batches of 16 events, about one in six seems to have a licence that it has not; of those of 64,
 * three in four.
 *
 * <p>The bits are stored: another way to set them needs another column.
 */
final class LicenseBits {
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final int BITS = 6;

  private LicenseBits() {}

  /** What a batch with events of a licence has set. */
  static long of(long licenseNo) {
    long hash = licenseNo * MIX;
    return 1L << (hash >>> (Long.SIZE - BITS)) | 1L << (hash >>> (Long.SIZE - 2 * BITS));
  }

  /** What a batch has set. */
  static long of(List<UsageEvent> events) {
    long bits = 0;
    for (UsageEvent event : events) {
      bits |= of(event.licenseNo());
    }
    return bits;
  }
}
