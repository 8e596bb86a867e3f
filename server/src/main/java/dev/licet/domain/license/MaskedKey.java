package dev.licet.domain.license;

import dev.licet.core.LicenseKey;

/** A licence key as it may be shown to anyone: its last four symbols. */
public final class MaskedKey {
  private static final int HINT = 4;
  private static final String MASK = "****";

  private MaskedKey() {}

  /** The masked form of a key, one of ours or one that was brought. */
  public static String of(String key) {
    return LicenseKey.read(key) instanceof LicenseKey.Reading.Ok read
        ? read.key().masked()
        : MASK + key.substring(Math.max(0, key.length() - HINT));
  }
}
