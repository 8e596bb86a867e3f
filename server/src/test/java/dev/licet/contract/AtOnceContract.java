package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.account.ApiKeys;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.OperatorKeys;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
import dev.licet.domain.plan.RuleChanges;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.product.Product;
import dev.licet.domain.product.Products;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of the same plan, product or key at the same time. */
@Timeout(120)
abstract class AtOnceContract extends RulesContract {
  private static final int ROUNDS = 20;

  @Test
  void changesOfAPlanAtOnceAllSurvive() throws Exception {
    plan("shared", 0, Rules.NONE);
    Plans plans = new Plans(database.transactions(), clock);
    for (int i = 1; i <= ROUNDS; i++) {
      int number = i;
      List<Plans.Fields> changes =
          List.of(
              fields(Given.of(List.of("f" + i)), Given.absent(), Given.absent()),
              fields(Given.absent(), Given.of(i), Given.absent()),
              fields(Given.absent(), Given.absent(), Given.of(i)));
      allAtOnce(3, client -> plans.update(tenant.accountNo(), "shared", changes.get(client)));
      Plan plan = plans.get(tenant.accountNo(), "shared");
      assertEquals(
          List.of(List.of("f" + number), number, number),
          List.of(plan.features(), plan.maxDomains(), plan.maxDevices()));
    }
  }

  private static Plans.Fields fields(
      Given<List<String>> features, Given<Integer> maxDomains, Given<Integer> maxDevices) {
    return new Plans.Fields(
        features,
        maxDomains,
        maxDevices,
        Given.absent(),
        Given.absent(),
        Given.absent(),
        RuleChanges.NONE);
  }

  @Test
  void changesOfAProductAtOnceAllSurvive() throws Exception {
    Products products = new Products(database.transactions(), clock);
    for (int i = 1; i <= ROUNDS; i++) {
      boolean required = i % 2 == 0;
      List<Products.Fields> changes =
          List.of(
              new Products.Fields(Given.of("P" + i), Given.absent(), Given.absent()),
              new Products.Fields(Given.absent(), Given.of(i), Given.absent()),
              new Products.Fields(Given.absent(), Given.absent(), Given.of(required)));
      allAtOnce(
          3,
          client -> products.update(tenant.accountNo(), Product.DEFAULT_NAME, changes.get(client)));
      Product product = products.get(tenant.accountNo(), Product.DEFAULT_NAME);
      assertEquals(
          List.of("P" + i, i, required),
          List.of(product.keyPrefix(), product.keyGroups(), product.requireProduct()));
    }
  }

  @Test
  void ofManyRotationsOfAKeyOneSucceeds() throws Exception {
    String id = apiKeys().create(caller(), "one", true, Grant.ALL).key().id();
    assertEquals(1, successes(client -> apiKeys().rotate(caller(), id, null)));
    assertEquals(1, apiKeys().list(caller().tenant(), 100, null).data().size());
  }

  @Test
  void aKeyThatIsBeingRevokedHasNoSuccessor() {
    var key = apiKeys().create(caller(), "one", true, Grant.ALL).key();
    CompletableFuture<Void> rotation =
        database
            .transactions()
            .write(stores -> {
              stores.apiKeys().revoke(key.no(), clock.instant());
              var started =
                  CompletableFuture.runAsync(
                      () -> apiKeys().rotate(caller(), key.id(), null),
                      task -> Thread.ofVirtual().start(task));
              sleep(300); // so that it comes before this commit
              return started;
            });
    CompletionException refused = assertThrows(CompletionException.class, rotation::join);
    assertEquals(FailureException.class, refused.getCause().getClass());
    assertEquals(0, apiKeys().list(caller().tenant(), 100, null).data().size());
  }

  @Test
  void ofManyRotationsOfAnOperatorKeyOneSucceeds() throws Exception {
    String id = operatorKeys().create().key().id();
    assertEquals(1, successes(client -> operatorKeys().rotate(id)));
    assertEquals(1, operatorKeys().list().size());
  }

  private Caller caller() {
    return new Caller(tenant, "key_1", Grant.ALL);
  }

  private ApiKeys apiKeys() {
    return new ApiKeys(database.transactions(), fixture.ids, new SecureRandom(), clock);
  }

  private OperatorKeys operatorKeys() {
    return new OperatorKeys(database.transactions(), fixture.ids, new SecureRandom(), clock);
  }

  /** How many of several clients are not refused. */
  private static long successes(IntConsumer call) throws Exception {
    return atOnce(8, client -> succeeds(call, client)).stream().filter(done -> done).count();
  }

  private static boolean succeeds(IntConsumer call, int client) {
    try {
      call.accept(client);
      return true;
    } catch (FailureException e) {
      return false;
    }
  }

  private static void allAtOnce(int clients, IntConsumer call) throws Exception {
    atOnce(
        clients,
        client -> {
          call.accept(client);
          return client;
        });
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
