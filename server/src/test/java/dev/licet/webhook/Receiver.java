package dev.licet.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that listens on 127.0.0.1, counts who connects, and treats them as it is told. */
final class Receiver implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: *([0-9]+)");

  private final ServerSocket listener;
  private final Behavior behavior;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Receiver(ServerSocket listener, Behavior behavior) {
    this.listener = listener;
    this.behavior = behavior;
    Thread.ofVirtual().name("receiver").start(this::accept);
  }

  /** What is done with a connection; it is closed afterwards. */
  interface Behavior {
    void treat(Receiver receiver, Socket socket) throws Exception;
  }

  static Receiver start(Behavior behavior) throws IOException {
    return on(new ServerSocket(0, 500, InetAddress.ofLiteral("127.0.0.1")), behavior);
  }

  static Receiver on(ServerSocket listener, Behavior behavior) {
    return new Receiver(listener, behavior);
  }

  /** Reads a request, says something, and reads the next one. */
  static Behavior answering(String answer) {
    return (receiver, socket) -> {
      while (receiver.readRequest(socket)) {
        say(socket, answer);
      }
    };
  }

  static void say(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  /** Reads a request with its body; false at the end of the connection. */
  boolean readRequest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        return false;
      }
      head.write(octet);
    }
    String text = head.toString(ISO_8859_1);
    Matcher length = LENGTH.matcher(text);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    requests.add(text + new String(body, ISO_8859_1));
    return true;
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** Those that are not closed yet by either side. */
  int openConnections() {
    return open.size();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().name("receiver-connection").start(() -> treat(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void treat(Socket socket) {
    try (socket) {
      behavior.treat(this, socket);
    } catch (Exception e) {
      // the other side has gone
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
