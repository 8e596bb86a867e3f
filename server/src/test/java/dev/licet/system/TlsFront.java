package dev.licet.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.licet.webhook.Keystore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * TLS before an SMTP server that has none: from the start, or by STARTTLS, RFC 3207. Nothing but
 * the beginning of a session goes through in clear.
 */
final class TlsFront implements AutoCloseable {
  private final SSLContext context;
  private final int behind;
  private final boolean startTls;
  private final ServerSocket listener;

  /**
   * @param behind the port of the SMTP server on this machine
   * @param startTls whether TLS comes by STARTTLS
   */
  TlsFront(Keystore key, int behind, boolean startTls)
      throws IOException, GeneralSecurityException {
    this.context = key.context();
    this.behind = behind;
    this.startTls = startTls;
    this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (startTls && !isAskedForTls(client)) {
        return;
      }
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(client, "client", 0, true);
      tls.setUseClientMode(false);
      tls.startHandshake();
      try (Socket server = new Socket("127.0.0.1", behind)) {
        if (startTls) {
          line(server.getInputStream()); // the client was greeted before
        }
        Thread answers = Thread.ofVirtual().start(() -> copy(server, tls));
        copy(tls, server);
        server.shutdownOutput();
        answers.join();
      }
    } catch (IOException e) {
      // the client does not trust us, or is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isAskedForTls(Socket client) throws IOException {
    say(client, "220 front");
    for (String said = line(client.getInputStream());
        !said.isEmpty();
        said = line(client.getInputStream())) {
      switch (said.split(" ")[0].toUpperCase(Locale.ROOT)) {
        case "EHLO" -> say(client, "250-front\r\n250 STARTTLS");
        case "STARTTLS" -> {
          say(client, "220 go ahead");
          return true;
        }
        default -> say(client, "530 Must issue a STARTTLS command first");
      }
    }
    return false;
  }

  private static void say(Socket to, String text) throws IOException {
    to.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
  }

  /** The next line; empty at the end. Reads nothing of what follows. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of the two is gone
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
