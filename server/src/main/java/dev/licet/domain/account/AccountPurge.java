package dev.licet.domain.account;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.usage.UsageErasure;
import dev.licet.domain.usage.UsageErasure.Part;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The end of deleted accounts whose time of grace is over: their rows go, and what the journal of
 * validations tells of persons. In steps that hold the database briefly.
 */
final class AccountPurge {
  private static final int BATCHES_EACH = 8;

  private final Transactions transactions;
  private final InstantSource clock;

  AccountPurge(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  void run() {
    List<Account> due = transactions.read(stores -> stores.accounts().due(clock.instant()));
    due.forEach(account -> purge(account.no()));
  }

  private void purge(long accountNo) {
    Set<Long> licenses = transactions.read(stores -> stores.accounts().licenseNos(accountNo));
    erase(licenses);
    boolean done;
    do {
      done = transactions.write(stores -> removePart(stores, accountNo));
    } while (!done);
    if (transactions.read(stores -> stores.accounts().find(accountNo)).isEmpty()) {
      erase(licenses); // what was validated while the rest was erased
    }
  }

  /** Somebody may have brought the account back meanwhile. */
  private boolean isDue(Stores stores, long accountNo) {
    return stores
        .accounts()
        .lock(accountNo)
        .map(Account::purgeAt)
        .filter(at -> !at.isAfter(clock.instant()))
        .isPresent();
  }

  private boolean removePart(Stores stores, long accountNo) {
    boolean due = isDue(stores, accountNo);
    boolean done = !due || stores.accounts().purge(accountNo);
    if (due && done) {
      stores.changes().accountChanged(accountNo);
    }
    return done;
  }

  private void erase(Set<Long> licenses) {
    if (licenses.isEmpty()) {
      return;
    }
    Part part = new Part(List.of(), UsageErasure.START, false);
    while (!part.isLast()) {
      long after = part.next();
      part = transactions.read(stores -> stores.erasure().find(after, licenses));
      for (int from = 0; from < part.batches().size(); from += BATCHES_EACH) {
        int to = Math.min(from + BATCHES_EACH, part.batches().size());
        List<Long> some = part.batches().subList(from, to);
        transactions.run(stores -> stores.erasure().erase(some, licenses));
      }
    }
  }
}
