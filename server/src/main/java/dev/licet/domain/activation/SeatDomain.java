package dev.licet.domain.activation;

import dev.licet.domain.Failure.FieldError;
import dev.licet.domain.Failure.InvalidRequest;
import dev.licet.domain.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return find(domainNames, typed, pointer).orElseThrow(() -> refusal(List.of(noDomain(pointer))));
  }

  /**
   * Reads those of a list.
   *
   * @param pointer where the list stands in the request
   * @throws FailureException as {@link #read}; it names all that are wrong, of many the first
   */
  public static List<SeatDomain> readAll(
      DomainNames domainNames, List<String> typed, String pointer) {
    List<SeatDomain> domains = new ArrayList<>(typed.size());
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < typed.size() && errors.size() < InvalidRequest.MAX_ERRORS; i++) {
      String item = pointer + "/" + i;
      find(domainNames, typed.get(i), item)
          .ifPresentOrElse(domains::add, () -> errors.add(noDomain(item)));
    }
    if (!errors.isEmpty()) {
      throw refusal(errors);
    }
    return domains;
  }

  /**
   * Sees to it that the domain takes a seat: one that no validation asks for would only be lost.
   *
   * @param localDomainsTakeSeats what the licence's plan says
   * @throws FailureException when the domain may be used without a seat
   */
  public void requireSeat(boolean localDomainsTakeSeats) {
    requireSeats(List.of(this), localDomainsTakeSeats);
  }

  /**
   * As {@link #requireSeat}, for each of several.
   *
   * @throws FailureException when one may be used without a seat; it names all, of many the first
   */
  public static void requireSeats(List<SeatDomain> domains, boolean localDomainsTakeSeats) {
    List<FieldError> errors =
        domains.stream()
            .filter(domain -> domain.seatless() && !localDomainsTakeSeats)
            .limit(InvalidRequest.MAX_ERRORS)
            .map(domain ->
                new FieldError(
                    domain.pointer(),
                    "This domain takes no seat: it may be used without one. Leave it out."))
            .toList();
    if (!errors.isEmpty()) {
      throw refusal(errors);
    }
  }

  private static Optional<SeatDomain> find(DomainNames domainNames, String typed, String pointer) {
    return switch (domainNames.readSeat(typed)) {
      case DomainNames.Reading.Name(String name, boolean seatless) ->
          Optional.of(new SeatDomain(name, seatless, pointer));
      case DomainNames.Reading.Invalid invalid -> Optional.empty();
    };
  }

  private static FieldError noDomain(String pointer) {
    return new FieldError(
        pointer, "This is no domain name, or a wildcard that covers a public suffix.");
  }

  private static FailureException refusal(List<FieldError> errors) {
    return new FailureException(new InvalidRequest(errors));
  }
}
