package linedisc.examples.interop;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Udp;

/// What an [Endpoint] sends and takes: pings, and a transfer over UDP in each direction.
final class Traffic implements LocalDelivery {
  private static final Duration REPLY = Duration.ofSeconds(5);
  private static final int IDENTIFIER = 0x1d15;
  private static final int TIME_TO_LIVE = 64;

  private final LinkedBlockingQueue<Integer> replies = new LinkedBlockingQueue<>();
  private int identification;
  private int sequence;

  private final Consumer<String> whole;
  private int port;
  private int missing;
  private MessageDigest digest = sha256();
  private long damaged;

  /// @param whole gets the SHA-256 of a transfer that has come whole, in hexadecimal digits
  Traffic(Consumer<String> whole) {
    this.whole = whole;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Begins to take datagrams for a port.
  ///
  /// @param octets of data in all
  synchronized void receive(int udpPort, int octets) {
    port = udpPort;
    missing = octets;
    digest = sha256();
  }

  /// Datagrams with a wrong checksum.
  synchronized long damaged() {
    return damaged;
  }

  @Override
  public boolean packet(byte[] b, int offset, int length) {
    if (Ip.version(b, offset) != Ipv4.VERSION || Ipv4.isFragment(b, offset)) {
      return false;
    }
    int header = Ipv4.headerLength(b, offset);
    int at = offset + header;
    return switch (Ipv4.protocol(b, offset)) {
      case Ip.ICMP ->
          Icmp.check(b, at, length - header) != Ip.MALFORMED
              && Icmp.type(b, at) == Icmp.ECHO_REPLY
              && replies.offer(Icmp.sequence(b, at));
      case Ip.UDP -> Udp.check(b, at, length - header) != Ip.MALFORMED && datagram(b, offset, at);
      default -> false;
    };
  }

  private synchronized boolean datagram(byte[] b, int ip, int at) {
    if (Udp.destinationPort(b, at) != port) {
      return false;
    }
    if (!Udp.isIntact(b, ip, at)) {
      damaged++;
      return true;
    }
    int data = Udp.length(b, at) - Udp.HEADER_LENGTH;
    digest.update(b, at + Udp.HEADER_LENGTH, data);
    missing -= data;
    if (missing <= 0) {
      port = 0;
      whole.accept(HexFormat.of().formatHex(digest.digest()));
    }
    return true;
  }

  /// Sends Echo Requests, one after the other.
  ///
  /// @param size octets of data
  /// @return how many were answered
  int ping(NetInterface out, Inet4Address from, Inet4Address to, int count, int size)
      throws NetException, InterruptedException {
    byte[] packet = new byte[Ipv4.HEADER_LENGTH + Icmp.HEADER_LENGTH + size];
    int icmp = Icmp.HEADER_LENGTH + size;
    int answered = 0;
    for (int i = 0; i < count; i++) {
      sequence = sequence + 1 & 0xffff;
      int at = ip(packet, Ip.ICMP, from, to, icmp);
      Icmp.writeEcho(packet, at, Icmp.ECHO, IDENTIFIER, sequence);
      Icmp.seal(packet, at, icmp);
      replies.clear();
      out.send(packet, 0, packet.length);
      Integer reply = replies.poll(REPLY.toMillis(), TimeUnit.MILLISECONDS);
      answered += reply != null && reply == sequence ? 1 : 0;
    }
    return answered;
  }

  /// Sends data in datagrams of `size` octets.
  void send(
      NetInterface out, Inet4Address from, Inet4Address to, int udpPort, int size, byte[] data)
      throws NetException, InterruptedException {
    byte[] packet = new byte[Ipv4.HEADER_LENGTH + Udp.HEADER_LENGTH + size];
    for (int sent = 0; sent < data.length; sent += size) {
      int length = Math.min(size, data.length - sent);
      int at = ip(packet, Ip.UDP, from, to, Udp.HEADER_LENGTH + length);
      Udp.write(packet, at, udpPort, udpPort, length);
      System.arraycopy(data, sent, packet, at + Udp.HEADER_LENGTH, length);
      Udp.seal(packet, 0, at);
      out.send(packet, 0, at + Udp.HEADER_LENGTH + length);
    }
  }

  @Override
  public synchronized String toString() {
    return "Traffic[missing=%d, damaged=%d]".formatted(missing, damaged);
  }

  private int ip(byte[] packet, int protocol, Inet4Address from, Inet4Address to, int payload) {
    identification = identification + 1 & 0xffff;
    return Ipv4.write(
        packet, 0, 0, identification, TIME_TO_LIVE, protocol, bits(from), bits(to), payload);
  }

  private static int bits(Inet4Address address) {
    return ByteBuffer.wrap(address.getAddress()).getInt();
  }
}
