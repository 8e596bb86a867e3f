package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has PostgreSQL itself write down how it ran every statement of a server that is used (by its
 * module {@code auto_explain}), and makes a page of it.
 */
record UsagePlans(Path root, LicetContender on, long licenses, long rows) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DAY = Pattern.compile("_20\\d{6}");

  /** Longer than the fold waits for more. */
  private static final long FOLD_MILLIS = 70_000;

  private static final int SHOWN = 150;
  private static final int ACCOUNTS = 20;

  /** A table is large from so many pages of 8 KB on. */
  private static final int LARGE_PAGES = 100;

  private static final String LARGE =
      """
      SELECT COALESCE(string_agg(relname, ','), '') FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relpages >= %d
      """
          .formatted(LARGE_PAGES);

  /** Writes the page; false when a large table is read from end to end. */
  boolean run() throws IOException, InterruptedException, SQLException {
    new UsageGrowth(on, licenses, rows).fill(ACCOUNTS);
    Path log;
    Set<String> large;
    try (BenchPostgres postgres = on.startPostgres(Map.of("logging_collector", "on"))) {
      String directory = postgres.query("SHOW data_directory");
      for (String setting :
          List.of(
              "session_preload_libraries = 'auto_explain'",
              "auto_explain.log_min_duration = 0",
              "auto_explain.log_format = 'json'",
              "log_filename = 'plans.log'")) {
        postgres.execute(
            (setting.startsWith("log_f") ? "ALTER SYSTEM SET " : "ALTER DATABASE postgres SET ")
                + setting);
      }
      postgres.execute("SELECT pg_reload_conf()");
      postgres.execute("SELECT pg_rotate_logfile()");
      try (ServerProcess server = on.server(postgres).start()) {
        use(new Api(server.base(), LicetServer.API_KEY));
      }
      large = new TreeSet<>(List.of(postgres.query(LARGE).split(",")));
      log = Path.of(directory, "log", "plans.log");
    }
    return write(plans(log), large);
  }

  /** Does what applications and vendors do often. */
  private void use(Api api) throws IOException, InterruptedException {
    List<KnownKey> keys = Keys.read(on.bench().keys());
    for (KnownKey known : keys.subList(0, 200)) {
      api.validate(known.key(), known.domain(), null);
    }
    Thread.sleep(FOLD_MILLIS); // a round of the fold
    for (KnownKey known : keys.subList(0, 20)) {
      api.validate(known.key(), known.domain(), null);
    }
    JsonNode page = api.read("licenses?limit=100");
    String id = page.at("/data/0/id").asText();
    String used = api.read("licenses?domain=" + keys.getFirst().domain()).at("/data/0/id").asText();
    for (String path :
        List.of(
            "licenses?limit=100&starting_after=" + id,
            "licenses?status=active&limit=20",
            "licenses?status=suspended&limit=20",
            "licenses?plan=professional&limit=20",
            "licenses?customer_email=bench@example.com&limit=20",
            "licenses?expires_before=2027-01-01T00:00:00Z&limit=20",
            "licenses/" + used,
            "licenses/" + used + "/activations",
            "licenses/" + used + "/usage",
            "licenses/" + used + "/usage?outcome=refused",
            "licenses/" + used + "/usage?group_by=hour,domain",
            "licenses/" + used + "/usage?group_by=day,country",
            "usage/summary",
            "usage/anomalies?days=30",
            "usage?group_by=hour,outcome",
            "events?limit=50",
            "events?types=license.created",
            "audit-log?limit=20",
            "account",
            "plans",
            "products")) {
      api.read(path);
    }
    for (String by : List.of("day", "domain", "device", "country", "outcome", "plan", "license")) {
      api.read("usage?timezone=Asia/Kathmandu&group_by=" + by);
      if (!by.equals("day")) {
        api.read("usage?group_by=day," + by);
      }
    }
    api.createLicense(
        Api.object().put("plan", "professional").put("customer_email", "new@example.com"));
  }

  /** The shapes of the plans of each statement. */
  private static Map<String, Set<String>> plans(Path log) throws IOException {
    Map<String, Set<String>> plans = new TreeMap<>();
    StringBuilder entry = new StringBuilder();
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    lines.add("");
    for (String line : lines) {
      if (line.startsWith("\t")) {
        entry.append(line.substring(1)).append(' ');
        continue;
      }
      if (!entry.isEmpty() && entry.charAt(0) == '{') {
        JsonNode plan = JSON.readTree(entry.toString().replace("\t", " "));
        String query = normalized(plan.path("Query Text").asText());
        plans
            .computeIfAbsent(query, it -> new LinkedHashSet<>())
            .add(normalized(shape(plan.path("Plan"))));
      }
      entry.setLength(0);
    }
    return plans;
  }

  private static String normalized(String text) {
    return DAY.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("_DAY");
  }

  /** Nodes with what they read, and in brackets what they stand on. */
  private static String shape(JsonNode plan) {
    StringBuilder shape = new StringBuilder(plan.path("Node Type").asText());
    String read = plan.path("Index Name").asText(plan.path("Relation Name").asText());
    if (!read.isEmpty()) {
      shape.append(' ').append(read);
    }
    Set<String> below = new LinkedHashSet<>(); // partitions look alike
    plan.path("Plans").forEach(child -> below.add(normalized(shape(child))));
    return below.isEmpty() ? shape.toString() : shape + " [" + String.join("; ", below) + "]";
  }

  private boolean write(Map<String, Set<String>> plans, Set<String> large) throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # How PostgreSQL runs what it is asked

            Made by `bench/usage --explain`: PostgreSQL wrote down the plan of every statement that a server ran while it
            was used, with %,d licences and %,d rows of sums of use. Each line is a plan's shape, with what a node
            reads and in brackets what it stands on; `DAY` is a day's partition. Statements on tables of less than %d
            pages alone are left out: those are read from end to end, and should be.

            %d accounts own the rows, which are of a year. One that owns most of a table and asks for all of it gets a
            plan that reads the table from end to end.

            Large tables: %s.

            """
                .formatted(
                    licenses, rows, LARGE_PAGES, ACCOUNTS, String.join(", ", normal(large))));
    boolean passed = true;
    Pattern scanned = Pattern.compile("Seq Scan (\\w+)");
    for (Map.Entry<String, Set<String>> plan : plans.entrySet()) {
      String shapes = String.join("\n", plan.getValue());
      if (large.stream().noneMatch(table -> touches(plan.getKey() + shapes, table))) {
        continue;
      }
      Matcher scan = scanned.matcher(shapes);
      while (scan.find()) {
        if (normal(large).contains(scan.group(1))) {
          passed = false;
          System.out.println("  VIOLATION: " + scan.group() + ": " + plan.getKey());
        }
      }
      String query = plan.getKey();
      page.append("```\n")
          .append(query.length() > SHOWN ? query.substring(0, SHOWN) + " ..." : query)
          .append("\n  ")
          .append(String.join("\n  ", plan.getValue()))
          .append("\n```\n\n");
    }
    Files.writeString(root.resolve("docs/rationale/statements.md"), page.toString().strip() + "\n");
    System.out.printf("%,d statements; docs/rationale/statements.md is written%n", plans.size());
    return passed;
  }

  private static boolean touches(String text, String table) {
    return Pattern.compile("\\b" + DAY.matcher(table).replaceAll("_DAY") + "\\b")
        .matcher(text)
        .find();
  }

  private static Set<String> normal(Set<String> tables) {
    Set<String> normal = new TreeSet<>();
    tables.forEach(table -> normal.add(DAY.matcher(table).replaceAll("_DAY")));
    return normal;
  }
}
