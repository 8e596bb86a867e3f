package dev.licet.domain.mail;

import dev.licet.domain.Caller;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The template of an account, as its API keys see and change it. */
public final class MailTemplates {
  private final Transactions transactions;
  private final InstantSource clock;

  public MailTemplates(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  public MailTemplate get(Tenant tenant) {
    return transactions.read(stores -> find(stores, tenant).orElse(MailTemplate.USUAL));
  }

  /** Sets the template. */
  public MailTemplate put(Caller caller, String subject, String text, String html) {
    MailTemplate template =
        new MailTemplate(subject, text, html, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    transactions.run(stores -> {
      MailTemplate before = find(stores, caller.tenant()).orElse(null);
      stores.mails().putTemplate(caller.tenant(), template);
      record(stores, caller.tenant(), "mail_template.updated", before, template);
    });
    return template;
  }

  /** Goes back to the one that everybody has from the start. */
  public void reset(Caller caller) {
    transactions.run(stores -> {
      MailTemplate before = find(stores, caller.tenant()).orElse(null);
      stores.mails().removeTemplate(caller.tenant());
      record(stores, caller.tenant(), "mail_template.reset", before, null);
    });
  }

  private static Optional<MailTemplate> find(Stores stores, Tenant tenant) {
    return stores.mails().template(tenant);
  }

  private static void record(
      Stores stores,
      Tenant tenant,
      String action,
      @Nullable MailTemplate before,
      @Nullable MailTemplate after) {
    stores
        .audit()
        .append(
            new AuditRecord(
                tenant.accountNo(), tenant.live(), action, "mail_template", before, after, null));
  }
}
