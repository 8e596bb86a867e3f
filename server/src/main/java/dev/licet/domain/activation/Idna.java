package dev.licet.domain.activation;

import org.jspecify.annotations.Nullable;

/** Internationalized domain names, by UTS 46. */
public interface Idna {
  /**
   * The ASCII form of a domain name, in lower case, with each non-ASCII label in Punycode; null
   * when a label is not allowed, Punycode that is already there included.
   */
  @Nullable String toAscii(String domain);
}
