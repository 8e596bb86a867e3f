package dev.licet.system;

import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.domain.billing.Scene;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buyers at a shop of Stripe's, and Stripe, which tells a server of them: in any order, and of an
 * event again and again until that is acknowledged.
 */
final class Shoppers implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final int LATER_MILLIS = 30;
  private static final StripeSimulation STRIPE = new StripeSimulation();

  private final String shop;
  private final Map<String, Integer> orders = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeated = new AtomicInteger();
  private final List<Future<?>> running = new ArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private volatile TestClient server;
  private volatile boolean stopped;

  /** An event as Stripe sends it. */
  record Message(String id, String body) {}

  /** Begins to buy. */
  Shoppers(TestClient server, String shop) {
    this.server = server;
    this.shop = shop;
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      running.add(clients.submit(() -> run(client)));
    }
  }

  /** Where the server is from now on. */
  void moveTo(TestClient now) {
    server = now;
  }

  /** How many licences there should be, by the buyers' addresses. */
  Map<String, Integer> orders() {
    return Map.copyOf(orders);
  }

  /** The ids of events that the server said it had taken. */
  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** How often an event was sent again, since nobody had acknowledged it. */
  int repeated() {
    return repeated.get();
  }

  /** Lets every event that was sent be acknowledged, and buys nothing more. */
  void finish() throws Exception {
    stopped = true;
    for (Future<?> one : running) {
      one.get();
    }
  }

  private void run(int client) {
    Random random = new Random(client);
    for (int i = 0; !stopped; i++) {
      String order = "Client%dOrder%08d".formatted(client, i);
      List<Message> messages =
          new ArrayList<>(i % 2 == 0 ? List.of(purchase(order, 1 + i % 3)) : subscription(order));
      Collections.shuffle(messages, random);
      for (Message message : messages) {
        deliver(message);
        rest(random.nextInt(60));
      }
    }
  }

  /** Sends an event until it is acknowledged. */
  void deliver(Message message) {
    while (!isTaken(message)) {
      repeated.incrementAndGet();
      rest(LATER_MILLIS);
    }
    acknowledged.add(message.id());
  }

  private boolean isTaken(Message message) {
    try {
      Reply answer = Checkout.post(server, shop, message.body());
      return answer.status() == 200; // one that found no room in time is like one unanswered
    } catch (UncheckedIOException e) {
      return false; // the server is gone, and nobody knows what it did
    }
  }

  /** One order, which one event tells of. */
  Message purchase(String order, int quantity) {
    orders.put(email(order), quantity);
    return message(order, "checkout.session.completed", "paid", quantity, false);
  }

  /** One order, which three events tell of. */
  private List<Message> subscription(String order) {
    orders.put(email(order), 1);
    return List.of(
        message(order, "customer.subscription.created", "active", 1, true),
        message(order, "checkout.session.completed", "paid", 1, true),
        message(order, "invoice.paid", "subscription_create", 1, true));
  }

  static String email(String order) {
    return order.toLowerCase(Locale.ROOT) + "@example.com";
  }

  private static Message message(
      String order, String type, String status, int quantity, boolean subscription) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String id = order + "_" + type.replace('.', '_');
    Scene scene =
        new Scene(
            type,
            id,
            order,
            "price_pro",
            quantity,
            email(order),
            null,
            subscription,
            status,
            now,
            now.plus(30, ChronoUnit.DAYS));
    return new Message("evt_" + id, STRIPE.body(scene));
  }

  private static void rest(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    clients.shutdownNow();
    clients.close();
  }
}
