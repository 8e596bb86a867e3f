package dev.licet.store.sql;

/**
 * Names as numbers of 48 bits, 1 and above. A number is compared within one licence alone, where
 * two names share one about once in ten thousand licences of ten thousand names each; their uses
 * would then count as one's.
 *
 * <p>FNV-1a of 64 bits with the finalizer of MurmurHash3, cut to 48 bits. Whoever has a licence can
 * make names that share a number, which hides no more than asking twice by the same name does.
 */
final class NameHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long MASK = (1L << 48) - 1;

  private NameHash() {}

  /** The number of a name, given as bytes of UTF-8. */
  static long of(byte[] bytes, int from, int length) {
    long hash = OFFSET;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return Math.max(1, hash & MASK);
  }
}
