package dev.licet.webhook;

import dev.licet.domain.webhook.PublicAddresses;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport.Trouble;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Finds the addresses of a target, and lets it pass only if all of them may be called. */
final class AddressGate {
  private static final List<InetAddress> LOCALHOST =
      List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

  private final NameResolver resolver;
  private final boolean loopbackAllowed;

  AddressGate(NameResolver resolver, boolean loopbackAllowed) {
    this.resolver = resolver;
    this.loopbackAllowed = loopbackAllowed;
  }

  /** What was found. */
  sealed interface Finding {
    /**
     * The target may be called at these addresses, and at no others.
     *
     * @param addresses not empty, in the order in which they are to be tried
     */
    record Admitted(List<InetAddress> addresses) implements Finding {}

    /** It may not be called now. */
    record Refused(Trouble trouble, String detail) implements Finding {}
  }

  /**
   * Asks for the addresses of a target, once.
   *
   * @param timeout how long that may take
   */
  Finding admit(WebhookTarget target, Duration timeout) throws InterruptedException {
    if (target.loopback()) {
      return loopbackAllowed
          ? new Finding.Admitted(target.address().map(List::of).orElse(LOCALHOST))
          : forbidden("the server's own machine is not called");
    }
    if (!target.secure()) {
      return forbidden("only https is called");
    }
    InetAddress literal = target.address().orElse(null);
    if (literal != null) {
      return check(List.of(literal));
    }
    try {
      return check(resolver.resolve(target.host(), timeout));
    } catch (UnknownHostException e) {
      return new Finding.Refused(Trouble.DNS, "no address was found for " + target.host());
    }
  }

  /** Names no address: a name server may know addresses here that nobody outside is to learn. */
  private static Finding check(List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (!PublicAddresses.isPublic(address)) {
        return forbidden("the host leads to an address that is not public");
      }
    }
    return new Finding.Admitted(addresses);
  }

  private static Finding forbidden(String detail) {
    return new Finding.Refused(Trouble.FORBIDDEN_ADDRESS, detail);
  }
}
