package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.FailureException;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageJobs;
import dev.licet.domain.usage.UsageOrigin;
import dev.licet.domain.usage.UsageOverviews;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.usage.UsageReports.Question;
import dev.licet.domain.usage.UsageReports.Report;
import dev.licet.domain.usage.UsageReports.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What use adds up to, by every dimension, against a list in memory. */
@Timeout(120)
abstract class UsageSumsContract extends Contract {
  /** The morning on which clocks in Europe went an hour ahead. */
  private static final Instant SUMMER = Instant.parse("2026-03-29T01:00:00Z");

  private static final Instant NOW = SUMMER.plus(Duration.ofDays(2)).plusSeconds(4_000);
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneOffset.UTC,
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("America/St_Johns"));
  private static final String[] COUNTRIES = {"DE", "BR", "JP", null};

  private final Random random = new Random(20_260_329);
  private final List<UsageEvent> events = new ArrayList<>();
  private final List<Tenant> tenants = new ArrayList<>();
  private final Map<Long, License> licenses = new HashMap<>();
  private UsageReports reports;
  private long node;

  @Test
  void sumsAgreeWithAListByEveryTwoDimensions() {
    fill();
    for (Tenant tenant : tenants) {
      for (List<UsageDimension> by : questions()) {
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        assertAgrees(tenant, null, by, zone, quarter(-70), quarter(60));
        assertAgrees(tenant, null, by, zone, quarter(-3), quarter(2));
      }
    }
    for (License license : licenses.values()) {
      for (List<UsageDimension> by : questions()) {
        if (by.stream().allMatch(each -> each.compareTo(UsageDimension.OUTCOME) <= 0)) {
          ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
          assertAgrees(tenants.getFirst(), license, by, zone, quarter(-70), quarter(60));
        }
      }
    }
  }

  @Test
  void aDayWithAChangeToSummerTimeHasItsOwnHours() {
    fill();
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant from = Instant.parse("2026-03-28T23:00:00Z");
    Instant to = Instant.parse("2026-03-29T22:00:00Z");
    Report day =
        reports.ofTenant(
            tenants.getFirst(), new Question(List.of(UsageDimension.DAY), berlin, from, to, 10));
    assertEquals(
        List.of("2026-03-29"), day.rows().stream().map(row -> row.values().getFirst()).toList());
    Report hours =
        reports.ofTenant(
            tenants.getFirst(), new Question(List.of(UsageDimension.HOUR), berlin, from, to, 10));
    assertTrue(
        hours.rows().stream().noneMatch(row -> String.valueOf(row.values()).contains("T02:")));
    assertEquals(total(day), total(hours));
  }

  @Test
  void whatIsNotAmongTheLargestIsOneRow() {
    fill();
    Question question =
        new Question(
            List.of(UsageDimension.DAY, UsageDimension.DOMAIN),
            ZoneOffset.UTC,
            quarter(-70),
            quarter(60),
            2);
    Report report = reports.ofTenant(tenants.getFirst(), question);
    assertEquals(
        2,
        report.rows().stream()
            .filter(row -> !row.other())
            .map(row -> String.valueOf(row.values().get(1)))
            .distinct()
            .count());
    assertTrue(report.rows().stream().anyMatch(Row::other));
    Question all =
        new Question(List.of(UsageDimension.DAY), ZoneOffset.UTC, quarter(-70), quarter(60), 2);
    assertEquals(total(reports.ofTenant(tenants.getFirst(), all)), total(report));
  }

  @Test
  void theLargestGroupsAreThoseOfTheWholeReport() {
    fill();
    for (List<UsageDimension> by :
        List.of(
            List.of(UsageDimension.DOMAIN),
            List.of(UsageDimension.LICENSE),
            List.of(UsageDimension.DEVICE, UsageDimension.COUNTRY))) {
      List<Row> whole = rows(by, 1_000);
      List<Row> cut = rows(by, 2);
      assertEquals(whole.subList(0, 2), cut.subList(0, 2), by.toString());
      assertEquals(3, cut.size());
      List<Row> others = whole.subList(2, whole.size());
      assertEquals(
          new Row(
              Arrays.asList(new String[by.size()]),
              true,
              others.stream().mapToLong(Row::valid).sum(),
              others.stream().mapToLong(Row::refused).sum()),
          cut.getLast());
    }
  }

  private List<Row> rows(List<UsageDimension> by, int top) {
    Question question = new Question(by, ZoneOffset.UTC, quarter(-70), quarter(60), top);
    return reports.ofTenant(tenants.getFirst(), question).rows();
  }

  @Test
  void anotherTenantsLicenseIsNotFound() {
    fill();
    String id = licenses.values().iterator().next().id();
    Question question = new Question(List.of(UsageDimension.DAY), ZoneOffset.UTC, null, null, 10);
    assertThrows(FailureException.class, () -> reports.ofLicense(tenants.getLast(), id, question));
  }

  @Test
  void theOverviewSaysWhatIsInUse() {
    fill();
    Tenant tenant = tenants.getFirst();
    var overview = new UsageOverviews(database.transactions(), InstantSource.fixed(NOW)).of(tenant);
    Instant month = Instant.parse("2026-03-01T00:00:00Z");
    Instant day = NOW.truncatedTo(ChronoUnit.DAYS);
    assertEquals(count(tenant, month, true), overview.month().valid());
    assertEquals(count(tenant, month, false), overview.month().refused());
    assertEquals(count(tenant, day, true), overview.today().valid());
    assertEquals(
        overview.month().refused(),
        overview.refused().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void oldRecordsGoAndWhatWasCountedStays() {
    fill();
    fixture.foldAll();
    Tenant tenant = tenants.getFirst();
    Question question =
        new Question(List.of(UsageDimension.DAY), ZoneOffset.UTC, quarter(-70), quarter(60), 10);
    Report before = reports.ofTenant(tenant, question);
    License license = licenses.values().iterator().next();
    assertNotEquals(0, history(license));
    var records = UsageJobs.all(Duration.ofDays(30)).getFirst();
    fixture.run(records, NOW);
    assertNotEquals(0, history(license), "what is younger than 30 days stays");
    fixture.run(records, NOW.plus(Duration.ofDays(40)));
    assertEquals(0, history(license));
    assertEquals(before, reports.ofTenant(tenant, question));
    append(node, 20);
    fixture.foldAll();
    int again = licenses.values().stream().mapToInt(this::history).sum();
    assertNotEquals(0, again, "what is older than what is kept is recorded all the same");
    var sums = UsageJobs.all(Duration.ofDays(30)).getLast();
    fixture.run(sums, NOW.plus(Duration.ofDays(27 * 31)));
    assertEquals(List.of(), reports.ofTenant(tenant, question).rows());
  }

  @Test
  void whatWasErasedIsCountedWithoutItsName() {
    fill();
    fixture.foldAll();
    License license = licenses.values().iterator().next();
    Question question =
        new Question(List.of(UsageDimension.DOMAIN), ZoneOffset.UTC, quarter(-70), quarter(60), 10);
    Report before = reports.ofLicense(license.tenant(), license.id(), question);
    database.transactions().run(s -> s.erasures().removeNames(List.of(license.no())));
    Report after = reports.ofLicense(license.tenant(), license.id(), question);
    assertEquals(total(before), total(after));
    for (Row row : after.rows()) {
      String domain = row.values().getFirst();
      assertTrue(domain == null || domain.equals(UsageReports.ERASED), domain);
    }
  }

  private int history(License license) {
    UsageQuery query = new UsageQuery(null, null, null, 1_000, null);
    return database.transactions().read(s -> s.usage().history(license.no(), query)).size();
  }

  private void fill() {
    Tenant live = fixture.account("one");
    tenants.addAll(List.of(live, new Tenant(live.accountNo(), false), fixture.account("two")));
    for (int i = 0; i < 3; i++) {
      License license = fixture.insert(live, "LICENSE-" + i);
      licenses.put(license.no(), license);
    }
    reports = new UsageReports(database.transactions(), InstantSource.fixed(NOW));
    node = database.journal().openNode();
    append(node, 700);
    fixture.foldAll();
    append(node, 200);
    for (var start : database.fold().positions()) {
      var open = database.fold().openRound(start, 120).orElseThrow();
      FoldRows rows = FoldSlices.read(database.fold(), open);
      int end = rows.size() / 2;
      while (rows.license(end) == rows.license(end - 1)) {
        end++;
      }
      long next = rows.license(end);
      var reached = new FoldStore.Position(open.nodeNo(), open.foldedTo(), open.roundTo(), next);
      assertTrue(database.fold().apply(rows, 0, end, open, reached).isPresent());
    }
  }

  private void append(long to, int size) {
    JournalStore journal = database.journal();
    List<UsageEvent> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(event());
    }
    journal.append(journal.nextId(to), batch, List.of());
    events.addAll(batch);
  }

  private UsageEvent event() {
    List<License> own = List.copyOf(licenses.values());
    License license = random.nextInt(4) == 0 ? null : own.get(random.nextInt(own.size()));
    Tenant tenant = license == null ? tenants.get(1 + random.nextInt(2)) : tenants.getFirst();
    String device = random.nextInt(3) == 0 ? null : "device-" + random.nextInt(6);
    return new UsageEvent(
        license == null ? 90 + tenants.indexOf(tenant) : license.no(),
        new UsageGroup(
            tenant.accountNo(),
            tenant.live(),
            license == null ? 77 : license.plan().no(),
            license == null ? 78 : license.product().no()),
        SUMMER.toEpochMilli() + (long) (random.nextGaussian() * Duration.ofDays(1).toMillis()),
        random.nextInt(3) == 0
            ? Outcome.of(random.nextInt(Outcome.values().length))
            : Outcome.VALID,
        random.nextInt(5) == 0 ? null : "d" + random.nextInt(7) + ".example",
        device,
        new UsageOrigin("192.0.2.1", COUNTRIES[random.nextInt(COUNTRIES.length)], 0, null),
        0,
        0);
  }

  /** Each dimension alone, and each two of them that may stand together. */
  private static List<List<UsageDimension>> questions() {
    List<List<UsageDimension>> questions = new ArrayList<>();
    for (UsageDimension one : UsageDimension.values()) {
      questions.add(List.of(one));
      for (UsageDimension two : UsageDimension.values()) {
        if (one != two && !(one.isTime() && two.isTime())) {
          questions.add(List.of(one, two));
        }
      }
    }
    return questions;
  }

  private static Instant quarter(int hours) {
    return SUMMER.plus(Duration.ofMinutes(hours * 60L + 15));
  }

  private void assertAgrees(
      Tenant tenant,
      @Nullable License license,
      List<UsageDimension> by,
      ZoneId zone,
      Instant from,
      Instant to) {
    Question question = new Question(by, zone, from, to, 1_000);
    Report report =
        license == null
            ? reports.ofTenant(tenant, question)
            : reports.ofLicense(tenant, license.id(), question);
    Map<List<String>, List<Long>> found = new HashMap<>();
    for (Row row : report.rows()) {
      found.merge(row.values(), List.of(row.valid(), row.refused()), UsageSumsContract::sum);
    }
    Predicate<UsageEvent> wanted =
        event ->
            isOf(event, tenant)
                && (license == null || event.licenseNo() == license.no())
                && event.atMillis() >= from.toEpochMilli()
                && event.atMillis() < to.toEpochMilli();
    Map<List<String>, List<Long>> expected = new HashMap<>();
    events.stream()
        .filter(wanted)
        .forEach(event -> {
          boolean valid = event.outcome() == Outcome.VALID;
          String[] key = by.stream().map(each -> value(event, each, zone)).toArray(String[]::new);
          expected.merge(
              Arrays.asList(key),
              valid ? List.of(1L, 0L) : List.of(0L, 1L),
              UsageSumsContract::sum);
        });
    assertEquals(expected, found, by + " in " + zone + " of " + tenant + " and " + license);
  }

  private static List<Long> sum(List<Long> one, List<Long> other) {
    return List.of(one.get(0) + other.get(0), one.get(1) + other.get(1));
  }

  private static boolean isOf(UsageEvent event, Tenant tenant) {
    return event.group().accountNo() == tenant.accountNo() && event.group().live() == tenant.live();
  }

  private long count(Tenant tenant, Instant since, boolean valid) {
    return events.stream()
        .filter(event ->
            isOf(event, tenant)
                && event.atMillis() >= since.toEpochMilli()
                && event.atMillis() < NOW.plusSeconds(900).toEpochMilli()
                && (event.outcome() == Outcome.VALID) == valid)
        .count();
  }

  private static long total(Report report) {
    return report.rows().stream().mapToLong(row -> row.valid() + row.refused()).sum();
  }

  private @Nullable String value(UsageEvent event, UsageDimension dimension, ZoneId zone) {
    License license = licenses.get(event.licenseNo());
    var at = Instant.ofEpochMilli(event.atMillis()).atZone(zone);
    return switch (dimension) {
      case DAY -> at.toLocalDate().toString();
      case HOUR -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.HOURS));
      case DOMAIN -> event.domain();
      case DEVICE -> event.fingerprint();
      case COUNTRY -> event.origin().country();
      case OUTCOME -> event.outcome().code() == null ? "valid" : event.outcome().code().name();
      case LICENSE -> license == null ? null : license.id();
      case PLAN -> license == null ? null : "pro";
      case PRODUCT -> license == null ? null : "default";
    };
  }
}
