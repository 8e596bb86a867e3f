package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.audit.Audit;
import dev.licet.domain.audit.AuditEntry;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.audit.AuditPlace;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.mail.MailTemplate;
import dev.licet.domain.mail.MailTemplates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the log is read where its rows are large. */
abstract class AuditContract extends Contract {
  private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
  private static final int CHANGES = 40;
  private static final int PAGE_BYTES = 1024 * 1024;
  private static final int PART_BYTES = 256 * 1024;

  private Tenant tenant;
  private Audit audit;

  @BeforeEach
  void prepare() {
    tenant = fixture.account("a");
    audit = new Audit(database.transactions());
  }

  @Test
  void largeRowsArePassedOnAFewAtATimeInTheirOrder() {
    change();
    Page<AuditPlace> places = audit.places(tenant, ALL, 1_000, null);
    assertEquals(CHANGES, places.data().size());
    List<AuditEntry> passed = new ArrayList<>();
    audit.each(
        tenant,
        places.data(),
        entries -> {
          assertTrue(entries.size() == 1 || bytes(entries) <= PART_BYTES);
          passed.addAll(entries);
          append(new MailTemplate("meanwhile", "text", "html", null)); // is not of this page
        });
    assertAll(passed);
  }

  @Test
  void manySmallRowsArePassedOnToo() {
    for (int i = 0; i < 230; i++) {
      append(new MailTemplate("subject " + i, "text", "html", null));
    }
    List<Integer> parts = new ArrayList<>();
    List<Long> seqs = new ArrayList<>();
    audit.each(
        tenant,
        audit.places(tenant, ALL, 1_000, null).data(),
        entries -> {
          parts.add(entries.size());
          entries.forEach(entry -> seqs.add(entry.seq()));
        });
    assertEquals(List.of(100, 100, 30), parts);
    assertEquals(IntStream.range(0, 230).mapToObj(i -> 230L - i).toList(), seqs);
  }

  @Test
  void aPageEndsBeforeItsRowsHoldTooMuch() {
    change();
    List<AuditEntry> read = new ArrayList<>();
    int pages = 0;
    String last = null;
    Page<AuditEntry> page;
    do {
      page = audit.list(tenant, ALL, 1_000, last);
      assertTrue(bytes(page.data()) <= PAGE_BYTES);
      read.addAll(page.data());
      last = page.data().getLast().id();
      pages++;
    } while (page.hasMore());
    assertAll(read);
    assertTrue(pages >= 4 && pages <= 6, "pages: " + pages);
  }

  @Test
  void aRowThatIsTooLargeForAPageIsOneOfItsOwn() {
    append(new MailTemplate("first", "text", "html", null));
    append(new MailTemplate("second", "text", "x".repeat(PAGE_BYTES + 1), null));
    append(new MailTemplate("third", "text", "html", null));
    List<String> after = new ArrayList<>();
    String last = null;
    for (int i = 0; i < 3; i++) {
      Page<AuditEntry> page = audit.list(tenant, ALL, 1_000, last);
      assertEquals(1, page.data().size());
      assertEquals(i < 2, page.hasMore());
      after.add(page.data().getFirst().after().substring(0, 20));
      last = page.data().getFirst().id();
    }
    assertTrue(after.getFirst().contains("third") && after.getLast().contains("first"));
  }

  @Test
  void aPlaceTellsTheBytesOfItsRow() {
    append(new MailTemplate("Gr\u00fc\u00dfe \ud83d\udc4b", "text", "html", null));
    AuditPlace place = audit.places(tenant, ALL, 1, null).data().getFirst();
    AuditEntry entry = audit.list(tenant, ALL, 1, null).data().getFirst();
    assertEquals(bytes(List.of(entry)), place.bytes());
    assertEquals(entry.id(), place.id());
    assertEquals(entry.seq(), place.seq());
  }

  /** Changes the template again and again: a row has the one before and the one after. */
  private void change() {
    MailTemplates templates = new MailTemplates(database.transactions(), Backend.CLOCK);
    for (int i = 1; i <= CHANGES; i++) {
      templates.put(
          WebhookFixture.caller(tenant), subject(i), "text", "x".repeat(MailTemplate.MAX_HTML));
    }
  }

  private void append(MailTemplate template) {
    database
        .transactions()
        .run(stores ->
            stores
                .audit()
                .append(
                    AuditRecord.shared(
                        tenant.accountNo(), "changed", "mail_template", null, template)));
  }

  /** That each change is there once, the last one first. */
  private static void assertAll(List<AuditEntry> entries) {
    assertEquals(CHANGES, entries.size());
    for (int i = 0; i < CHANGES; i++) {
      AuditEntry entry = entries.get(i);
      assertEquals(CHANGES - i, entry.seq());
      String start = "{\"subject\":\"" + subject(CHANGES - i) + "\"";
      assertTrue(entry.after().startsWith(start), () -> entry.after().substring(0, 40));
    }
  }

  private static String subject(int change) {
    return "change " + change;
  }

  private static long bytes(List<AuditEntry> entries) {
    return entries.stream().mapToLong(it -> bytes(it.before()) + bytes(it.after())).sum();
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
