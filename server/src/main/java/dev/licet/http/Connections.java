package dev.licet.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one event loop, and until when each may keep it waiting. What is late is
 * closed, however busily it sends.
 *
 * <p>Time is counted in the ticks of one timer for all, a second each: that costs a request less
 * than a timer, or a look at the clock, of its own.
 */
final class Connections {
  static final long TICK_MILLIS = 1_000;

  private static final int NEVER = Integer.MAX_VALUE;

  private final ClientAddress addresses;
  private final AtomicInteger open;
  private final int max;
  private final Map<HttpConnection, Client> clients = new HashMap<>();
  private int now;

  /**
   * @param open how many connections there are on all event loops
   * @param max how many there may be
   */
  Connections(ClientAddress addresses, AtomicInteger open, int max) {
    this.addresses = addresses;
    this.open = open;
    this.max = max;
  }

  /** Takes a connection, or closes it when there are too many. */
  void opened(HttpConnection connection) {
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      connection.close();
      return;
    }
    clients.put(connection, new Client(connection));
    connection.closeHandler(ignored -> {
      clients.remove(connection);
      open.decrementAndGet();
    });
  }

  /** Who is at the other end; {@code null} when the connection was not taken. */
  @Nullable Client client(HttpConnection connection) {
    return clients.get(connection);
  }

  /** To be called once a second. */
  void tick() {
    now++;
    for (Client client : List.copyOf(clients.values())) {
      if (client.closeAt < now) {
        cut(client.connection);
      }
    }
  }

  /**
   * Closes a connection now. To close it as Vert.x does, which also hears of its channel's being
   * closed, waits until the client has taken what was written, which one who reads nothing never
   * does.
   */
  static void cut(HttpConnection connection) {
    if (connection instanceof ConnectionBase known) {
      var _ = known.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  /** Closes the connections of all who are not owed an answer. */
  void closeUnowed() {
    for (Client client : List.copyOf(clients.values())) {
      if (!client.owed) {
        client.connection.close();
      }
    }
  }

  /** The other end of a connection, and how far its present request is. */
  final class Client {
    private final HttpConnection connection;
    private final String peer;
    private final boolean proxy;
    private boolean owed;
    private boolean taking;
    private boolean used;
    private int closeAt = now + HttpLimits.HEAD_SECONDS;

    private Client(HttpConnection connection) {
      this.connection = connection;
      this.peer = connection.remoteAddress().hostAddress();
      this.proxy = addresses.isTrusted(peer);
    }

    /** The address at the other end of the connection. */
    String peer() {
      return peer;
    }

    /** Whether the other end is a proxy whose word on addresses counts. */
    boolean isProxy() {
      return proxy;
    }

    /** Whether a request is the first one; to be asked once for each. */
    boolean asksFirst() {
      boolean first = !used;
      used = true;
      return first;
    }

    /** A request came whose body has not. */
    void sends() {
      taking = false;
      closeAt = now + HttpLimits.BODY_SECONDS;
    }

    /** The request is there. */
    void waits() {
      owed = true;
      closeAt = NEVER;
    }

    /** A large answer is on its way. */
    void takes() {
      owed = true;
      taking = true;
      closeAt = now + HttpLimits.ANSWER_SECONDS;
    }

    /** It has gone out, perhaps while the next request is under way already. */
    void taken() {
      if (taking) {
        taking = false;
        rests();
      }
    }

    /** The request is answered. */
    void rests() {
      owed = false;
      closeAt = now + HttpLimits.IDLE_SECONDS;
    }
  }
}
