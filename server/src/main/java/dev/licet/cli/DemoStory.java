package dev.licet.cli;

import dev.licet.cli.DemoClient.Answer;
import dev.licet.cli.DemoClient.Call;
import dev.licet.core.LicenseKey;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The life of one license, told call by call. Each answer is checked; a wrong one ends the story.
 */
final class DemoStory {
  private static final String LICENSES = "/api/v1/licenses";
  private static final String VALIDATE = "/api/v1/validate";
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private final DemoClient client;
  private final PrintStream out;
  private final Table summary = new Table("Step", "Answer", "Time");
  private int steps;

  DemoStory(DemoClient client, PrintStream out) {
    this.client = client;
    this.out = out;
  }

  void tell() throws DemoDeviation {
    Answer created = create();
    String license = LICENSES + "/" + created.body().path("id").asText();
    String key = created.body().path("key").asText();
    seats(key);
    typo(key);
    suspension(license, key);
    revocation(license, key);
    step(
        "Read the license: refused validations do not count",
        new Call("GET", license, Map.of(), true),
        expect(200, "/status", "revoked", "/validation_count", 4, "/max_domains", 3));
    out.println();
    summary.print(out);
  }

  private Answer create() throws DemoDeviation {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("plan", "professional");
    order.put("customer_email", "ada@example.com");
    Answer created =
        step(
            "Create a license on the plan \"professional\", which allows 3 domains",
            new Call("POST", LICENSES, order, true),
            expect(201, "/status", "active", "/plan", "professional", "/max_domains", 3));
    String key = created.body().path("key").asText();
    if (!(LicenseKey.read(key) instanceof LicenseKey.Reading.Ok)) {
      throw new DemoDeviation("the license came without a valid key");
    }
    out.println("   key    " + key);
    return created;
  }

  private void seats(String key) throws DemoDeviation {
    int used = 0;
    for (String domain : new String[] {"example.com", "example.org", "example.net"}) {
      used++;
      step(
          "Validate from " + domain,
          validate(key, domain),
          expect(200, "/valid", true, "/license/domainsUsed", used, "/license/maxDomains", 3));
    }
    step(
        "Validate from a fourth domain",
        validate(key, "shop.example.com"),
        refused(200, "DOMAIN_LIMIT_REACHED"));
  }

  private void typo(String key) throws DemoDeviation {
    step(
        "Validate a mistyped key",
        validate(mistype(key), "example.com"),
        expect(
            404,
            "/valid",
            false,
            "/error",
            "LICENSE_NOT_FOUND",
            "/reason",
            "CHECKSUM_MISMATCH",
            "/suggestion",
            key));
  }

  private void suspension(String license, String key) throws DemoDeviation {
    step(
        "Suspend the license",
        new Call("POST", license + "/suspend", Map.of("reason", "Invoice 10042 is overdue"), true),
        expect(200, "/status", "suspended"));
    step("Validate", validate(key, "example.com"), refused(200, "LICENSE_SUSPENDED"));
    step(
        "Reinstate the license",
        new Call("POST", license + "/reinstate", Map.of(), true),
        expect(200, "/status", "active"));
    step("Validate", validate(key, "example.com"), expect(200, "/valid", true));
  }

  private void revocation(String license, String key) throws DemoDeviation {
    step(
        "Revoke the license, for good",
        new Call("DELETE", license, Map.of(), true),
        expect(200, "/status", "revoked"));
    step("Validate", validate(key, "example.com"), refused(200, "LICENSE_REVOKED"));
  }

  private static Call validate(String key, String domain) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("key", key);
    body.put("domain", domain);
    return new Call("POST", VALIDATE, body, false);
  }

  /** Changes the first symbol after the prefix, as a slip of the finger does. */
  static String mistype(String key) {
    int first = key.indexOf('-') + 1;
    char wrong = key.charAt(first) == '7' ? '8' : '7';
    return key.substring(0, first) + wrong + key.substring(first + 1);
  }

  private static Expectation refused(int status, String error) {
    return expect(status, "/valid", false, "/error", error);
  }

  private static Expectation expect(int status, Object... pointersAndValues) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < pointersAndValues.length; i += 2) {
      members.put(pointersAndValues[i].toString(), pointersAndValues[i + 1].toString());
    }
    return new Expectation(status, members);
  }

  /**
   * What has to come back.
   *
   * @param members values of the body's members, as text, by their JSON pointers
   */
  private record Expectation(int status, Map<String, String> members) {}

  private Answer step(String title, Call call, Expectation expected) throws DemoDeviation {
    steps++;
    out.printf("%n%d. %s%n   asked  %s%n", steps, title, client.text(call));
    Answer answer = client.send(call);
    String time = milliseconds(answer.took());
    StringJoiner got = new StringJoiner(", ");
    got.add(String.valueOf(answer.status()));
    for (String pointer : expected.members().keySet()) {
      got.add(pointer.substring(pointer.lastIndexOf('/') + 1) + " " + member(answer, pointer));
    }
    out.printf("   got    %s   (%s)%n", got, time);
    check(title, answer, expected);
    summary.row(steps + ". " + title, gist(answer), time);
    return answer;
  }

  private static void check(String title, Answer answer, Expectation expected)
      throws DemoDeviation {
    if (answer.status() != expected.status()) {
      throw deviation(title, "status", expected.status(), answer.status() + " " + answer.body());
    }
    for (Map.Entry<String, String> member : expected.members().entrySet()) {
      String actual = member(answer, member.getKey());
      if (!actual.equals(member.getValue())) {
        throw deviation(title, member.getKey(), member.getValue(), actual);
      }
    }
  }

  private static DemoDeviation deviation(
      String title, String what, Object expected, Object actual) {
    return new DemoDeviation(
        "\"%s\": %s should be %s, but is %s.".formatted(title, what, expected, actual));
  }

  private static String member(Answer answer, String pointer) {
    return answer.body().at(pointer).asText("(none)");
  }

  /** The answer in a few words: what was refused, or the license's state. */
  private static String gist(Answer answer) {
    String refusal = answer.body().path("error").asText();
    if (!refusal.isEmpty()) {
      return answer.status() + " " + refusal;
    }
    boolean valid = answer.body().path("valid").asBoolean();
    return answer.status() + " " + (valid ? "valid" : answer.body().path("status").asText());
  }

  private static String milliseconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / NANOS_PER_MILLISECOND);
  }
}
