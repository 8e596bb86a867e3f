package dev.licet.names;

import com.google.common.net.InternetDomainName;
import dev.licet.domain.activation.PublicSuffixes;

/**
 * The Public Suffix List that comes with Guava, its private section ({@code github.io}) included.
 */
public final class GuavaPublicSuffixes implements PublicSuffixes {
  @Override
  public boolean isPublicSuffix(String asciiDomain) {
    return InternetDomainName.isValid(asciiDomain)
        && InternetDomainName.from(asciiDomain).isPublicSuffix();
  }
}
