package linedisc.serial.forward.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.life.Clock;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.inet.Tcp;
import org.jspecify.annotations.Nullable;

/// TCP over a [Forwarder]: opens connections over its interfaces, and takes the segments that it
/// delivers locally. Segments of no connection get a reset (RFC 9293 section 3.10.7.1).
///
/// Any thread may call any method, with no lock of a port or table held.
public final class TcpStack implements LocalDelivery, AutoCloseable {
  private static final int FIRST_PORT = 49_152;
  private static final int PORTS = 16_384;
  private static final int TIME_TO_LIVE = 64;

  /// What tells connections apart.
  private record Ends(InetAddress local, int localPort, InetAddress remote, int remotePort) {}

  private final Forwarder forwarder;
  private final RandomGenerator random;
  private final Clock clock;
  private final EventStream<InterfaceEvent> events;

  /// Guarded by its own monitor.
  private final Map<Ends, TcpSocket> sockets = new HashMap<>();

  /// No connection.
  ///
  /// @param random not to be guessed: initial sequence numbers and ports come from it
  /// @param clock for the timers
  /// @param table the forwarder's interfaces: a connection ends with the one that it goes by
  /// @param executor runs short tasks that follow what goes
  public TcpStack(
      Forwarder forwarder,
      RandomGenerator random,
      Clock clock,
      InterfaceTable table,
      Executor executor) {
    this.forwarder = forwarder;
    this.random = random;
    this.clock = clock;
    this.events = table.events(executor, this::follow);
  }

  private void follow(InterfaceEvent event) {
    if (event instanceof InterfaceEvent.Departed(_, long index)) {
      for (TcpSocket socket : all()) {
        if (socket.via() == index) {
          socket.abort(TcpFailure.INTERFACE_GONE);
        }
      }
    }
  }

  private TcpSocket[] all() {
    synchronized (sockets) {
      return sockets.values().toArray(new TcpSocket[0]);
    }
  }

  /// Opens a connection; waits until it is open.
  ///
  /// @throws IOException nobody is there, or no way leads there
  public TcpSocket connect(InetAddress remote, int port) throws IOException, InterruptedException {
    NetInterface way = forwarder.way(remote);
    InetAddress local = way == null ? null : localAddress(way, remote);
    if (way == null || local == null) {
      throw new IOException("no way to " + remote.getHostAddress());
    }
    int headers =
        (remote.getAddress().length == 4 ? Ipv4.HEADER_LENGTH : Ipv6.HEADER_LENGTH)
            + Tcp.HEADER_LENGTH;
    TcpSocket socket;
    synchronized (sockets) {
      int localPort = freePort(local, remote, port);
      TcpConnection connection =
          new TcpConnection(localPort, port, random.nextInt(), way.mtu() - headers);
      connection.connect();
      Ends ends = new Ends(local, localPort, remote, port);
      socket =
          new TcpSocket(
              connection,
              way.index(),
              clock,
              local,
              remote,
              way.mtu(),
              (b, length) -> forwarder.send(b, 0, length),
              () -> forget(ends));
      sockets.put(ends, socket);
    }
    if (!way.isAttached()) {
      // That may have been told before the socket could be found.
      socket.abort(TcpFailure.INTERFACE_GONE);
    }
    socket.connect();
    return socket;
  }

  /// Takes TCP segments; all else is nobody's here.
  @Override
  public boolean packet(byte[] b, int offset, int length) {
    boolean ipv4 = Ip.version(b, offset) == Ipv4.VERSION;
    int protocol = ipv4 ? Ipv4.protocol(b, offset) : Ipv6.nextHeader(b, offset);
    if (protocol != Ip.TCP) {
      return false;
    }
    int header = ipv4 ? Ipv4.headerLength(b, offset) : Ipv6.HEADER_LENGTH;
    int tcp = offset + header;
    int segment = length - header;
    boolean whole = !ipv4 || !Ipv4.isFragment(b, offset);
    if (!whole
        || Tcp.check(b, tcp, segment) == Ip.MALFORMED
        || !Tcp.isIntact(b, offset, tcp, segment)) {
      // It is TCP's, and TCP drops it.
      return true;
    }
    Ends ends =
        new Ends(
            destination(b, offset, ipv4),
            Tcp.destinationPort(b, tcp),
            source(b, offset, ipv4),
            Tcp.sourcePort(b, tcp));
    TcpSocket socket;
    synchronized (sockets) {
      socket = sockets.get(ends);
    }
    if (socket != null) {
      socket.receive(b, tcp, segment);
    } else if ((Tcp.controlBits(b, tcp) & Tcp.RST) == 0) {
      refuse(b, offset, tcp, segment);
    }
    return true;
  }

