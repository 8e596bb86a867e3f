package dev.licet.config;

/**
 * What one source says about one setting.
 *
 * @param text the value as it was written; empty: nothing is set
 * @param origin where it was written, such as {@code licet.yaml, line 3}
 */
record Entry(String text, String origin) {}
