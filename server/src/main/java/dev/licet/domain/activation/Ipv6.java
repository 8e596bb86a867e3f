package dev.licet.domain.activation;

import org.jspecify.annotations.Nullable;

/**
 * An IPv6 address, read in any form of RFC 4291 without a zone, and written in the only form of RFC
 * 5952.
 */
final class Ipv6 {
  private static final int GROUPS = 8;
  private static final int NO_GAP = -1;

  private final int[] groups;

  private Ipv6(int[] groups) {
    this.groups = groups;
  }

  /** The address, or null when the text is none. */
  static @Nullable Ipv6 parse(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = NO_GAP;
    int i = 0;
    if (text.startsWith("::")) {
      gap = 0;
      i = 2;
    }
    while (i < text.length()) {
      int end = text.indexOf(':', i);
      String group = text.substring(i, end < 0 ? text.length() : end);
      int words =
          end < 0 && group.indexOf('.') >= 0
              ? readIpv4(group, groups, count)
              : readGroup(group, groups, count);
      if (words == 0) {
        return null;
      }
      count += words;
      if (end < 0) {
        break;
      }
      i = end + 1;
      if (i < text.length() && text.charAt(i) == ':') {
        if (gap != NO_GAP) {
          return null;
        }
        gap = count;
        i++;
      } else if (i == text.length()) {
        return null;
      }
    }
    return spread(groups, count, gap);
  }

  /** The text of RFC 5952: lower case, no leading zeros, the longest run of zeros as {@code ::}. */
  String format() {
    if (isIpv4Mapped()) {
      return "::ffff:" + Ipv4.format(lastTwoGroups());
    }
    int gap = longestZeroRun();
    int gapEnd = gap == NO_GAP ? NO_GAP : gap + zeroRunAt(gap);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; ) {
      if (i == gap) {
        text.append("::");
        i = gapEnd;
        continue;
      }
      if (i > 0 && i != gapEnd) {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i++]));
    }
    return text.toString();
  }

  /** Whether this is {@code ::1}, or an IPv4-mapped loopback address. */
  boolean isLoopback() {
    if (isIpv4Mapped()) {
      return Ipv4.isLoopback(lastTwoGroups());
    }
    return zeroRunAt(0) == GROUPS - 1 && groups[GROUPS - 1] == 1;
  }

  private boolean isIpv4Mapped() {
    return zeroRunAt(0) == 5 && groups[5] == 0xffff;
  }

  private long lastTwoGroups() {
    return ((long) groups[6] << Short.SIZE) | groups[7];
  }

  /** Where the first of the longest runs of two or more zero groups starts. */
  private int longestZeroRun() {
    int longest = NO_GAP;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      if (zeroRunAt(i) > length) {
        longest = i;
        length = zeroRunAt(i);
      }
    }
    return longest;
  }

  private int zeroRunAt(int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  /** Puts the groups behind the gap where they belong. */
  private static @Nullable Ipv6 spread(int[] read, int count, int gap) {
    if (gap == NO_GAP) {
      return count == GROUPS ? new Ipv6(read) : null;
    }
    if (count == GROUPS) {
      return null;
    }
    int[] groups = new int[GROUPS];
    System.arraycopy(read, 0, groups, 0, gap);
    System.arraycopy(read, gap, groups, GROUPS - (count - gap), count - gap);
    return new Ipv6(groups);
  }

  /** Reads one to four hexadecimal digits; answers how many groups that made, 0 for none. */
  private static int readGroup(String text, int[] groups, int count) {
    if (count == GROUPS || text.isEmpty() || text.length() > 4) {
      return 0;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      int digit = character < 128 ? Character.digit(character, 16) : -1;
      if (digit < 0) {
        return 0;
      }
      value = (value << 4) | digit;
    }
    groups[count] = value;
    return 1;
  }

  /** Reads a dotted quad; answers how many groups that made, 0 for none. */
  private static int readIpv4(String text, int[] groups, int count) {
    long address = Ipv4.parse(text);
    if (address == Ipv4.NONE || count > GROUPS - 2) {
      return 0;
    }
    groups[count] = (int) (address >>> Short.SIZE);
    groups[count + 1] = (int) (address & 0xffff);
    return 2;
  }
}
