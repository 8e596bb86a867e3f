package dev.licet.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 signatures of messages. Compares in a time that tells nothing. */
public final class Signatures {
  /** How far a message's time may be from ours. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  /** A header has no more signatures than this that are looked at. */
  private static final int MAX_SIGNATURES = 10;

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final String ALGORITHM = "HmacSHA256";

  private Signatures() {}

  /** The HMAC-SHA256 of parts that follow one another. */
  public static byte[] sign(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HmacSHA256", e);
    }
  }

  /** Whether any of some signatures, in hexadecimal digits, was made with any of some secrets. */
  public static boolean anyHexMatches(
      List<String> signatures, List<String> secrets, byte[]... parts) {
    List<byte[]> read = new ArrayList<>();
    for (String signature : signatures) {
      if (HEX.matcher(signature).matches()) {
        read.add(HexFormat.of().parseHex(signature));
      }
    }
    return anyMatches(read, secrets.stream().map(it -> it.getBytes(UTF_8)).toList(), parts);
  }

  /**
   * Whether a header such as {@code t=1767225600,v1=...} signs a body, with the time before it, and
   * the time is close to now.
   */
  public static boolean isSigned(
      @Nullable String header, Timed form, List<String> secrets, byte[] body, Instant now) {
    List<String> times = values(header, form.time(), form.separator());
    if (times.size() != 1 || !isRecent(times.getFirst(), now)) {
      return false;
    }
    List<String> signatures = values(header, form.signature(), form.separator());
    byte[] head = (times.getFirst() + form.afterTime()).getBytes(UTF_8);
    return anyHexMatches(signatures, secrets, head, body);
  }

  /**
   * The form of a header with a time and signatures in hexadecimal digits.
   *
   * @param time the name of the time, in seconds since 1970
   * @param signature the name of a signature
   * @param separator what stands between them
   * @param afterTime what is signed between the time and the body
   */
  public record Timed(String time, String signature, char separator, String afterTime) {}

  /** Whether any of some signatures was made with any of some keys. */
  public static boolean anyMatches(List<byte[]> signatures, List<byte[]> keys, byte[]... parts) {
    boolean matches = false;
    for (byte[] key : keys) {
      byte[] expected = sign(key, parts);
      for (byte[] signature : signatures.subList(0, Math.min(MAX_SIGNATURES, signatures.size()))) {
        matches |= MessageDigest.isEqual(expected, signature);
      }
    }
    return matches;
  }

  /** The values that a list of {@code name=value} has for a name. */
  private static List<String> values(@Nullable String header, String name, char separator) {
    List<String> values = new ArrayList<>();
    if (header != null) {
      for (String part : header.split(String.valueOf(separator), -1)) {
        int equals = part.indexOf('=');
        if (equals > 0 && part.substring(0, equals).strip().equals(name)) {
          values.add(part.substring(equals + 1).strip());
        }
      }
    }
    return values;
  }

  /** Whether a time in seconds since 1970, as a text, is close to now. */
  public static boolean isRecent(String seconds, Instant now) {
    if (!seconds.matches("[0-9]{1,11}")) {
      return false;
    }
    Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now).abs();
    return apart.compareTo(SKEW) <= 0;
  }

  /** The SHA-256 of a body, in hexadecimal digits. */
  public static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
