package dev.licet.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Finds the addresses of a name. */
interface NameResolver extends AutoCloseable {
  /**
   * All addresses of a name, in the order in which they are to be tried; not empty.
   *
   * @param name in ASCII, without a trailing dot
   * @param timeout how long it may take
   * @throws UnknownHostException when the name has none, or nobody says in time
   */
  List<InetAddress> resolve(String name, Duration timeout)
      throws UnknownHostException, InterruptedException;

  @Override
  default void close() {}
}
