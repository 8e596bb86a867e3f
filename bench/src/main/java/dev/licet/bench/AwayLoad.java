package dev.licet.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that validate some times a second each, whatever comes back. Most ask for the domain that
 * has its seat, some for a new one, which needs the database. One more creates licenses.
 */
final class AwayLoad implements AutoCloseable {
  private static final int CLIENTS = 32;
  private static final int PAUSE_MILLIS = 10;
  private static final int ONE_IN_NEW_DOMAIN = 100;

  private final Api api;
  private final List<Ledger> ledgers;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unclear = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private volatile boolean stopped;
  private volatile long seatAt;
  private volatile String unclearAnswer = "";

  AwayLoad(URI base, List<Ledger> ledgers, SplittableRandom random) {
    this.api = new Api(base, LicetServer.API_KEY);
    this.ledgers = ledgers;
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom own = random.split();
      clients.execute(() -> run(own));
    }
    clients.execute(this::manage);
    clients.shutdown();
  }

  /** Creates licenses, which needs the database. */
  private void manage() {
    var license = Api.object().put("plan", "starter").put("customer_email", "faults@example.com");
    try {
      while (!stopped) {
        long start = System.nanoTime();
        try {
          Api.Answer answer = api.post("licenses", license);
          if (answer.status() != 201) {
            judge(answer);
          }
        } catch (IOException noAnswer) {
          unclear(noAnswer.toString());
        }
        slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
        Thread.sleep(5 * PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(SplittableRandom random) {
    try {
      while (!stopped) {
        boolean fresh = random.nextInt(ONE_IN_NEW_DOMAIN) == 0;
        String name = fresh ? Integer.toUnsignedString(random.nextInt(), 36) : "home";
        validate(ledgers.get(random.nextInt(ledgers.size())), name + ".example.com", fresh);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void validate(Ledger ledger, String domain, boolean fresh) throws InterruptedException {
    long start = System.nanoTime();
    try {
      Api.Answer answer = api.validate(ledger.key(), domain, null);
      if (answer.isValid()) {
        ledger.acknowledge(domain);
        seatAt = fresh ? System.nanoTime() : seatAt;
      } else {
        fail(ledger, domain, fresh);
        judge(answer);
      }
    } catch (IOException noAnswer) {
      unclear(noAnswer.toString());
      fail(ledger, domain, fresh);
    }
    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
  }

  private void judge(Api.Answer refusal) {
    if (!refusal.isTemporary()) {
      unclear(refusal.toString());
    }
  }

  private void unclear(String answer) {
    unclear.incrementAndGet();
    unclearAnswer = answer;
  }

  private void fail(Ledger ledger, String domain, boolean fresh) {
    ledger.doubt(domain);
    if (!fresh) {
      refused.incrementAndGet();
    }
  }

  /** Validations of known licenses and domains that were not answered with "valid". */
  long refused() {
    return refused.get();
  }

  /** Refusals that do not say when to ask again, and requests without an answer. */
  long unclear() {
    return unclear.get();
  }

  /**
   * Adds what should not have been.
   *
   * @param mayRefuse whether known licenses may be refused, as where there is no room for records
   */
  void judge(String name, boolean mayRefuse, List<String> violations) {
    if (refused() > 0 && !mayRefuse) {
      violations.add(name + ": " + refused() + " validations of known licenses failed");
    }
    if (unclear() > 0) {
      violations.add(name + ": " + unclear() + " unclear, as " + unclearAnswer);
    }
  }

  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowest.get());
  }

  /** When a seat was granted for the last time. */
  long seatAt() {
    return seatAt;
  }

  void stop() throws InterruptedException {
    stopped = true;
    if (!clients.awaitTermination(40, TimeUnit.SECONDS)) {
      clients.shutdownNow();
    }
  }

  @Override
  public void close() {
    stopped = true;
    clients.shutdownNow();
  }
}
