package dev.licet.mail;

import dev.licet.domain.mail.MailTransport;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one SMTP server, on a connection for each. A password goes over TLS only,
 * unless the server is on this machine.
 */
public final class SmtpTransport implements MailTransport {
  private static final Duration STEP = Duration.ofSeconds(10);

  /** Greeting, TLS, password, sender, receiver, content and the end of it. */
  private static final int STEPS = 8;

  private static final int MAX_ERROR = 300;
  private static final String CHARSET = StandardCharsets.UTF_8.name();

  private final InternetAddress from;
  private final Session session;
  private final InstantSource clock;

  /**
   * Where messages go.
   *
   * @param tls whether TLS comes before everything else
   * @param user {@code null} for no password
   * @param from the sender, such as {@code Shop <keys@shop.example.com>}
   */
  public record Place(
      boolean tls,
      String host,
      int port,
      @Nullable String user,
      @Nullable String password,
      String from) {
    /** Shows no password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }

    private boolean isHere() {
      return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
  }

  /**
   * @throws IllegalArgumentException when the sender is no address
   */
  public SmtpTransport(Place place, InstantSource clock) {
    this.clock = clock;
    try {
      this.from = new InternetAddress(place.from(), true);
    } catch (AddressException e) {
      throw new IllegalArgumentException("no address: " + place.from(), e);
    }
    this.session = Session.getInstance(properties(place), authenticator(place));
  }

  private static Properties properties(Place place) {
    String protocol = "mail." + protocol(place) + ".";
    String step = Long.toString(STEP.toMillis());
    Properties properties = new Properties();
    properties.put("mail.transport.protocol.rfc822", protocol(place));
    properties.put(protocol + "host", place.host());
    properties.put(protocol + "port", Integer.toString(place.port()));
    properties.put(protocol + "connectiontimeout", step);
    properties.put(protocol + "timeout", step);
    properties.put(protocol + "writetimeout", step);
    properties.put(protocol + "auth", Boolean.toString(place.user() != null));
    properties.put(protocol + "starttls.enable", "true");
    properties.put(
        protocol + "starttls.required",
        Boolean.toString(!place.tls() && place.user() != null && !place.isHere()));
    properties.put(protocol + "ssl.checkserveridentity", "true");
    properties.put("mail.mime.allowutf8", "false");
    return properties;
  }

  private static String protocol(Place place) {
    return place.tls() ? "smtps" : "smtp";
  }

  private static @Nullable Authenticator authenticator(Place place) {
    if (place.user() == null) {
      return null;
    }
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(
            place.user(), place.password() == null ? "" : place.password());
      }
    };
  }

  @Override
  public Duration timeout() {
    return STEP.multipliedBy(STEPS);
  }

  @Override
  public Outcome send(Letter letter) {
    try {
      Message message = message(letter);
      Transport.send(message);
      return new Outcome.Sent();
    } catch (AddressException | UnsupportedEncodingException e) {
      return new Outcome.Never("The address is none.");
    } catch (SendFailedException e) {
      return refusal(e);
    } catch (MessagingException e) {
      return new Outcome.Later(error(e));
    }
  }

  /** A refusal with a code from 500 on is final, RFC 5321, section 4.2.1. */
  private static Outcome refusal(SendFailedException refused) {
    for (Throwable cause = refused; cause != null; cause = next(cause)) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
          };
      if (code >= 500) {
        return new Outcome.Never(error(cause));
      }
    }
    return new Outcome.Later(error(refused));
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause instanceof MessagingException messaging
        ? messaging.getNextException()
        : cause.getCause();
  }

  private Message message(Letter letter) throws MessagingException, UnsupportedEncodingException {
    MimeMessage message = new OwnId(session, letter.id() + "@" + domain());
    message.setFrom(from);
    InternetAddress to = new InternetAddress(letter.toAddress(), true);
    if (letter.toName() != null) {
      to.setPersonal(letter.toName(), CHARSET);
    }
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(letter.content().subject(), CHARSET);
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.content().text(), CHARSET, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.content().html(), CHARSET, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    return message;
  }

  private String domain() {
    String address = from.getAddress();
    return address.substring(address.indexOf('@') + 1);
  }

  /** What went wrong and why, in one line, as far as it is needed. */
  private static String error(Throwable fault) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = fault; cause != null && all.length() < MAX_ERROR; cause = next(cause)) {
      String text = String.valueOf(cause.getMessage()).replaceAll("[\\p{Cc}\\s]+", " ").strip();
      all.append(all.isEmpty() ? "" : "; ");
      all.append(cause.getClass().getSimpleName()).append(": ").append(text);
    }
    return all.substring(0, Math.min(all.length(), MAX_ERROR));
  }

  /** A message whose id is not made up anew when it is sent. */
  private static final class OwnId extends MimeMessage {
    private final String id;

    OwnId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
