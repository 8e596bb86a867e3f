package dev.licet.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.licet.core.ValidationCode;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.validation.Answer;
import dev.licet.domain.validation.LicenseSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the answer of a validation, as a stream of tokens for the sake of speed. */
public final class AnswerWriter {
  private static final SerializableString VALID = new SerializedString("valid");
  private static final SerializableString LICENSE = new SerializedString("license");
  private static final SerializableString ID = new SerializedString("id");
  private static final SerializableString PRODUCT = new SerializedString("product");
  private static final SerializableString PLAN = new SerializedString("plan");
  private static final SerializableString STATUS = new SerializedString("status");
  private static final SerializableString EXPIRES_AT = new SerializedString("expiresAt");
  private static final SerializableString TRIAL = new SerializedString("trial");
  private static final SerializableString GRACE = new SerializedString("grace");
  private static final SerializableString STALE = new SerializedString("stale");
  private static final SerializableString GRACE_UNTIL = new SerializedString("graceUntil");
  private static final SerializableString LIMITS = new SerializedString("limits");
  private static final SerializableString LEASE_MINUTES = new SerializedString("leaseMinutes");
  private static final SerializableString FEATURES = new SerializedString("features");
  private static final SerializableString MAX_DOMAINS = new SerializedString("maxDomains");
  private static final SerializableString DOMAINS_USED = new SerializedString("domainsUsed");
  private static final SerializableString MAX_DEVICES = new SerializedString("maxDevices");
  private static final SerializableString DEVICES_USED = new SerializedString("devicesUsed");
  private static final SerializableString DOMAIN = new SerializedString("domain");
  private static final SerializableString NONCE = new SerializedString("nonce");
  private static final SerializableString CHECKED_AT = new SerializedString("checked_at");

  private static final int USUAL_BYTES = 512;

  private AnswerWriter() {}

  /**
   * The answer to a request.
   *
   * @param nonce as it was sent
   */
  public static Response response(Answer answer, @Nullable String nonce) {
    return switch (answer) {
      case Answer.Valid valid -> json(200, valid(valid, nonce));
      case Answer.Refused refused -> json(200, refused(refused, nonce));
      case Answer.NotFound unknown -> json(404, notFound(unknown, nonce));
      case Answer.Throttled(long wait) -> Problems.rateLimited(wait, "Too many validations.");
      case Answer.Unavailable away -> Problems.unavailable();
    };
  }

  private static Response json(int status, byte[] body) {
    return Response.of(status, Response.JSON, body);
  }

  /** The key may be used. */
  private static byte[] valid(Answer.Valid answer, @Nullable String nonce) {
    return write(json -> {
      json.writeFieldName(VALID);
      json.writeBoolean(true);
      if (answer.license().isInGraceAt(answer.atMillis())) {
        json.writeFieldName(GRACE);
        json.writeBoolean(true);
      }
      stale(json, answer.stale());
      license(json, answer.license(), answer.atMillis());
      text(json, DOMAIN, answer.domain());
      text(json, NONCE, nonce);
      text(json, CHECKED_AT, Timestamps.text(answer.atMillis()));
    });
  }

  /** The licence is known and may not be used. */
  private static byte[] refused(Answer.Refused answer, @Nullable String nonce) {
    ValidationCode code = answer.verdict().code();
    return write(json -> {
      refusal(json, code);
      stale(json, answer.stale());
      license(json, answer.verdict().license(), answer.atMillis());
      if (nonce != null) {
        text(json, NONCE, nonce);
      }
    });
  }

  /** No licence has this key. */
  private static byte[] notFound(Answer.NotFound answer, @Nullable String nonce) {
    return write(json -> {
      json.writeFieldName(VALID);
      json.writeBoolean(false);
      json.writeStringField("error", ValidationCode.LICENSE_NOT_FOUND.name());
      json.writeStringField("message", message(answer));
      json.writeStringField("reason", answer.reason().name());
      if (answer.suggestion() != null) {
        json.writeStringField("suggestion", answer.suggestion());
      }
      if (nonce != null) {
        text(json, NONCE, nonce);
      }
    });
  }

  private static String message(Answer.NotFound answer) {
    return answer.suggestion() == null
        ? answer.reason().message()
        : answer.reason().message() + " Did you mean " + answer.suggestion() + "?";
  }

  private static void refusal(JsonGenerator json, ValidationCode code) throws IOException {
    json.writeFieldName(VALID);
    json.writeBoolean(false);
    json.writeStringField("error", code.name());
    json.writeStringField("message", code.message());
  }

  private static void stale(JsonGenerator json, boolean stale) throws IOException {
    if (stale) {
      json.writeFieldName(STALE);
      json.writeBoolean(true);
    }
  }

  private static void license(JsonGenerator json, LicenseSnapshot license, long nowMillis)
      throws IOException {
    json.writeFieldName(LICENSE);
    json.writeStartObject();
    text(json, ID, license.id());
    text(json, PRODUCT, license.product());
    text(json, PLAN, license.plan());
    LicenseStatus status = license.statusAt(nowMillis);
    text(json, STATUS, status == LicenseStatus.ACTIVE ? "active" : status.text());
    time(json, EXPIRES_AT, license.expiresAt());
    time(json, GRACE_UNTIL, license.graceUntil());
    json.writeFieldName(TRIAL);
    json.writeBoolean(license.policy().trial());
    json.writeFieldName(FEATURES);
    json.writeStartArray();
    List<String> features = license.features();
    for (int i = 0; i < features.size(); i++) {
      json.writeString(features.get(i));
    }
    json.writeEndArray();
    limits(json, license.policy().limits());
    seats(json, MAX_DOMAINS, license.maxDomains(), DOMAINS_USED, license.domains().size());
    int devices = license.devices().heldAt(nowMillis);
    seats(json, MAX_DEVICES, license.maxDevices(), DEVICES_USED, devices);
    if (license.policy().leasesDevices()) {
      json.writeFieldName(LEASE_MINUTES);
      json.writeNumber(license.policy().deviceLeaseMinutes());
    }
    if (!license.live()) {
      json.writeBooleanField("live", false);
    }
    json.writeEndObject();
  }

  private static void limits(JsonGenerator json, Map<String, Long> limits) throws IOException {
    json.writeFieldName(LIMITS);
    json.writeStartObject();
    if (!limits.isEmpty()) {
      for (Map.Entry<String, Long> limit : limits.entrySet()) {
        json.writeNumberField(limit.getKey(), limit.getValue());
      }
    }
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, SerializableString name, long millis)
      throws IOException {
    text(json, name, millis == LicenseSnapshot.NEVER ? null : Timestamps.text(millis));
  }

  private static void seats(
      JsonGenerator json, SerializableString max, int limit, SerializableString used, int count)
      throws IOException {
    json.writeFieldName(max);
    if (limit == LicenseSnapshot.UNLIMITED) {
      json.writeNull();
    } else {
      json.writeNumber(limit);
    }
    json.writeFieldName(used);
    json.writeNumber(count);
  }

  private static void text(JsonGenerator json, SerializableString name, @Nullable String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] write(Body body) {
    try (ByteArrayBuilder out = new ByteArrayBuilder(USUAL_BYTES);
        JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
      json.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be written", e);
    }
  }
}
