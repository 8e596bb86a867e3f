package dev.licet.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes a person out of JSON in the shape of the API: out of licences that were theirs at the time,
 * with what stands beside these, and wherever else the address is written.
 */
final class PersonScrub {
  private static final String GONE = "erased";
  private static final String EMAIL = "customer_email";

  /**
   * Where an address may begin: not within a longer one. What JSON escapes ends what was before.
   */
  private static final String BEGIN =
      "(?:(?<![\\p{L}\\p{N}._%+-])|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9a-fA-F]{4}))";

  /** Where it may end: a full stop may follow, and no more of a name. */
  private static final String END = "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])";

  /** Fields in which people write freely. */
  private static final String[] FREE_TEXTS = {"customer_name", "status_reason", "reason"};

  private final String email;
  private final Pattern written;
  private final String pseudonym;
  private final Pattern anywhere;
  private final Predicate<String> ownSeat;

  /**
   * @param email in lower case
   * @param ownSeat whether an id is that of a seat of the person's licences
   */
  PersonScrub(String email, String pseudonym, Predicate<String> ownSeat) {
    this.email = email;
    this.pseudonym = pseudonym;
    this.ownSeat = ownSeat;
    String quoted = Json.write(email);
    this.written = pattern(quoted.substring(1, quoted.length() - 1));
    this.anywhere = pattern(email);
  }

  private static Pattern pattern(String address) {
    return Pattern.compile(
        BEGIN + Pattern.quote(address) + END, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether the address is written somewhere in JSON. */
  boolean isMentionedIn(String json) {
    return written.matcher(json).find();
  }

  /** The JSON without the person; empty when the person is not in it. */
  Optional<String> of(String json) {
    boolean mentions = isMentionedIn(json);
    if (!mentions && !json.contains("\"act_")) {
      return Optional.empty();
    }
    JsonNode tree = Json.tree(json);
    boolean seat = ownSeat.test(tree.path("id").asText());
    if (!mentions && !seat) {
      return Optional.empty();
    }
    if (seat && tree instanceof ObjectNode activation) {
      activation.put("value", GONE);
    }
    visit(tree);
    return Optional.of(Json.write(tree));
  }

  private void visit(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (isOfPerson(object)) {
        clear(object);
      }
      if (isBuyer(object)) {
        object.putNull("name");
      }
      if (object.get("license") instanceof ObjectNode license && isOfPerson(license)) {
        clearBeside(object);
      }
      for (var field : object.properties()) {
        field.setValue(replaced(field.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced(array.get(i)));
      }
    }
  }

  private JsonNode replaced(JsonNode value) {
    if (value.isTextual()) {
      String text = anywhere.matcher(value.textValue()).replaceAll(pseudonym);
      return text.equals(value.textValue()) ? value : TextNode.valueOf(text);
    }
    visit(value);
    return value;
  }

  private boolean isOfPerson(ObjectNode object) {
    return object.path(EMAIL).asText().toLowerCase(Locale.ROOT).equals(email);
  }

  /** Who bought, as shops tell it. */
  private boolean isBuyer(ObjectNode object) {
    return object.has("name")
        && object.path("email").asText().toLowerCase(Locale.ROOT).equals(email);
  }

  /** What an event tells beside the licence. */
  private void clearBeside(ObjectNode event) {
    if (event.get("previous") instanceof ObjectNode previous && !previous.has(EMAIL)) {
      clear(previous);
    }
    if (event.get("activation") instanceof ObjectNode activation) {
      activation.put("value", GONE);
    }
    clearTexts(event);
  }

  private void clear(ObjectNode license) {
    if (license.has(EMAIL)) {
      license.put(EMAIL, pseudonym);
    }
    clearTexts(license);
    if (license.has("metadata")) {
      license.putObject("metadata");
    }
    for (String seats : new String[] {"domains", "devices"}) {
      if (license.has(seats)) {
        license.putArray(seats);
      }
    }
  }

  private static void clearTexts(ObjectNode object) {
    for (String name : FREE_TEXTS) {
      if (object.has(name)) {
        object.putNull(name);
      }
    }
  }
}
