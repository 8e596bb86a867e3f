package dev.licet.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a piece of software, as Semantic Versioning 2.0.0 writes and orders it. Numbers may
 * be of any size. Equal when written alike; {@link #compare} looks at the precedence alone.
 */
public final class SemanticVersion {
  /** The longest text that is read, in characters. */
  public static final int MAX_LENGTH = 128;

  private static final String NUMBER = "(?:0|[1-9][0-9]*)";
  private static final String IDENTIFIER = "(?:" + NUMBER + "|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(%1$s)\\.(%1$s)\\.(%1$s)(?:-(%2$s(?:\\.%2$s)*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?"
              .formatted(NUMBER, IDENTIFIER));

  private final String text;
  private final String[] core;
  private final String[] preRelease;

  private SemanticVersion(String text, String[] core, String[] preRelease) {
    this.text = text;
    this.core = core;
    this.preRelease = preRelease;
  }

  /** Reads a version such as {@code 2.0.1} or {@code 3.0.0-rc.1+build.7}; empty when it is none. */
  public static Optional<SemanticVersion> read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > MAX_LENGTH || !shape.matches()) {
      return Optional.empty();
    }
    String preRelease = shape.group(4);
    return Optional.of(
        new SemanticVersion(
            text,
            new String[] {shape.group(1), shape.group(2), shape.group(3)},
            preRelease == null ? new String[0] : preRelease.split("\\.", -1)));
  }

  /** Negative, zero or positive as this one's precedence is lower, equal or higher (section 11). */
  public int compare(SemanticVersion other) {
    for (int i = 0; i < core.length; i++) {
      int order = compareNumbers(core[i], other.core[i]);
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.length == 0 || other.preRelease.length == 0) {
      return Integer.compare(other.preRelease.length, preRelease.length);
    }
    return Arrays.compare(preRelease, other.preRelease, SemanticVersion::compareIdentifiers);
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numeric = isNumeric(a);
    if (numeric != isNumeric(b)) {
      return numeric ? -1 : 1;
    }
    return numeric ? compareNumbers(a, b) : a.compareTo(b);
  }

  /** Numbers have no leading zeros, so that the longer one is the larger one. */
  private static int compareNumbers(String a, String b) {
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(character -> character >= '0' && character <= '9');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SemanticVersion version && version.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
