package dev.licet.geo;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import dev.licet.domain.usage.Geography;
import dev.licet.domain.usage.Geography.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file has of an address, in the layouts of several makers: {@code country_code}, or {@code
 * country} as two letters or as an object with {@code iso_code}; {@code autonomous_system_number},
 * or {@code asn} such as {@code AS64496}. Public, since the reader of the file makes it.
 */
public record GeoEntry(
    @MaxMindDbParameter(name = "country_code") @Nullable Object countryCode,
    @MaxMindDbParameter(name = "country") @Nullable Object country,
    @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Object number,
    @MaxMindDbParameter(name = "asn") @Nullable Object asn) {
  /** Made by the reader, which leaves out what is not there. */
  @MaxMindDbConstructor
  public GeoEntry {}

  Place place() {
    return new Place(
        letters(countryCode == null ? country : countryCode),
        number(number == null ? asn : number));
  }

  private static @Nullable String letters(@Nullable Object value) {
    Object found = value instanceof Map<?, ?> fields ? fields.get("iso_code") : value;
    return found instanceof String text && Geography.isCountry(text) ? text : null;
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof String text && text.matches("AS[0-9]{1,10}")
        ? Long.parseLong(text.substring(2))
        : 0;
  }
}
