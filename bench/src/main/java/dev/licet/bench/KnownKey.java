package dev.licet.bench;

/** A license key and the domain that its license is bound to: one line of a key list. */
record KnownKey(String key, String domain) {
  /** Reads a line {@code key domain}. */
  static KnownKey parse(String line) {
    int space = line.indexOf(' ');
    if (space <= 0) {
      throw new IllegalArgumentException("no \"key domain\" line: " + line);
    }
    return new KnownKey(line.substring(0, space), line.substring(space + 1));
  }

  String line() {
    return key + " " + domain;
  }
}
