package dev.licet.domain.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was written down.
 *
 * @param type as the API writes it: a newer node may know more of them
 * @param licenseId {@code lic_...}; {@code null} when it is about something else
 * @param data JSON, keys masked
 */
public record RecordedEvent(
    EventPosition position,
    String id,
    String type,
    Instant at,
    boolean live,
    @Nullable String licenseId,
    String data) {
  private static final String API_VERSION = "v1";

  /** The event as it is shown, sent and streamed: JSON, always the same bytes, on one line. */
  public byte[] envelope() {
    return envelope(data);
  }

  /** The same with other data, such as those with the licence's key in full. */
  public byte[] envelope(String otherData) {
    // Nothing but the data holds a character that JSON would escape.
    String json =
        "{\"id\":\"%s\",\"type\":\"%s\",\"created_at\":\"%s\",\"api_version\":\"%s\",\"live\":%s,"
            .formatted(id, type, at, API_VERSION, live);
    return (json + "\"data\":" + otherData + "}").getBytes(UTF_8);
  }
}
