package dev.licet.contract;

import dev.licet.domain.billing.Provider;
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
  class AtOnce extends AtOnceContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class FoldUndone extends FoldUndoneContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class UsageSums extends UsageSumsContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Anomalies extends AnomalyContract {
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
  class Tenancy extends TenancyContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Answers extends AnswersContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Purge extends PurgeContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Leases extends LeaseContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Policies extends PolicyContract {
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

  @Nested
  class Hooks extends WebhookContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Dispatch extends DispatchContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Jobs extends JobContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class AuditTrail extends AuditContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Events extends EventsContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class ManyEnds extends ManyEndsContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Announcements extends AnnouncementContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Notices extends NoticesContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class GoneNodes extends GoneNodesContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Streams extends EventStreamsContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Quotas extends QuotaContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class ServiceLevels extends SlaContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Privacy extends PrivacyContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class Shops extends CheckoutContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class ShopStories extends CheckoutStories {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }

  @Nested
  class ShopOrders extends CheckoutOrders {
    @Override
    Backend backend() {
      return Backend.postgres();
    }

    @Override
    int tried(Provider provider) {
      return 60;
    }
  }

  @Nested
  class ShopMail extends MailContract {
    @Override
    Backend backend() {
      return Backend.postgres();
    }
  }
}
