package dev.licet.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A kept-alive HTTP/1.1 connection with one request in flight: just enough for load on a known
 * server (answers carry {@code Content-Length}). Answers are read as bytes: a generator that makes
 * garbage would measure its own collections.
 */
final class RawConnection {
  private static final byte[] OK = pattern("HTTP/1.1 200 ");
  private static final byte[] LENGTH_HEADER = pattern("\r\ncontent-length:");
  private static final byte[] HEAD_END = pattern("\r\n\r\n");
  private static final byte[] VALID = pattern("\"valid\":true");

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
  private long departure;
  private boolean saidValid;

  private RawConnection(SocketChannel channel) {
    this.channel = channel;
  }

  static RawConnection open(InetSocketAddress server, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    RawConnection connection = new RawConnection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** The bytes of a validation request. */
  static byte[] validation(URI base, KnownKey known) {
    String body = "{\"key\":\"%s\",\"domain\":\"%s\"}".formatted(known.key(), known.domain());
    String head =
        "POST /api/v1/validate HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(base.getAuthority(), body.length());
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request that was meant to leave at {@code departure}, a {@link System#nanoTime()}. */
  void send(byte[] request, long departure) throws IOException {
    this.departure = departure;
    answer.clear();
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads what has come; true when the answer is whole. */
  boolean read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new IOException("The server closed a connection in the middle of the load");
    }
    byte[] text = answer.array();
    int end = answer.position();
    int headEnd = indexOf(HEAD_END, text, 0, end, false);
    if (headEnd < 0 || end < headEnd + HEAD_END.length + contentLength(text, headEnd)) {
      return false;
    }
    saidValid =
        indexOf(OK, text, 0, OK.length, false) == 0
            && indexOf(VALID, text, headEnd, end, false) > 0;
    return true;
  }

  private static int contentLength(byte[] text, int headEnd) throws IOException {
    int header = indexOf(LENGTH_HEADER, text, 0, headEnd, true);
    int at = header + LENGTH_HEADER.length;
    while (text[at] == ' ') {
      at++;
    }
    int first = at;
    int length = 0;
    for (; text[at] >= '0' && text[at] <= '9'; at++) {
      length = Math.addExact(Math.multiplyExact(length, 10), text[at] - '0');
    }
    if (header < 0 || at == first || text[at] != '\r') {
      throw new IOException(
          "An answer without a sound Content-Length: "
              + new String(text, 0, headEnd, StandardCharsets.ISO_8859_1));
    }
    return length;
  }

  /**
   * Where a pattern begins in a part of a text; -1 if nowhere.
   *
   * @param anyCase whether the text's letters may be of any case; the pattern's are small then
   */
  private static int indexOf(byte[] pattern, byte[] text, int from, int end, boolean anyCase) {
    for (int at = from; at <= end - pattern.length; at++) {
      int same = 0;
      while (same < pattern.length
          && (anyCase ? lower(text[at + same]) : text[at + same]) == pattern[same]) {
        same++;
      }
      if (same == pattern.length) {
        return at;
      }
    }
    return -1;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private static byte[] pattern(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  long departure() {
    return departure;
  }

  boolean saidValid() {
    return saidValid;
  }

  void close() throws IOException {
    channel.close();
  }
}
