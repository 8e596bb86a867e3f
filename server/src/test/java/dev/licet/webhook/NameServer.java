package dev.licet.webhook;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A name server on 127.0.0.1, whose records live for no time at all. */
final class NameServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int A = 1;
  private static final int AAAA = 28;

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  private final Map<String, Deque<List<InetAddress>>> zone = new ConcurrentHashMap<>();

  NameServer() throws IOException {
    Thread.ofVirtual().name("name-server").start(this::serve);
  }

  /** Adds what is said next of a name to whoever asks for IPv4; the last is said for ever. */
  NameServer say(String name, String... addresses) {
    zone.computeIfAbsent(name, absent -> new ArrayDeque<>())
        .add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  DnsServerAddressStreamProvider provider() {
    return new SingletonDnsServerAddressStreamProvider(
        (InetSocketAddress) socket.getLocalSocketAddress());
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket query = new DatagramPacket(new byte[1_500], 1_500);
        socket.receive(query);
        byte[] answer = answer(ByteBuffer.wrap(query.getData(), 0, query.getLength()));
        if (answer != null) {
          socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** The answer; null for names that begin with "silent". */
  private byte[] answer(ByteBuffer query) {
    StringBuilder name = new StringBuilder();
    int place = HEADER;
    for (int length = query.get(place); length > 0; length = query.get(place)) {
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 1; i <= length; i++) {
        name.append((char) query.get(place + i));
      }
      place += length + 1;
    }
    if (name.toString().toLowerCase(Locale.ROOT).startsWith("silent")) {
      return null;
    }
    int type = query.getShort(place + 1);
    int end = place + 5;
    Deque<List<InetAddress>> said = zone.get(name.toString().toLowerCase(Locale.ROOT));
    List<InetAddress> records =
        said == null
            ? List.of()
            : said.element().stream()
                .filter(address -> address.getAddress().length == (type == AAAA ? 16 : 4))
                .toList();
    if (said != null && type == A && said.size() > 1) {
      said.remove();
    }
    ByteBuffer answer = ByteBuffer.allocate(1_500);
    answer.putShort(query.getShort(0)).putShort((short) (said == null ? 0x8183 : 0x8180));
    answer.putShort((short) 1).putShort((short) records.size()).putInt(0);
    answer.put(query.array(), HEADER, end - HEADER);
    for (InetAddress record : records) {
      byte[] bytes = record.getAddress();
      answer.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1).putInt(0);
      answer.putShort((short) bytes.length).put(bytes);
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
