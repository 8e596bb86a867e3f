package dev.licet.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Open-loop load: validations leave at a constant rate, whatever the server does, and each is timed
 * from the moment at which it was meant to leave. A server that stalls is charged for every request
 * that the stall held up (no coordinated omission).
 *
 * <p>One thread, plain NIO. Command line: {@code ConstantRate URL KEYS PER_SECOND SECONDS}.
 */
final class ConstantRate {
  private static final int CONNECTIONS = 64;

  /**
   * How long it looks away when there is nothing to do, which adds as much to each time at most: a
   * generator that looks more often takes the processors from the server.
   */
  private static final long NAP_NANOS = 200_000;

  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(5);

  private final InetSocketAddress server;
  private final List<byte[]> requests;
  private final SplittableRandom random = new SplittableRandom(Keys.SEED);

  ConstantRate(URI base, List<KnownKey> keys) {
    this.server = new InetSocketAddress(base.getHost(), base.getPort());
    this.requests = keys.stream().map(known -> RawConnection.validation(base, known)).toList();
  }

  /**
   * What was seen.
   *
   * @param bad answers that were not a valid license
   * @param unanswered requests without an answer five seconds after the last was meant to leave;
   *     they are in the histogram with the time waited so far
   * @param micros from the intended departure to the last byte of the answer
   */
  record Result(long planned, long bad, long unanswered, Histogram micros) {
    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  public static void main(String[] arguments) throws IOException {
    ConstantRate load =
        new ConstantRate(URI.create(arguments[0]), Keys.read(Path.of(arguments[1])));
    double perSecond = Double.parseDouble(arguments[2]);
    Result result = load.run(perSecond, Duration.ofSeconds(Long.parseLong(arguments[3])));
    System.out.printf(
        "planned=%d bad=%d unanswered=%d p50=%.3f ms p99=%.3f ms p99.9=%.3f ms max=%.3f ms%n",
        result.planned(),
        result.bad(),
        result.unanswered(),
        result.millis(50),
        result.millis(99),
        result.millis(99.9),
        result.millis(100));
  }

  Result run(double perSecond, Duration duration) throws IOException {
    long planned = Math.max(1, Math.round(perSecond * duration.toMillis() / 1000.0));
    try (Selector selector = Selector.open()) {
      Flight flight = new Flight(selector, planned, 1e9 / perSecond);
      try {
        return flight.fly();
      } finally {
        flight.close();
      }
    }
  }

  /** One run: which requests have left, which connections are free. */
  private final class Flight {
    private final Selector selector;
    private final long planned;
    private final double nanosBetween;
    private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);
    private final List<RawConnection> connections = new ArrayList<>();
    private final ArrayDeque<RawConnection> free = new ArrayDeque<>();
    private final long start;
    private long sent;
    private long answered;
    private long bad;

    Flight(Selector selector, long planned, double nanosBetween) throws IOException {
      this.selector = selector;
      this.planned = planned;
      this.nanosBetween = nanosBetween;
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(RawConnection.open(server, selector));
      }
      free.addAll(connections);
      this.start = System.nanoTime();
    }

    Result fly() throws IOException {
      long end = departure(planned) + GRACE_NANOS;
      while (answered < planned && System.nanoTime() < end) {
        sendWhatIsDue();
        if (selector.selectNow() == 0) {
          LockSupport.parkNanos(NAP_NANOS);
        } else {
          readAnswers();
        }
      }
      return new Result(planned, bad, planned - answered, chargeUnanswered());
    }

    private long departure(long number) {
      return start + (long) (number * nanosBetween);
    }

    private void sendWhatIsDue() throws IOException {
      long now = System.nanoTime();
      while (sent < planned && !free.isEmpty() && departure(sent) <= now) {
        byte[] request = requests.get(random.nextInt(requests.size()));
        free.remove().send(request, departure(sent));
        sent++;
      }
    }

    private void readAnswers() throws IOException {
      for (SelectionKey key : selector.selectedKeys()) {
        RawConnection connection = (RawConnection) key.attachment();
        if (connection.read()) {
          record(System.nanoTime() - connection.departure());
          answered++;
          if (!connection.saidValid()) {
            bad++;
          }
          free.add(connection);
        }
      }
      selector.selectedKeys().clear();
    }

    private Histogram chargeUnanswered() {
      long now = System.nanoTime();
      connections.stream()
          .filter(connection -> !free.contains(connection))
          .forEach(connection -> record(now - connection.departure()));
      for (long number = sent; number < planned; number++) {
        record(now - departure(number));
      }
      return micros;
    }

    private void record(long nanos) {
      micros.recordValue(Math.min(nanos / 1000, HIGHEST_MICROS));
    }

    void close() throws IOException {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }
}
