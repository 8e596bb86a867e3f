package dev.licet;

import dev.licet.cache.LicenseCache;
import dev.licet.domain.DatabaseState;
import dev.licet.domain.usage.Spill;
import dev.licet.domain.usage.UsageFold;
import dev.licet.domain.usage.UsageJournal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;

/** What {@code /metrics} reads off the parts of the server each time it is asked. */
final class Gauges {
  private Gauges() {}

  @SuppressWarnings("resource") // the registry closes it
  static void register(
      MeterRegistry registry, UsageWork usage, LicenseCache cache, DatabaseState database) {
    UsageJournal journal = usage.journal();
    Gauge.builder("licet.journal.waiting", journal, UsageJournal::waiting)
        .description("Validations that wait for their commit")
        .register(registry);
    Gauge.builder("licet.journal.healthy", journal, it -> it.healthy() ? 1 : 0)
        .description("1 when the last batch of validations reached the database")
        .register(registry);
    Gauge.builder("licet.fold.lag", usage.fold(), UsageFold::lag)
        .description("Recorded validations that are not folded into counters yet")
        .register(registry);
    Gauge.builder("licet.spill.events", usage.spill(), Spill::events)
        .description("Validations that wait in the data directory for the database")
        .register(registry);
    Gauge.builder("licet.spill.bytes", usage.spill(), Spill::bytes)
        .description("What they take there")
        .register(registry);
    Gauge.builder("licet.database.away", database, it -> it.isAway() ? 1 : 0)
        .description("1 when the database does not answer, or takes no records")
        .register(registry);
    Gauge.builder("licet.cache.licenses", cache, LicenseCache::size)
        .description("Licenses held in memory")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }
}
