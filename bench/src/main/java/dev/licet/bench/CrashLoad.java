package dev.licet.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clients that validate until the server is gone and enter what they were told into ledgers. Most
 * ask for a domain that has its seat, some for a new one.
 */
final class CrashLoad implements AutoCloseable {
  private static final int CLIENTS = 32;
  private static final int ONE_IN_NEW_DOMAIN = 25;
  private static final int GONE_SECONDS = 40;

  private final Api api;
  private final List<Ledger> ledgers;
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  CrashLoad(Api api, List<Ledger> ledgers, SplittableRandom random) {
    this.api = api;
    this.ledgers = ledgers;
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom own = random.split();
      clients.execute(() -> validateUntilGone(own));
    }
    clients.shutdown();
  }

  private void validateUntilGone(SplittableRandom random) {
    boolean there = true;
    while (there) {
      Ledger ledger = ledgers.get(random.nextInt(ledgers.size()));
      boolean fresh = random.nextInt(ONE_IN_NEW_DOMAIN) == 0;
      String name = fresh ? Integer.toUnsignedString(random.nextInt(), 36) : "home";
      there = validate(ledger, name + ".example.com");
    }
  }

  /** False when the server is gone. */
  private boolean validate(Ledger ledger, String domain) {
    try {
      Api.Answer answer = api.validate(ledger.key(), domain, null);
      if (answer.isValid()) {
        ledger.acknowledge(domain);
      } else {
        surprises.add(ledger.id() + " answered " + answer.status() + " " + answer.error());
      }
      return true;
    } catch (ConnectException neverSent) {
      return false;
    } catch (IOException noAnswer) {
      ledger.doubt(domain);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Waits until every client has seen the end of the server; the answers that should not have been.
   */
  List<String> awaitEnd() throws InterruptedException {
    if (!clients.awaitTermination(GONE_SECONDS, TimeUnit.SECONDS)) {
      surprises.add("clients still wait for a server that is gone");
      clients.shutdownNow();
    }
    return List.copyOf(surprises);
  }

  @Override
  public void close() {
    clients.shutdownNow();
  }
}
