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
}
