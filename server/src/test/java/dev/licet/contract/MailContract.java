package dev.licet.contract;

import static dev.licet.contract.CheckoutFixture.scene;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.billing.Provider;
import dev.licet.domain.mail.MailTransport;
import dev.licet.domain.mail.MailWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail that waits in the database: tried again, and by one node at a time. */
@Timeout(60)
abstract class MailContract extends Contract {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private final Deque<MailTransport.Outcome> outcomes = new ArrayDeque<>();
  private final List<MailTransport.Letter> sent = new ArrayList<>();
  private CheckoutFixture shop;
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void buy() {
    shop = CheckoutFixture.of(database, fixture, Provider.GENERIC, CheckoutFixture.TERMS);
    shop.happen(scene("order.paid", 0, "price_pro", null, 30));
  }

  /** What sends for one node. */
  private MailWork node() {
    MailTransport transport =
        new MailTransport() {
          @Override
          public Outcome send(Letter letter) {
            sent.add(letter);
            meanwhile.run();
            return outcomes.isEmpty() ? new Outcome.Sent() : outcomes.poll();
          }

          @Override
          public Duration timeout() {
            return ATTEMPT;
          }
        };
    return new MailWork(
        database.transactions(), transport, new Random(3), shop.clock, status -> {});
  }

  @Test
  void messageIsTriedAgainUnderTheSameIdUntilItIsSent() {
    outcomes.add(new MailTransport.Outcome.Later("busy"));
    MailWork node = node();
    assertEquals(1, node.run());
    assertEquals(0, node.run(), "not at once");
    shop.clock.advance(Duration.ofSeconds(6));
    assertEquals(1, node.run());
    shop.clock.advance(Duration.ofDays(30));
    assertEquals(0, node.run());
    assertEquals(2, sent.size());
    assertEquals(sent.getFirst().id(), sent.getLast().id());
    assertEquals("ada@example.com", sent.getFirst().toAddress());
    assertTrue(sent.getFirst().content().text().contains(shop.license().key()));
  }

  @Test
  void messageThatIsRefusedForGoodIsNotTriedAgain() {
    outcomes.add(new MailTransport.Outcome.Never("no such user"));
    assertEquals(1, node().run());
    shop.clock.advance(Duration.ofDays(30));
    assertEquals(0, node().run());
  }

  @Test
  void messageThatANodeIsSendingIsNoOtherNodes() {
    meanwhile =
        () -> {
          shop.clock.advance(ATTEMPT);
          meanwhile = () -> {};
          assertEquals(0, node().run());
        };
    assertEquals(1, node().run());
    assertEquals(1, sent.size());
  }

  @Test
  void messageOfANodeThatDiedIsAnothersAfterItsLease() {
    database
        .transactions()
        .run(s ->
            s.mails()
                .take(shop.clock.instant(), shop.clock.instant().plus(Duration.ofMinutes(3)), 1));
    assertEquals(0, node().run());
    shop.clock.advance(Duration.ofMinutes(4));
    assertEquals(1, node().run());
    assertEquals(1, sent.size());
  }
}