  /// Ends all connections at once.
  @Override
  public void close() {
    events.close();
    for (TcpSocket socket : all()) {
      socket.abort();
    }
  }

  /// Writes the IP header in front of a segment, and the segment's checksum.
  ///
  /// @param b the segment is at [#headerLength]
  /// @return octets of the packet
  static int wrap(byte[] b, InetAddress from, InetAddress to, int segment) {
    byte[] source = from.getAddress();
    byte[] target = to.getAddress();
    int tcp;
    if (source.length == 4) {
      int flags = Ipv4.DONT_FRAGMENT;
      tcp = Ipv4.write(b, 0, 0, 0, TIME_TO_LIVE, Ip.TCP, address(source), address(target), segment);
      Ipv4.setFlagsAndOffset(b, 0, flags);
      Ipv4.seal(b, 0);
    } else {
      tcp = Ipv6.write(b, 0, 0, TIME_TO_LIVE, Ip.TCP, source, target, segment);
    }
    Tcp.seal(b, 0, tcp, segment);
    return tcp + segment;
  }

  /// Where a segment begins in a packet to this address.
  static int headerLength(InetAddress to) {
    return to.getAddress().length == 4 ? Ipv4.HEADER_LENGTH : Ipv6.HEADER_LENGTH;
  }

  private void refuse(byte[] b, int ip, int tcp, int segment) {
    boolean ipv4 = Ip.version(b, ip) == Ipv4.VERSION;
    InetAddress to = source(b, ip, ipv4);
    InetAddress from = destination(b, ip, ipv4);
    int bits = Tcp.controlBits(b, tcp);
    boolean acknowledges = (bits & Tcp.ACK) != 0;
    int extent =
        segment
            - Tcp.headerLength(b, tcp)
            + ((bits & Tcp.SYN) != 0 ? 1 : 0)
            + ((bits & Tcp.FIN) != 0 ? 1 : 0);
    byte[] reply = new byte[headerLength(to) + Tcp.HEADER_LENGTH];
    int length =
        Tcp.write(
            reply,
            headerLength(to),
            Tcp.destinationPort(b, tcp),
            Tcp.sourcePort(b, tcp),
            acknowledges ? Tcp.acknowledgment(b, tcp) : 0,
            acknowledges ? 0 : Tcp.sequence(b, tcp) + extent,
            acknowledges ? Tcp.RST : Tcp.RST | Tcp.ACK,
            0,
            0);
    var _ = forwarder.send(reply, 0, wrap(reply, from, to, length));
  }

  private void forget(Ends ends) {
    synchronized (sockets) {
      sockets.remove(ends);
    }
  }

  private int freePort(InetAddress local, InetAddress remote, int port) throws IOException {
    int start = random.nextInt(PORTS);
    for (int i = 0; i < PORTS; i++) {
      int candidate = FIRST_PORT + (start + i) % PORTS;
      if (!sockets.containsKey(new Ends(local, candidate, remote, port))) {
        return candidate;
      }
    }
    throw new IOException("no port is left for " + remote.getHostAddress() + " port " + port);
  }

  private static @Nullable InetAddress localAddress(NetInterface way, InetAddress remote) {
    NetworkProtocol protocol =
        remote.getAddress().length == 4 ? NetworkProtocol.IPV4 : NetworkProtocol.IPV6;
    for (AddressPair pair : way.addresses()) {
      if (pair.protocol() == protocol) {
        return pair.local();
      }
    }
    return null;
  }

  private static int address(byte[] octets) {
    return (octets[0] & 0xff) << 24
        | (octets[1] & 0xff) << 16
        | (octets[2] & 0xff) << 8
        | (octets[3] & 0xff);
  }

  private static InetAddress source(byte[] b, int ip, boolean ipv4) {
    return inet(b, ip + (ipv4 ? 12 : Ipv6.SOURCE), ipv4 ? 4 : 16);
  }

  private static InetAddress destination(byte[] b, int ip, boolean ipv4) {
    return inet(b, ip + (ipv4 ? 16 : Ipv6.DESTINATION), ipv4 ? 4 : 16);
  }

  private static InetAddress inet(byte[] b, int offset, int length) {
    byte[] octets = new byte[length];
    System.arraycopy(b, offset, octets, 0, length);
    try {
      return InetAddress.getByAddress(octets);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }
}
