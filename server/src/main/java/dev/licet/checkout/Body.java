package dev.licet.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.CheckoutProvider.Reading;
import dev.licet.domain.billing.Command;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message. Anything may be missing or of another type; then it reads as absent, and so
 * does a text that is longer than any id.
 */
public record Body(JsonNode node) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_TEXT = 255;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_NAME = 200;
  private static final long MAX_SECONDS = 253_402_300_799L;

  /** Reads a message; an empty part when it is no JSON. */
  public static Body read(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return new Body(node == null ? MissingNode.getInstance() : node);
    } catch (IOException e) {
      return new Body(MissingNode.getInstance());
    }
  }

  /** The part under names that follow one another. */
  public Body at(String... names) {
    JsonNode at = node;
    for (String name : names) {
      at = at.path(name);
    }
    return new Body(at);
  }

  public boolean isMissing() {
    return node.isMissingNode() || node.isNull();
  }

  /** A text, or a number as a text: ids are either. */
  public @Nullable String text(String... names) {
    JsonNode value = at(names).node;
    String text = value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
    boolean usable =
        text != null
            && !text.isEmpty()
            && text.length() <= MAX_TEXT
            && text.chars().noneMatch(Character::isISOControl);
    return usable ? text : null;
  }

  public String textOr(String otherwise, String... names) {
    String text = text(names);
    return text == null ? otherwise : text;
  }

  public boolean is(String value, String... names) {
    return value.equals(text(names));
  }

  public boolean isTrue(String... names) {
    return at(names).node.asBoolean(false);
  }

  public long number(long otherwise, String... names) {
    JsonNode value = at(names).node;
    return value.canConvertToLong() && value.isIntegralNumber()
        ? value.longValue()
        : otherwise(value, otherwise);
  }

  private static long otherwise(JsonNode value, long otherwise) {
    boolean digits = value.isTextual() && value.textValue().matches("-?[0-9]{1,15}");
    return digits ? Long.parseLong(value.textValue()) : otherwise;
  }

  /** How many of something, at least 1. */
  public int quantity(String... names) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, number(1, names)));
  }

  /** A time in seconds since 1970. */
  public @Nullable Instant seconds(String... names) {
    JsonNode value = at(names).node;
    boolean usable =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= 0
            && value.longValue() <= MAX_SECONDS;
    return usable ? Instant.ofEpochSecond(value.longValue()) : null;
  }

  /** A time by RFC 3339. */
  public @Nullable Instant time(String... names) {
    String text = text(names);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  public List<Body> list(String... names) {
    List<Body> list = new ArrayList<>();
    at(names).node.forEach(it -> list.add(new Body(it)));
    return at(names).node.isArray() ? list : List.of();
  }

  /** What a provider tells of a customer by itself, with its {@code id}, {@code email} and name. */
  public Reading customer(Instant at) {
    String id = text("id");
    Buyer buyer = buyer("email", "name").orElse(null);
    return id == null || buyer == null
        ? new Reading.Ignored()
        : new Reading.OfCustomer(new Command.Customer(id, at, buyer));
  }

  /** Whose address stands under a name, if it is one that a licence may have. */
  public Optional<Buyer> buyer(String email, String name) {
    String address = text(email);
    if (address == null || address.length() > MAX_EMAIL || !address.matches("[^@\\s]+@[^@\\s]+")) {
      return Optional.empty();
    }
    String called = text(name);
    boolean usable = called != null && !called.isBlank() && called.length() <= MAX_NAME;
    return Optional.of(new Buyer(address, usable ? called : null));
  }
}
