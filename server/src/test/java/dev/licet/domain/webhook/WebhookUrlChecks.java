package dev.licet.domain.webhook;

import dev.licet.domain.webhook.WebhookUrls.Reading;
import java.net.InetAddress;
import java.net.URI;

/** What holds for every text that is read as a URL. */
final class WebhookUrlChecks {
  private WebhookUrlChecks() {}

  /** Reads a text; answers whether it is a URL that may be called without loopback. */
  static boolean check(WebhookUrls urls, WebhookUrls development, String text) {
    if (development.read(text) instanceof Reading.Usable usable) {
      checkTarget(development, usable.target());
    }
    if (!(urls.read(text) instanceof Reading.Usable usable)) {
      return false;
    }
    WebhookTarget target = usable.target();
    checkTarget(urls, target);
    boolean inner =
        target.address().map(address -> !PublicAddresses.isPublic(address)).orElse(false);
    require(target.secure() && !inner && !target.loopback(), text);
    require(!namesAnAddress(target), text);
    return true;
  }

  private static void checkTarget(WebhookUrls urls, WebhookTarget target) {
    URI uri = target.uri();
    String host = uri.getHost();
    require(host != null && host.replaceAll("[\\[\\]]", "").equals(target.host()), uri.toString());
    require(uri.getRawUserInfo() == null && uri.getRawFragment() == null, uri.toString());
    require(uri.toString().matches("[!-~]{1,2048}"), uri.toString());
    require(urls.read(uri.toString()).equals(new Reading.Usable(target)), uri.toString());
  }

  /** Whether the JDK, with all the leniency of the C library, takes a name for an address. */
  private static boolean namesAnAddress(WebhookTarget target) {
    if (target.address().isPresent()) {
      return false;
    }
    try {
      InetAddress.ofLiteral(target.host());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void require(boolean condition, String text) {
    if (!condition) {
      throw new AssertionError(text);
    }
  }
}
