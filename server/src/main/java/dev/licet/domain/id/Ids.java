package dev.licet.domain.id;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers: TypeIDs such as {@code lic_01h455vb4pex5vsknk084sn02q}, a type's prefix and a
 * UUIDv7 (RFC 9562).
 *
 * <p>Each id is greater, as a text of the same prefix, than every one that the same instance made
 * before, within one millisecond too and when the clock goes back. Safe for use by several threads.
 */
public final class Ids {
  public static final String LICENSE = "lic";
  public static final String ACCOUNT = "acc";
  public static final String PRODUCT = "prd";
  public static final String PLAN = "pln";
  public static final String ACTIVATION = "act";
  public static final String EVENT = "evt";
  public static final String WEBHOOK = "whk";
  public static final String DELIVERY = "dlv";
  public static final String CHECKOUT = "chk";
  public static final String CHECKOUT_EVENT = "cke";
  public static final String MAIL = "eml";
  public static final String API_KEY = "key";
  public static final String REQUEST = "req";
  public static final String AUDIT = "aud";
  public static final String ERASURE = "ers";

  private static final long VERSION_7 = 0x7000;
  private static final long VARIANT = 1L << 63;
  private static final int RANDOM_A_BITS = 12;
  private static final int RANDOM_B_BITS = 62;

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Of the last id: its 48 bits of milliseconds, followed by its upper 12 random bits. */
  private long timeAndRandomA;

  /** Of the last id: its lower 62 random bits. */
  private long randomB;

  /**
   * @param random keeps the ids of several nodes apart and need not be secret; used by one thread
   *     at a time
   */
  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id with this prefix: one of the constants of this class. */
  public String next(String prefix) {
    long most;
    long least;
    synchronized (this) {
      advance(clock.millis());
      most = ((timeAndRandomA >>> RANDOM_A_BITS) << 16) | VERSION_7 | (timeAndRandomA & 0xfff);
      least = VARIANT | randomB;
    }
    return TypeId.write(prefix, most, least);
  }

  /** The least id that can be made at a time or after it. */
  public static String first(String prefix, Instant time) {
    long millis = Math.max(0, time.toEpochMilli());
    return TypeId.write(prefix, (millis << 16) | VERSION_7, VARIANT);
  }

  /** Whether a text is an id with this prefix, in exactly the form that {@link #next} gives it. */
  public static boolean isId(String prefix, String text) {
    return TypeId.isId(prefix, text);
  }

  /**
   * A new millisecond starts at a random place; within one, the random bits are a counter that
   * moves on by a random step (RFC 9562, section 6.2, method 2). Should it ever overflow, it
   * carries into the milliseconds.
   */
  private void advance(long millis) {
    if (millis > timeAndRandomA >>> RANDOM_A_BITS) {
      timeAndRandomA = (millis << RANDOM_A_BITS) | (random.nextInt() & 0xfff);
      randomB = random.nextLong() >>> (Long.SIZE - RANDOM_B_BITS);
      return;
    }
    randomB += 1 + (random.nextInt() & 0xffff_ffffL);
    if (randomB >>> RANDOM_B_BITS != 0) {
      randomB &= (1L << RANDOM_B_BITS) - 1;
      timeAndRandomA++;
    }
  }
}
