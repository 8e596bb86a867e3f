package dev.licet.domain.activation;

/** The Public Suffix List: under which names do unrelated people register theirs. */
public interface PublicSuffixes {
  /**
   * Whether a domain, in its ASCII form, is a public suffix, such as {@code co.uk} or {@code
   * github.io}.
   */
  boolean isPublicSuffix(String asciiDomain);
}
