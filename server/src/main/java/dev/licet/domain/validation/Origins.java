package dev.licet.domain.validation;

import dev.licet.domain.account.AddressForm;
import dev.licet.domain.usage.Geography;
import dev.licet.domain.usage.UsageOrigin;

/**
 * Says where a validation came from: by the address as it is, of which only what the account wants
 * is kept.
 */
final class Origins {
  private final Geography geography;

  Origins(Geography geography) {
    this.geography = geography;
  }

  /** What is recorded of a request. */
  UsageOrigin of(ValidationRequest request, AddressForm form) {
    String address = request.address();
    Geography.Place place = address == null ? Geography.Place.UNKNOWN : geography.locate(address);
    String country = request.country() == null ? place.country() : request.country();
    return new UsageOrigin(form.kept(address), country, place.asn(), request.client());
  }
}
