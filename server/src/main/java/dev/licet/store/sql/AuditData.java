package dev.licet.store.sql;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.license.License;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Things as the audit log has them. All that a record holds is in it without anyone's doing, so
 * that no field is forgotten; bytes are masked, since those of the domain are hashes and secrets,
 * and what is the database's own business is left out.
 */
final class AuditData {
  private static final String MASK = "****";

  private AuditData() {}

  /** JSON of a thing as it was at some time; {@code null} for none. */
  static @Nullable String json(@Nullable Record thing, Instant at) {
    return switch (thing) {
      case null -> null;
      case License license -> Json.write(EventData.license(license, at));
      case Seat seat -> Json.write(EventData.activation(seat));
      default -> Json.write(fields(thing));
    };
  }

  private static Map<String, @Nullable Object> fields(Record thing) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : thing.getClass().getRecordComponents()) {
      Object value = value(thing, component);
      boolean absent = value instanceof Given<?> given && !given.present();
      if (!isInternal(component) && !absent) {
        fields.put(snakeCase(component.getName()), plain(value));
      }
    }
    return fields;
  }

  /** Numbers by which tables refer to each other, and whose a thing is. */
  private static boolean isInternal(RecordComponent component) {
    String name = component.getName();
    return name.equals("no") || name.endsWith("No") || component.getType().equals(Tenant.class);
  }

  private static @Nullable Object value(Record thing, RecordComponent component) {
    try {
      return component.getAccessor().invoke(thing);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record of the domain cannot be read", e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean flag -> flag;
      case byte[] secret -> MASK;
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Given<?> given -> plain(given.value());
      case Optional<?> optional -> plain(optional.orElse(null));
      case IsoDuration duration -> duration.toString();
      case Record thing -> fields(thing);
      case Collection<?> list -> list.stream().map(AuditData::plain).toList();
      case Map<?, ?> pairs -> pairs(pairs);
      default -> value.toString();
    };
  }

  private static Map<String, @Nullable Object> pairs(Map<?, ?> pairs) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    pairs.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
    return plain;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
