package dev.licet.domain.mail;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.mail.MailTransport.Letter;
import dev.licet.domain.mail.MailTransport.Outcome;
import dev.licet.domain.webhook.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits. A message is taken under a lease that is longer than an attempt, so that no two
 * nodes send it; it is tried as often as a webhook is.
 */
public final class MailWork {
  private static final Duration MARGIN = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int SLICE = 500;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Transactions transactions;
  private final MailTransport transport;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Consumer<Mail.Status> counted;

  /**
   * @param counted told where a message stands after each attempt
   */
  public MailWork(
      Transactions transactions,
      MailTransport transport,
      RandomGenerator random,
      InstantSource clock,
      Consumer<Mail.Status> counted) {
    this.transactions = transactions;
    this.transport = transport;
    this.random = random;
    this.clock = clock;
    this.counted = counted;
  }

  /**
   * The job that removes what is done.
   *
   * @param kept how long it stays
   */
  public static Job retention(Duration kept) {
    return Job.every(
        "mail",
        EVERY,
        SLICE,
        (stores, now, limit) -> stores.mails().forget(now.minus(kept), limit));
  }

  /**
   * Sends one that is due. Only one: those that wait for it can be sent by others.
   *
   * @return how many were tried: one, or none
   */
  public int run() {
    Instant now = now();
    Instant lease = now.plus(transport.timeout()).plus(MARGIN);
    List<Mail> taken = transactions.write(stores -> stores.mails().take(now, lease, 1));
    for (Mail mail : taken) {
      Mail after = after(mail, attempt(mail));
      if (transactions.write(stores -> stores.mails().finish(after, lease, now()))) {
        counted.accept(after.status());
      }
    }
    return taken.size();
  }

  private Outcome attempt(Mail mail) {
    Optional<Letter> letter = transactions.read(stores -> letter(stores, mail));
    return letter
        .map(transport::send)
        .orElseGet(() -> new Outcome.Never("The licenses are not active any more."));
  }

  private Mail after(Mail mail, Outcome outcome) {
    int attempts = mail.attempts() + 1;
    return switch (outcome) {
      case Outcome.Sent() -> done(mail, Mail.Status.SENT, null);
      case Outcome.Never(String error) -> done(mail, Mail.Status.FAILED, error);
      case Outcome.Later(String error) ->
          RetrySchedule.delayAfter(attempts, null, random)
              .map(delay ->
                  new Mail(
                      mail.no(),
                      mail.id(),
                      mail.tenant(),
                      mail.licenses(),
                      Mail.Status.PENDING,
                      attempts,
                      error,
                      now().plus(delay),
                      mail.createdAt()))
              .orElseGet(() -> done(mail, Mail.Status.FAILED, error));
    };
  }

  private static Mail done(Mail mail, Mail.Status status, @Nullable String error) {
    return new Mail(
        mail.no(),
        mail.id(),
        mail.tenant(),
        mail.licenses(),
        status,
        mail.attempts() + 1,
        error,
        null,
        mail.createdAt());
  }

  /** What a message says of the licences that may be used; empty when none may. */
  private Optional<Letter> letter(Stores stores, Mail mail) {
    List<License> licenses = new ArrayList<>();
    for (String id : mail.licenses()) {
      stores
          .licenses()
          .find(mail.tenant(), id)
          .filter(license -> license.givenStatus() == LicenseStatus.ACTIVE)
          .ifPresent(licenses::add);
    }
    if (licenses.isEmpty()) {
      return Optional.empty();
    }
    License first = licenses.getFirst();
    Customer customer = first.customer();
    Instant end = first.term().expiresAt();
    Map<String, String> values =
        Map.of(
            "customer_name", customer.name() == null ? customer.email() : customer.name(),
            "customer_email", customer.email(),
            "keys", licenses.stream().map(License::key).collect(Collectors.joining("\n")),
            "product", first.product().name(),
            "plan", first.plan().name(),
            "expires_at", end == null ? "for ever" : DAY.format(end));
    MailTemplate template = stores.mails().template(mail.tenant()).orElse(MailTemplate.USUAL);
    return Optional.of(
        new Letter(mail.id(), customer.email(), customer.name(), template.render(values)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
