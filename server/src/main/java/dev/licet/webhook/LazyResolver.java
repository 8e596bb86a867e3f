package dev.licet.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system's name servers, which are first looked for when a name is. */
final class LazyResolver implements NameResolver {
  private @Nullable DnsResolver resolver;

  @Override
  public List<InetAddress> resolve(String name, Duration timeout)
      throws UnknownHostException, InterruptedException {
    return resolver().resolve(name, timeout);
  }

  private synchronized DnsResolver resolver() {
    DnsResolver open = resolver;
    if (open == null) {
      open = new DnsResolver();
      resolver = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (resolver != null) {
      resolver.close();
    }
  }
}
