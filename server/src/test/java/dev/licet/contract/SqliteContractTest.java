package dev.licet.contract;

import org.junit.jupiter.api.Nested;

/** All contracts on SQLite. */
class SqliteContractTest {
  @Nested
  class Licenses extends LicenseStoreContract {
    @Override
    Backend backend() {
      return Backend.sqlite();
    }
  }

  @Nested
  class Usage extends UsageContract {
    @Override
    Backend backend() {
      return Backend.sqlite();
    }
  }

  @Nested
  class Seats extends SeatStoreContract {
    @Override
    Backend backend() {
      return Backend.sqlite();
    }
  }

  @Nested
  class Accounts extends AccountsContract {
    @Override
    Backend backend() {
      return Backend.sqlite();
    }
  }

  @Nested
  class Counters extends CounterStoreContract {
    @Override
    Backend backend() {
      return Backend.sqlite();
    }
  }
}
