package dev.licet;

import dev.licet.config.Secret;
import dev.licet.config.SmtpUrl;
import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import dev.licet.domain.mail.MailWork;
import dev.licet.mail.SmtpTransport;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Mail of one process, where an SMTP server is set. */
final class MailService implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final MailWork work;
  private final Recurring sending;
  private volatile boolean closing;

  /** Begins to send what waits. */
  MailService(
      SmtpUrl url,
      Transactions transactions,
      SecureRandom random,
      InstantSource clock,
      MeterRegistry registry) {
    SmtpTransport.Place place =
        new SmtpTransport.Place(
            url.tls(),
            url.host(),
            url.port(),
            url.user().orElse(null),
            url.password().map(Secret::reveal).orElse(null),
            url.from());
    work =
        new MailWork(
            transactions,
            new SmtpTransport(place, clock),
            random,
            clock,
            status ->
                registry
                    .counter("licet.mail", "outcome", status.name().toLowerCase(Locale.ROOT))
                    .increment());
    sending = Recurring.start("mail", LOOK, this::sendAll);
  }

  private void sendAll() {
    while (!closing && work.run() > 0) {
      // There may be more.
    }
  }

  @Override
  public void close() {
    closing = true;
    sending.close();
  }
}
