package dev.licet.cli;

import dev.licet.config.StartupException;
import dev.licet.domain.Given;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.Quota;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what an account may use. */
final class QuotaOptions {
  private static final String UNLIMITED = "unlimited";
  private static final String COUNT = "[0-9]{1,18}";

  @Option(
      names = "--quota",
      paramLabel = "QUOTA",
      description = "free (5 licenses, 500 validations a month) or unlimited; a new one gets free.")
  private @Nullable String preset;

  @Option(
      names = "--max-licenses",
      paramLabel = "N",
      description = "Another number of licenses than the quota's, or unlimited.")
  private @Nullable String maxLicenses;

  @Option(
      names = "--max-validations",
      paramLabel = "N",
      description = "Another number of validations a month than the quota's, or unlimited.")
  private @Nullable String maxValidations;

  @Option(
      names = "--over-quota",
      paramLabel = "WHAT",
      description = "What becomes of more validations: refuse (as a new one has it) or allow.")
  private @Nullable String overQuota;

  /** What a new account gets. */
  Quota quota() throws StartupException {
    Accounts.Update update = update();
    return new Quota(
        update.maxLicenses().or(Quota.FREE.maxLicenses()),
        update.maxValidationsPerMonth().or(Quota.FREE.maxValidationsPerMonth()),
        Objects.requireNonNullElse(update.overQuota().value(), Quota.FREE.overQuota()));
  }

  /** What changes of an account's quota; a quota by its name changes all that is not given. */
  Accounts.Update update() throws StartupException {
    Given<Quota> named = named();
    Given<Quota.OverQuota> over = over();
    Given<Integer> licenses = count(maxLicenses, Integer.MAX_VALUE).map(Long::intValue);
    Given<Long> validations = count(maxValidations, Long.MAX_VALUE);
    return new Accounts.Update(
        Given.absent(),
        Given.absent(),
        Given.absent(),
        licenses.present() ? licenses : ofNamed(named, Quota::maxLicenses),
        validations.present() ? validations : ofNamed(named, Quota::maxValidationsPerMonth),
        over.present() ? over : ofNamed(named, Quota::overQuota),
        Given.absent());
  }

  private interface Part<T> {
    @Nullable T of(Quota quota);
  }

  private static <T> Given<T> ofNamed(Given<Quota> named, Part<T> part) {
    Quota quota = named.value();
    return quota == null ? Given.absent() : Given.of(part.of(quota));
  }

  private Given<Quota> named() throws StartupException {
    if (preset == null) {
      return Given.absent();
    }
    Quota quota = Quota.PRESETS.get(preset);
    if (quota == null) {
      throw unknown();
    }
    return Given.of(quota);
  }

  private Given<Quota.OverQuota> over() throws StartupException {
    if (overQuota == null) {
      return Given.absent();
    }
    Optional<Quota.OverQuota> over = Quota.OverQuota.of(overQuota);
    return Given.of(over.orElseThrow(QuotaOptions::unknown));
  }

  private static Given<Long> count(@Nullable String text, long most) throws StartupException {
    if (text == null) {
      return Given.absent();
    }
    if (text.equals(UNLIMITED)) {
      return Given.of(null);
    }
    if (!text.matches(COUNT) || Long.parseLong(text) > most) {
      throw unknown();
    }
    return Given.of(Long.valueOf(text));
  }

  private static StartupException unknown() {
    return new StartupException(
        "There is no such quota", "Choose free or unlimited, and numbers from 0");
  }
}
