package dev.licet.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Validations over some connections that stay open, one after the other on each. It writes and
 * reads sockets itself: a client with event loops would run the code of the server, and be noted
 * with it.
 */
final class TrainingLoad {
  private static final int CONNECTIONS = 32;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_LINE = 1_024;
  private static final String LENGTH = "content-length:";

  /** A known key, and one that is wrong. */
  private static final Set<String> ANSWERS = Set.of("HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found");

  private final URI server;
  private final List<byte[]> requests;

  /**
   * @param bodies of the requests, which are sent in turn
   */
  TrainingLoad(URI server, List<String> bodies) {
    this.server = server;
    this.requests = bodies.stream().map(this::request).toList();
  }

  private byte[] request(String body) {
    return """
    POST /api/v1/validate HTTP/1.1\r
    Host: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(server.getAuthority(), body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends so many requests, unless the time is over before.
   *
   * @return how many
   * @throws IOException when one is not answered
   */
  int run(int validations, Duration atMost) throws IOException {
    AtomicInteger begun = new AtomicInteger();
    long end = System.nanoTime() + atMost.toNanos();
    List<FutureTask<Integer>> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new FutureTask<>(() -> send(begun, validations, end)));
    }
    connections.forEach(each -> Thread.ofPlatform().daemon().name("training").start(each));
    try {
      int sent = 0;
      for (FutureTask<Integer> each : connections) {
        sent += each.get();
      }
      return sent;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private int send(AtomicInteger begun, int validations, long end) throws IOException {
    int sent = 0;
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = begun.getAndIncrement();
          i < validations && System.nanoTime() < end;
          i = begun.getAndIncrement()) {
        out.write(requests.get(i % requests.size()));
        readAnswer(in);
        sent++;
      }
    }
    return sent;
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = readLine(in);
    if (!ANSWERS.contains(status)) {
      throw new IOException("a validation was answered: " + status);
    }
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == MAX_LINE) {
        throw new EOFException("the server did not answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
