package dev.licet.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.domain.webhook.WebhookTransport;

/** Makes text of what a receiver answered, whatever it is. */
final class AnswerText {
  private static final char REPLACEMENT = '\ufffd';

  private AnswerText() {}

  /**
   * The start of an answer: at most {@value WebhookTransport#KEPT_BYTES} bytes of UTF-8, without
   * control characters but line ends and tabs, and without half a character at the end.
   */
  static String of(byte[] start) {
    StringBuilder text = new StringBuilder(start.length);
    int room = WebhookTransport.KEPT_BYTES;
    for (int point : new String(start, UTF_8).codePoints().toArray()) {
      int shown = isText(point) ? point : REPLACEMENT;
      room -= Character.toString(shown).getBytes(UTF_8).length;
      if (room < 0) {
        break;
      }
      text.appendCodePoint(shown);
    }
    boolean cutInside = start.length >= WebhookTransport.KEPT_BYTES;
    while (cutInside && !text.isEmpty() && text.charAt(text.length() - 1) == REPLACEMENT) {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  private static boolean isText(int point) {
    return point == '\n' || point == '\r' || point == '\t' || !Character.isISOControl(point);
  }
}
