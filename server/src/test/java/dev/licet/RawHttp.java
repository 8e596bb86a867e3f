package dev.licet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends bytes that no polite client would, on a connection of its own. */
public final class RawHttp {
  private static final int MILLIS = 20_000;

  private RawHttp() {}

  /**
   * Sends a request and reads one answer, which is held to the API's description.
   *
   * @param head the request line and the headers, lines ending with {@code \n}, without the empty
   *     line
   */
  public static Reply send(URI base, String head, byte[] body) {
    return exchange(base, head.strip() + "\nHost: licet", body, false);
  }

  /** What comes back for bytes, in Latin-1, until the server ends the connection. */
  public static String conversation(URI base, String said) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * As {@link #send}, for a head to which no Host is added, and whose connection must end after it.
   */
  public static Reply sendLast(URI base, String head, byte[] body) {
    return exchange(base, head.strip(), body, true);
  }

  private static Reply exchange(URI base, String head, byte[] body, boolean last) {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(MILLIS);
      OutputStream out = socket.getOutputStream();
      String lines = head.replace("\n", "\r\n") + "\r\n\r\n";
      out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
      writeUnlessRefused(out, body);
      Reply reply = read(socket.getInputStream());
      if (last) {
        assertEquals(-1, socket.getInputStream().read());
      }
      String[] request = head.split(" ", 3);
      assertEquals(
          List.of(),
          TestClient.SCHEMAS.violations(
              request[0],
              request[1],
              reply.status(),
              reply.headers().firstValue("content-type").orElse(""),
              reply.body()));
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body in the chunked coding, in one chunk for each of the parts. */
  public static byte[] chunked(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(part);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** A server that refuses a body may close the connection before it has all of it. */
  private static void writeUnlessRefused(OutputStream out, byte[] body) {
    try {
      out.write(body);
      out.flush();
    } catch (IOException e) {
      // the answer, if there is one, is there to be read
    }
  }

  private static Reply read(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    HttpHeaders parsed = HttpHeaders.of(headers, (name, value) -> true);
    int length = (int) parsed.firstValueAsLong("content-length").orElse(0);
    return new Reply(Integer.parseInt(status[1]), parsed, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the connection ended in: " + line);
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
