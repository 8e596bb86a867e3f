package dev.licet.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Values one after the other, each with its length before it, so that different lists of values
 * have different bytes. To be hashed.
 */
public final class CanonicalBytes {
  private static final int ABSENT = -1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  public CanonicalBytes add(@Nullable String text) {
    return add(text == null ? null : text.getBytes(UTF_8));
  }

  public CanonicalBytes add(@Nullable Long number) {
    return add(number == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  public CanonicalBytes add(byte @Nullable [] value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).putInt(value == null ? ABSENT : value.length).array());
    if (value != null) {
      bytes.writeBytes(value);
    }
    return this;
  }

  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  public byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
