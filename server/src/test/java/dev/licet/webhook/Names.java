package dev.licet.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server that may say something else every time; the last thing it says for ever. */
final class Names implements NameResolver {
  private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();

  /** Adds what is said next about a name. */
  Names say(String name, String... addresses) {
    answers
        .computeIfAbsent(name, absent -> new ArrayDeque<>())
        .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  @Override
  public List<InetAddress> resolve(String name, Duration timeout) throws UnknownHostException {
    Deque<List<InetAddress>> said = answers.get(name);
    if (said == null) {
      throw new UnknownHostException(name);
    }
    synchronized (said) {
      return said.size() > 1 ? said.remove() : said.element();
    }
  }
}
