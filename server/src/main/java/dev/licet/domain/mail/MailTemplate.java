package dev.licet.domain.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer is told. {@code {{name}}} stands for a value, which is escaped in the HTML.
 *
 * @param updatedAt {@code null} for the one that everybody has from the start
 */
public record MailTemplate(String subject, String text, String html, @Nullable Instant updatedAt) {
  public static final int MAX_SUBJECT = 200;
  public static final int MAX_TEXT = 10_000;
  public static final int MAX_HTML = 40_000;

  /** What a template may say. */
  public static final List<String> NAMES =
      List.of("customer_name", "customer_email", "keys", "product", "plan", "expires_at");

  /** What everybody has from the start. */
  public static final MailTemplate USUAL =
      new MailTemplate(
          "Your license key",
          """
          Hello {{customer_name}},

          thank you for your order. Your license key for {{product}} ({{plan}}):

          {{keys}}

          It is valid until: {{expires_at}}

          Keep this message. Whoever has the key can use the license.
          """,
          """
          <!doctype html>
          <html lang="en">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Your license key</title>
          <body style="margin:0;padding:12px;background:#f4f5f7;\
          font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c2430">
          <div style="max-width:560px;margin:0 auto;padding:20px;background:#ffffff;\
          border-radius:8px">
          <p style="margin:0 0 16px">Hello {{customer_name}},</p>
          <p style="margin:0 0 16px">thank you for your order. Your license key for {{product}} \
          ({{plan}}):</p>
          <p style="margin:0 0 16px;padding:12px;background:#f4f5f7;border-radius:6px;\
          font-family:ui-monospace,Consolas,monospace;font-size:16px;line-height:1.6;\
          overflow-wrap:anywhere">{{keys}}</p>
          <p style="margin:0 0 16px">It is valid until: {{expires_at}}</p>
          <p style="margin:0;color:#5b6675;font-size:14px">Keep this message. Whoever has the key \
          can use the license.</p>
          </div>
          </body>
          </html>
          """,
          null);

  /** Never goes back over blanks, of which a text may have thousands. */
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*+([^{}\\s]*+)\\s*+}}");

  /** A message that is ready. */
  public record Rendered(String subject, String text, String html) {}

  /** A name that stands in a text, and means nothing. */
  public static Optional<String> unknownName(String text) {
    TreeSet<String> unknown = new TreeSet<>();
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      if (!NAMES.contains(places.group(1))) {
        unknown.add(places.group(1));
      }
    }
    return unknown.stream().findFirst();
  }

  /**
   * The message for some values.
   *
   * @param values by all of {@link #NAMES}; several lines are lines in the HTML too
   */
  public Rendered render(Map<String, String> values) {
    return new Rendered(
        filled(subject, values, it -> it).replaceAll("\\s*[\\p{Cc}\\p{Zl}\\p{Zp}]+\\s*", " "),
        filled(text, values, it -> it),
        filled(html, values, it -> escaped(it).replace("\n", "<br>")));
  }

  private static String filled(
      String template, Map<String, String> values, UnaryOperator<String> form) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(form.apply(values.getOrDefault(place.group(1), ""))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
