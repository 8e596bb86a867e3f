package dev.licet.http.api;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms in which a list can be had, by the parameter {@code format} or by {@code Accept}. */
enum ListFormat {
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  CSV("text/csv");

  /** More media types than anyone names. */
  private static final int MAX_RANGES = 20;

  private final String mediaType;

  ListFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** The one that the parameter names. */
  static Optional<ListFormat> named(String text) {
    for (ListFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The first that {@code Accept} names. */
  static ListFormat accepted(@Nullable String accept) {
    String[] ranges = accept == null ? new String[0] : accept.split(",", MAX_RANGES);
    for (String range : ranges) {
      String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      for (ListFormat format : values()) {
        if (format.mediaType.equals(type)) {
          return format;
        }
      }
    }
    return JSON;
  }
}
