package dev.licet;

import dev.licet.cache.LicenseCache;
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
      MeterRegistry registry, UsageJournal journal, UsageFold fold, LicenseCache cache) {
    Gauge.builder("licet.journal.waiting", journal, UsageJournal::waiting)
        .description("Validations that wait for their commit")
        .register(registry);
    Gauge.builder("licet.journal.healthy", journal, it -> it.healthy() ? 1 : 0)
        .description("1 when the last batch of validations reached the database")
        .register(registry);
    Gauge.builder("licet.fold.lag", fold, UsageFold::lag)
        .description("Recorded validations that are not folded into counters yet")
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
