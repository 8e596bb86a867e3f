package dev.licet;

import dev.licet.cache.AddressGates;
import dev.licet.config.Settings;
import dev.licet.domain.validation.KeyLimits;
import dev.licet.domain.validation.RateGate;
import dev.licet.http.RateLimits;

/** The limits that settings ask for. */
final class ServerLimits {
  private ServerLimits() {}

  /** How often keys may be asked for. */
  static KeyLimits ofKeys(Settings.Limits limits) {
    RateGate.Rate perLicense =
        RateGate.Rate.perMinute(
            limits.licenseValidationsPerMinute(), limits.licenseValidationsBurst());
    return new KeyLimits(perLicense, ofMisses(limits));
  }

  /** How often an address may ask for what there is not. */
  static AddressGates ofMisses(Settings.Limits limits) {
    int perMinute = limits.unknownKeysPerMinute();
    return new AddressGates(RateGate.Rate.perMinute(perMinute, perMinute));
  }

  /** How often the management API may be called. */
  static RateLimits ofCalls(Settings.CallLimits limits) {
    return new RateLimits(
        limit("key", limits.perKeyAndMinute()), limit("address", limits.perAddressAndMinute()));
  }

  private static RateLimits.Limit limit(String name, int perMinute) {
    RateGate.Rate rate = RateGate.Rate.perMinute(perMinute, perMinute);
    return new RateLimits.Limit(name, rate, new AddressGates(rate)::gate);
  }
}
