package dev.licet.domain.anomaly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Where countries are, and how far they are from one another at least. */
final class Countries {
  private static final double EARTH_RADIUS = 6_371;
  private static final Map<String, Place> PLACES = read();

  /** A country as a circle: its middle in radians, and how far it reaches in kilometers. */
  private record Place(double latitude, double longitude, double reach) {}

  private Countries() {}

  /**
   * Kilometers from any place of a country to any of another one, at least; 0 when the circles
   * around them meet, or one is not known.
   */
  static long apart(String one, String other) {
    Place from = PLACES.get(one);
    Place to = PLACES.get(other);
    if (from == null || to == null) {
      return 0;
    }
    return Math.max(0, (long) (distance(from, to) - from.reach() - to.reach()));
  }

  static int known() {
    return PLACES.size();
  }

  /** Along a great circle (haversine). */
  private static double distance(Place from, Place to) {
    double latitude = Math.sin((to.latitude() - from.latitude()) / 2);
    double longitude = Math.sin((to.longitude() - from.longitude()) / 2);
    double chord =
        latitude * latitude
            + Math.cos(from.latitude()) * Math.cos(to.latitude()) * longitude * longitude;
    return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  private static Map<String, Place> read() {
    Map<String, Place> places = new HashMap<>();
    try (InputStream file = Countries.class.getResourceAsStream("countries.txt")) {
      if (file == null) {
        throw new IllegalStateException("countries.txt is missing");
      }
      new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> put(places, line.split(" ")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(places);
  }

  private static void put(Map<String, Place> places, String[] fields) {
    places.put(
        fields[0],
        new Place(
            Math.toRadians(Double.parseDouble(fields[1])),
            Math.toRadians(Double.parseDouble(fields[2])),
            Double.parseDouble(fields[3])));
  }
}
