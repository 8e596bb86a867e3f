package dev.licet.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link DatabaseUrl} from libpq's form of a URL or from JDBC's. */
final class DatabaseUrlReader {
  private static final String DEFAULT_PORT = "5432";
  private static final Pattern HOST =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(:(?<port>\\d{1,5}))?");

  private final List<String> parameters = new ArrayList<>();
  private @Nullable String user;
  private @Nullable String password;

  private DatabaseUrlReader() {}

  static DatabaseUrl read(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    DatabaseUrlReader reader = new DatabaseUrlReader();
    for (String scheme : List.of("postgresql://", "postgres://", "jdbc:postgresql://")) {
      if (lower.startsWith(scheme)) {
        return reader.readHierarchical(text.substring(scheme.length()));
      }
    }
    if (lower.startsWith("jdbc:postgresql:")) {
      String local = text.substring("jdbc:postgresql:".length());
      return reader.readHierarchical(
          "localhost/" + (local.startsWith("/") ? local.substring(1) : local));
    }
    throw new IllegalArgumentException("It starts with none of postgresql://, jdbc:postgresql:");
  }

  /** Reads {@code user:password@host:port,host:port/database?name=value&name=value}. */
  private DatabaseUrl readHierarchical(String text) {
    int question = text.indexOf('?');
    String beforeQuery = question < 0 ? text : text.substring(0, question);
    // A password may hold an "@" and a "/" that should have been escaped: the last "@" ends it.
    int at = beforeQuery.lastIndexOf('@');
    if (at >= 0) {
      readCredentials(beforeQuery.substring(0, at));
    }
    if (question >= 0) {
      readParameters(text.substring(question + 1));
    }
    String place = beforeQuery.substring(at + 1);
    int slash = place.indexOf('/');
    String database = slash < 0 ? "" : place.substring(slash + 1);
    if (database.isEmpty() || database.indexOf('/') >= 0) {
      throw new IllegalArgumentException("It names no database after the host");
    }
    String display = hosts(place.substring(0, slash)) + "/" + database;
    String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return new DatabaseUrl(
        "jdbc:postgresql://" + display + query,
        Optional.ofNullable(user),
        Optional.ofNullable(password).map(Secret::new),
        decode(display, false));
  }

  private void readCredentials(String text) {
    int colon = text.indexOf(':');
    user = decode(colon < 0 ? text : text.substring(0, colon), false);
    password = colon < 0 ? null : decode(text.substring(colon + 1), false);
  }

  private void readParameters(String query) {
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      switch (name) {
        case "" -> {}
        case "user" -> user = decode(value, true);
        case "password" -> password = decode(value, true);
        // libpq's names for what the driver calls otherwise.
        case "application_name" -> parameters.add("ApplicationName=" + value);
        case "connect_timeout" -> parameters.add("connectTimeout=" + value);
        default -> parameters.add(parameter);
      }
    }
  }

  /** Checks one host or several, separated by commas, and gives each its port. */
  private static String hosts(String text) {
    List<String> hosts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = HOST.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("Its host or port cannot be read");
      }
      String port = matcher.group("port") == null ? DEFAULT_PORT : matcher.group("port");
      if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
        throw new IllegalArgumentException("Its port is not 1 to 65535");
      }
      hosts.add(matcher.group("host") + ":" + port);
    }
    return String.join(",", hosts);
  }

  /** In a query a plus sign is a blank; before it, it stands for itself. */
  private static String decode(String text, boolean query) {
    String escaped = query ? text : text.replace("+", "%2B");
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The message would quote what may be a part of the password.
      throw new IllegalArgumentException(
          "A percent sign is not followed by two hexadecimal digits");
    }
  }
}
