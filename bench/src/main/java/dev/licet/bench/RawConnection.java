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
import java.util.Locale;

/**
 * A kept-alive HTTP/1.1 connection with one request in flight: just enough for load on a known
 * server (answers carry {@code Content-Length}).
 */
final class RawConnection {
  private static final String LENGTH_HEADER = "\r\ncontent-length:";

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
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || text.length() < headEnd + 4 + contentLength(text.substring(0, headEnd))) {
      return false;
    }
    saidValid = text.startsWith("HTTP/1.1 200 ") && text.indexOf("\"valid\":true", headEnd) > 0;
    return true;
  }

  private static int contentLength(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH_HEADER);
    if (at < 0) {
      throw new IOException("An answer without Content-Length: " + head);
    }
    int end = lower.indexOf("\r\n", at + LENGTH_HEADER.length());
    return Integer.parseInt(
        lower.substring(at + LENGTH_HEADER.length(), end < 0 ? lower.length() : end).trim());
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
