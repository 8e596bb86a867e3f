package dev.licet.contract;

import org.junit.jupiter.api.Nested;

/** All contracts on PostgreSQL. */
class PostgresContractTest {
  @Nested
  class Licenses extends LicenseStoreContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Usage extends UsageContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Seats extends SeatStoreContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Accounts extends AccountsContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Counters extends CounterStoreContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }
}
