package dev.licet.domain.usage;

import org.jspecify.annotations.Nullable;

/** Knows where addresses are. Asked for each validation, so it never waits. */
public interface Geography {
  /** Knows nothing. */
  Geography NOWHERE = address -> Place.UNKNOWN;

  /**
   * Where an address is.
   *
   * @param country two letters, ISO 3166-1 alpha-2
   * @param asn the number of the network (autonomous system); 0 when it is not known
   */
  record Place(@Nullable String country, long asn) {
    public static final Place UNKNOWN = new Place(null, 0);
  }

  /** Whether a text has the form of a country: two capital letters. */
  static boolean isCountry(String text) {
    return text.length() == 2 && isCapital(text.charAt(0)) && isCapital(text.charAt(1));
  }

  private static boolean isCapital(char unit) {
    return unit >= 'A' && unit <= 'Z';
  }

  /**
   * Looks an address up.
   *
   * @param address in text form; what is none is nowhere
   */
  Place locate(String address);
}
