package dev.licet.domain.activation;

import dev.licet.domain.FailureException;

/**
 * A domain that a vendor names for a seat.
 *
 * @param canonical a domain, or a wildcard such as {@code *.example.com}
 * @param seatless as {@link DomainNames.Reading.Name#seatless}
 * @param pointer where it stands in the request
 */
public record SeatDomain(String canonical, boolean seatless, String pointer) {
  /**
   * Reads one.
   *
   * @throws FailureException when the text is no domain, or a wildcard that covers too much
   */
  public static SeatDomain read(DomainNames domainNames, String typed, String pointer) {
    return switch (domainNames.readSeat(typed)) {
      case DomainNames.Reading.Name(String name, boolean seatless) ->
          new SeatDomain(name, seatless, pointer);
      case DomainNames.Reading.Invalid invalid ->
          throw FailureException.invalid(
              pointer, "This is no domain name, or a wildcard that covers a public suffix.");
    };
  }

  /**
   * Sees to it that the domain takes a seat: one that no validation asks for would only be lost.
   *
   * @param localDomainsTakeSeats what the licence's plan says
   * @throws FailureException when the domain may be used without a seat
   */
  public void requireSeat(boolean localDomainsTakeSeats) {
    if (seatless && !localDomainsTakeSeats) {
      throw FailureException.invalid(
          pointer, "This domain takes no seat: it may be used without one. Leave it out.");
    }
  }
}
