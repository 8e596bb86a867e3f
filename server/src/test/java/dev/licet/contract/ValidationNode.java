package dev.licet.contract;

import dev.licet.cache.AddressGates;
import dev.licet.cache.LicenseCache;
import dev.licet.core.ValidationCode;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.id.Ids;
import dev.licet.domain.notice.LimitNotices;
import dev.licet.domain.usage.Geography;
import dev.licet.domain.usage.JournalLane;
import dev.licet.domain.usage.MonthlyQuota;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.validation.Answer;
import dev.licet.domain.validation.KeyLimits;
import dev.licet.domain.validation.RateGate;
import dev.licet.domain.validation.ValidationRequest;
import dev.licet.domain.validation.Validations;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import dev.licet.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a server validates with, on one database and at the time of a test. */
final class ValidationNode implements AutoCloseable {
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final UsageJournal journal;
  private final JournalLane lane;
  private final MonthlyQuota quota;
  private final Validations validations;
  private final Seats seats;

  ValidationNode(Database database, InstantSource clock) {
    DomainNames names = new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());
    LicenseCache cache =
        new LicenseCache(database.snapshots(), Duration.ofMinutes(5), Integer.MAX_VALUE);
    database.addListener(cache.listener());
    journal = new UsageJournal(database.journal(), UsageJournal.Mode.COMMITTED);
    journal.start();
    lane = journal.lane(blocking);
    quota = new MonthlyQuota(database.transactions(), clock, journal.nodeNo());
    seats = new Seats(database.transactions(), names, new Ids(clock, new Random()), clock);
    validations =
        new Validations(
            cache,
            seats,
            names,
            quota,
            new KeyLimits(RateGate.Rate.UNLIMITED, new AddressGates(RateGate.Rate.UNLIMITED)),
            new LimitNotices(database.transactions(), new Ids(clock, new Random()), clock),
            Geography.NOWHERE,
            blocking,
            clock);
  }

  Seats seats() {
    return seats;
  }

  /** Null when the key may be used; else why not. */
  @Nullable ValidationCode refusal(ValidationRequest request) {
    return switch (answer(request)) {
      case Answer.Valid valid -> null;
      case Answer.Refused refused -> refused.verdict().code();
      case Answer other -> throw new AssertionError(other);
    };
  }

  boolean isValid(String key, String device) {
    return refusal(device(key, device)) == null;
  }

  Answer answer(ValidationRequest request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    validations.validate(request, lane, answer::complete);
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  static ValidationRequest device(String key, @Nullable String device) {
    return new ValidationRequest(key, null, device, null, null, "192.0.2.1");
  }

  static ValidationRequest from(String key, @Nullable String version, String address) {
    return new ValidationRequest(
        key,
        null,
        null,
        null,
        version == null ? null : SemanticVersion.read(version).orElseThrow(),
        address);
  }

  @Override
  public void close() {
    quota.close();
    journal.close();
    blocking.close();
  }
}
