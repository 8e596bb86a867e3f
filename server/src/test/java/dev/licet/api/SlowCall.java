package dev.licet.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose body is sent, and whose answer is read, bit by bit. */
final class SlowCall implements AutoCloseable {
  private static final int MILLIS = 20_000;

  /** Small, so that the server waits for who does not read. */
  private static final int RECEIVE_BYTES = 64 * 1024;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private int left;
  private boolean ended;

  private SlowCall(URI server, String head) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setSoTimeout(MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    write(head.replace("\n", "\r\n") + "\r\n\r\n");
  }

  /** Sends a head without a body. */
  static SlowCall get(URI server, String path, String apiKey) throws IOException {
    return new SlowCall(
        server, "GET " + path + " HTTP/1.1\nHost: licet\nAuthorization: Bearer " + apiKey);
  }

  /** Sends a head whose body follows in parts. */
  static SlowCall post(URI server, String path, String apiKey, String contentType)
      throws IOException {
    return new SlowCall(
        server,
        "POST "
            + path
            + " HTTP/1.1\nHost: licet\nTransfer-Encoding: chunked\nContent-Type: "
            + contentType
            + "\nAuthorization: Bearer "
            + apiKey);
  }

  /** Sends a part of the body, in ASCII. */
  void send(String part) throws IOException {
    write(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
  }

  /** Ends the body. */
  void finish() throws IOException {
    write("0\r\n\r\n");
  }

  /** Reads the head of the answer; its status. */
  int status() throws IOException {
    int status = Integer.parseInt(rawLine().split(" ", 3)[1]);
    while (!rawLine().isEmpty()) {
      // no header matters here
    }
    return status;
  }

  /** Reads a line of the answer's body; {@code null} after the last one. */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = octet();
    if (octet < 0) {
      return null;
    }
    for (; octet >= 0 && octet != '\n'; octet = octet()) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Reads some lines, each of which must be there. */
  List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = line();
      if (line == null) {
        throw new AssertionError("the answer has ended after " + lines);
      }
      lines.add(line);
    }
    return lines;
  }

  /** Reads to the end of the answer; whether that of the connection came before. */
  boolean breaksOff() throws IOException {
    while (octet() >= 0) {
      left -= (int) in.skip(Math.max(0, left - 1)); // all but the last octet of a chunk
    }
    return !ended;
  }

  private int octet() throws IOException {
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int octet = in.read();
    left = octet < 0 ? 0 : left - 1;
    if (left == 0 && octet >= 0) {
      rawLine();
    }
    return octet;
  }

  private boolean nextChunk() throws IOException {
    if (!ended) {
      String size = rawLine();
      if (size.isEmpty()) {
        return false;
      }
      left = Integer.parseInt(size, 16);
      ended = left == 0;
    }
    return left > 0;
  }

  /** A line of the protocol; empty at the end of the connection. */
  private String rawLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
