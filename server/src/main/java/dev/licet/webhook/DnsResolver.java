package dev.licet.webhook;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the name servers of the system, on one thread for all names. The JDK's own resolver would
 * hold a thread for each name whose servers are silent.
 */
final class DnsResolver implements NameResolver {
  private static final int MAX_SECONDS_KEPT = 30;
  private static final int SECONDS_UNKNOWN_KEPT = 5;
  private static final long QUERY_MILLIS = 3_000;
  private static final int MAX_QUERIES = 12;
  private static final long CLOSE_MILLIS = 300;

  private final IoEventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("webhook-dns", true), NioIoHandler.newFactory());
  private final DnsNameResolver resolver;

  /** Asks the name servers of the system. */
  DnsResolver() {
    this(DnsServerAddressStreamProviders.platformDefault());
  }

  /**
   * @param servers the name servers
   */
  DnsResolver(DnsServerAddressStreamProvider servers) {
    this.resolver =
        new DnsNameResolverBuilder(thread.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(servers)
            .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
            .completeOncePreferredResolved(false) // all addresses are checked, not the first few
            .searchDomains(List.of()) // a name of the internet, never one of the network here
            .ndots(1)
            .ttl(0, MAX_SECONDS_KEPT)
            .negativeTtl(SECONDS_UNKNOWN_KEPT)
            .queryTimeoutMillis(QUERY_MILLIS)
            .maxQueriesPerResolve(MAX_QUERIES)
            .build();
  }

  @Override
  public List<InetAddress> resolve(String name, Duration timeout)
      throws UnknownHostException, InterruptedException {
    Future<List<InetAddress>> answer = resolver.resolveAll(name);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException(name);
      unknown.initCause(e);
      throw unknown;
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new UnknownHostException(name);
    }
  }

  @Override
  public void close() {
    resolver.close();
    var _ = thread.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
