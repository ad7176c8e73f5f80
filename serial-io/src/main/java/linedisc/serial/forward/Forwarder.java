package linedisc.serial.forward;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import linedisc.serial.forward.IcmpErrors.Reason;
import linedisc.serial.forward.RoutingTable.Hop;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.InputHandler;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceRef;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Icmpv6;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import org.jspecify.annotations.Nullable;

/// Routes packets between the interfaces it is attached to, by longest prefix, and answers for
/// their own addresses: Echo Requests itself, all else through a [LocalDelivery]. With it a link
/// can be used where the host has no network device to offer.
///
/// It drains an attached interface on its reader's thread and only ever offers what it sends, so
/// that a line that has stopped holds up no other. Routes hold their interface by reference: those
/// of an interface that is destroyed vanish with it.
///
/// Any thread may call any method, with none of this system's locks held. Nothing is allocated for
/// a packet that is forwarded whole.
public final class Forwarder implements AutoCloseable {
  private static final int TIME_TO_LIVE = 64;
  private static final int MAX_LENGTH = Ipv4.MAX_LENGTH;

  // Next headers that are none of an upper layer's (RFC 8200 section 4).
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int NO_NEXT_HEADER = 59;
  private static final int DESTINATION_OPTIONS = 60;

  private final ErrorLimit errorLimit;
  private final ErrorLimit refreshLimit;
  private final EventStream<InterfaceEvent> events;

  /// Guarded by this object's monitor; `routing` is what the data path reads.
  private final Map<NetInterface, Port> ports = new LinkedHashMap<>();

  private final List<Map.Entry<Prefix, Hop>> added = new ArrayList<>();
  private volatile RoutingTable routing = new RoutingTable(List.of(), List.of());
  private volatile LocalDelivery local = (buffer, offset, length) -> false;

  /// Carries what this host sends to itself; null: none is attached.
  private volatile @Nullable NetInterface loopback;

  private volatile boolean clampsSegments;

  private final LongAdder forwarded = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder echoes = new LongAdder();
  private final LongAdder fragments = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder noRoute = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder tooBig = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /// Attached to nothing.
  ///
  /// @param table whose interfaces are attached, and whose changes of address are followed
  /// @param executor runs short tasks: what changes in the table is taken up there
  public Forwarder(InterfaceTable table, Executor executor) {
    this.errorLimit = new ErrorLimit(table.sync());
    this.refreshLimit = new ErrorLimit(table.sync());
    this.events = table.events(executor, event -> refresh());
  }

  /// Names the one who takes what is for this host.
  public void setLocal(LocalDelivery delivery) {
    local = delivery;
  }

  /// Sets whether TCP connections that pass are told to send no longer segments than the MTUs on
  /// both sides have room for, whatever becomes of the ICMP errors that would tell them so. Off at
  /// first.
  public void setSegmentClamping(boolean wanted) {
    clampsSegments = wanted;
  }

  /// Becomes the consumer of an interface's packets. Ends by itself with the interface.
  ///
  /// @throws NetException ENXIO; EBUSY: it has another consumer
  public void attach(NetInterface netInterface) throws NetException {
    Port port = new Port(netInterface, netInterface.refer("forwarder"));
    synchronized (this) {
      if (ports.putIfAbsent(netInterface, port) != null) {
        port.ref.close();
        return;
      }
    }
    if (!netInterface.isPointToPoint()) {
      loopback = netInterface;
    }
    // Before packets come: the first may be for an address of this very interface.
    refresh();
    try {
      netInterface.setInputHandler(port);
    } catch (NetException e) {
      forget(netInterface);
      throw e;
    }
  }

  /// Gives up an interface's packets, so that somebody else may consume them. Routes over it stay.
  public void detach(NetInterface netInterface) {
    Port port;
    synchronized (this) {
      port = ports.get(netInterface);
    }
    if (port == null) {
      return;
    }
    try {
      netInterface.setInputHandler(InputHandler.NONE);
    } catch (NetException e) {
      // It has gone, and its consumer with it.
    }
    forget(netInterface);
  }

  /// Adds a route, or puts it in the place of the one with its prefix.
  ///
  /// @throws NetException ENXIO: the interface has gone
  public void addRoute(Prefix prefix, NetInterface via) throws NetException {
    Hop hop = new Hop(via.refer("route " + prefix));
    synchronized (this) {
      added.removeIf(entry -> entry.getKey().equals(prefix) && giveUp(entry.getValue()));
      added.add(Map.entry(prefix, hop));
    }
    refresh();
  }

  /// Removes a route that was added.
  ///
  /// @return whether there was one
  public boolean removeRoute(Prefix prefix) {
    boolean found;
    synchronized (this) {
      found = added.removeIf(entry -> entry.getKey().equals(prefix) && giveUp(entry.getValue()));
    }
    if (found) {
      refresh();
    }
    return found;
  }

  /// Own addresses first, then added routes, then those to peers.
  public List<Route> routes() {
    refresh();
    return routing.list();
  }

  /// What has been counted so far.
  public ForwarderStatistics statistics() {
    return new ForwarderStatistics(
        forwarded.sum(),
        delivered.sum(),
        echoes.sum(),
        fragments.sum(),
        errors.sum(),
        malformed.sum(),
        noRoute.sum(),
        expired.sum(),
        tooBig.sum(),
        refused.sum(),
        dropped.sum());
  }

  /// The interface by which packets to an address leave; null: there is no way there.
  public @Nullable NetInterface way(InetAddress destination) {
    Prefix address = Prefix.of(destination);
    Hop hop = routing.find(address);
    if (hop == null) {
      refresh();
      hop = routing.find(address);
    }
    if (hop == null) {
      return null;
    }
    InterfaceRef via = hop.via();
    return via == null ? loopback : via.follow();
  }

  /// Sends a packet of this host's own; to an own address it takes an attached loopback interface.
  ///
  /// @param buffer the caller's again when this returns; not changed
  /// @return [Put#DOWN] when there is no route, [Put#TOO_LONG] when the interface's MTU is smaller
  /// @throws IllegalArgumentException when it is no IP packet
  public Put send(byte[] buffer, int offset, int length) {
    int packet = Ip.check(buffer, offset, length);
    if (packet == Ip.MALFORMED) {
      throw new IllegalArgumentException("no IP packet");
    }
    Hop hop = find(buffer, offset);
    if (hop == null) {
      return Put.DOWN;
    }
    InterfaceRef via = hop.via();
    NetInterface out = via == null ? loopback : via.follow();
    return out == null ? Put.DOWN : out.offer(buffer, offset, packet);
  }

  /// Gives up all interfaces and routes.
  @Override
  public void close() {
    events.close();
    List<NetInterface> attached;
    synchronized (this) {
      attached = List.copyOf(ports.keySet());
      added.forEach(entry -> giveUp(entry.getValue()));
      added.clear();
    }
    attached.forEach(this::detach);
  }

  private synchronized void forget(NetInterface netInterface) {
    Port port = ports.remove(netInterface);
    if (port != null) {
      port.ref.close();
    }
    if (netInterface.equals(loopback)) {
      loopback = null;
    }
    refresh();
  }

  private static boolean giveUp(Hop hop) {
    InterfaceRef via = hop.via();
    if (via != null) {
      via.close();
    }
    return true;
  }

  /// Takes up what has changed in addresses, routes and interfaces.
  private synchronized void refresh() {
    added.removeIf(entry -> {
      InterfaceRef via = entry.getValue().via();
      return via != null && via.follow() == null && giveUp(entry.getValue());
    });
    List<InterfaceRef> refs = ports.values().stream().map(port -> port.ref).toList();
    routing = new RoutingTable(refs, added);
  }

  /// Events take a moment to arrive; a packet that finds no route looks for itself.
  private @Nullable Hop find(byte[] b, int offset) {
    Hop hop = routing.find(b, offset);
    if (hop == null && refreshLimit.take()) {
      refresh();
      hop = routing.find(b, offset);
    }
    return hop;
  }

  /// One attached interface, drained on its reader's thread.
  private final class Port implements InputHandler {
    private final NetInterface in;
    private final InterfaceRef ref;

    /// A packet; grows when one did not fit.
    private byte[] buffer = new byte[2048];

    private final byte[] error = new byte[IcmpErrors.MAX_LENGTH];

    Port(NetInterface in, InterfaceRef ref) {
      this.in = in;
      this.ref = ref;
    }

    @Override
    public void gone(NetInterface netInterface) {
      forget(netInterface);
    }

    /// Synchronized, because the reader of a next binding may come while the last one's is here.
    @Override
    public synchronized void inputReady(NetInterface netInterface) {
      for (; ; ) {
        int length = netInterface.poll(buffer, 0, buffer.length);
        if (length < 0) {
          return;
        }
        if (length > buffer.length) {
          malformed.increment();
          buffer = new byte[Math.min(MAX_LENGTH, Math.max(length, 2 * buffer.length))];
        } else {
          take(length);
        }
      }
    }

    private void take(int received) {
      byte[] b = buffer;
      int length = Ip.check(b, 0, received);
      if (length == Ip.MALFORMED || (isIpv4() && !Ipv4.isHeaderIntact(b, 0)) || isMartian()) {
        malformed.increment();
        return;
      }
      Hop hop = find(b, 0);
      InterfaceRef via = hop == null ? null : hop.via();
      if (hop == null) {
        noRoute.increment();
        report(Reason.NO_ROUTE, 0);
      } else if (via == null) {
        takeLocal(length);
      } else {
        forward(via.follow(), length);
      }
    }

    private boolean isIpv4() {
      return Ip.version(buffer, 0) == Ipv4.VERSION;
    }

    /// Whether a packet claims a source that is nobody's, or would go to many by a route that is
    /// meant for one (RFC 1812 sections 5.3.7 and 4.2.2.11).
    private boolean isMartian() {
      if (!isIpv4()) {
        return Ipv6.isMulticast(buffer, 0) || buffer[Ipv6.SOURCE] == (byte) 0xff;
      }
      int source = Ipv4.source(buffer, 0);
      return source == 0 || source >>> 28 >= 0xe || Ipv4.destination(buffer, 0) >>> 28 >= 0xe;
    }

    private void takeLocal(int length) {
      if (isEchoRequest(length)) {
        echoes.increment();
        reply(length);
      } else if (local.packet(buffer, 0, length)) {
        delivered.increment();
      } else {
        refused.increment();
        refuse();
      }
    }

    /// Tells the sender that there is nobody for its packet, where that is the network layer's to
    /// tell: ICMP that nobody wants is silently discarded (RFC 1122 section 3.2.2), and so is what
    /// stands behind an IPv6 extension header, which nobody here looks into.
    private void refuse() {
      if (isIpv4()) {
        switch (Ipv4.protocol(buffer, 0)) {
          case Ip.ICMP -> {}
          case Ip.UDP -> report(Reason.PORT_UNREACHABLE, 0);
          default -> report(Reason.PROTOCOL_UNREACHABLE, 0);
        }
      } else {
        switch (Ipv6.nextHeader(buffer, 0)) {
          case Ip.ICMPV6, HOP_BY_HOP, ROUTING, FRAGMENT, NO_NEXT_HEADER, DESTINATION_OPTIONS -> {}
          case Ip.UDP -> report(Reason.PORT_UNREACHABLE, 0);
          default -> report(Reason.PROTOCOL_UNREACHABLE, 0);
        }
      }
    }

    private boolean isEchoRequest(int length) {
      byte[] b = buffer;
      if (isIpv4()) {
        int header = Ipv4.headerLength(b, 0);
        return Ipv4.protocol(b, 0) == Ip.ICMP
            && !Ipv4.isFragment(b, 0)
            && Icmp.check(b, header, length - header) != Ip.MALFORMED
            && Icmp.type(b, header) == Icmp.ECHO;
      }
      int header = Ipv6.HEADER_LENGTH;
      return Ipv6.nextHeader(b, 0) == Ip.ICMPV6
          && Icmpv6.check(b, 0, header, length - header) != Ip.MALFORMED
          && Icmpv6.type(b, header) == Icmpv6.ECHO_REQUEST;
    }

    private void reply(int length) {
      byte[] b = buffer;
      if (isIpv4()) {
        Icmp.reply(b, Ipv4.headerLength(b, 0));
        Ipv4.swapAddresses(b, 0);
        Ipv4.setTimeToLive(b, 0, TIME_TO_LIVE);
      } else {
        Icmpv6.reply(b, Ipv6.HEADER_LENGTH);
        Ipv6.swapAddresses(b, 0);
        Ipv6.setHopLimit(b, 0, TIME_TO_LIVE);
      }
      Hop hop = find(b, 0);
      InterfaceRef via = hop == null ? null : hop.via();
      if (hop != null && via == null) {
        // We asked ourselves, over the loopback interface.
        if (local.packet(b, 0, length)) {
          delivered.increment();
        }
        return;
      }
      NetInterface out = via == null ? in : via.follow();
      if (out == null || out.offer(b, 0, length) != Put.DONE) {
        dropped.increment();
      }
    }

    private void forward(@Nullable NetInterface out, int length) {
      byte[] b = buffer;
      if (out == null) {
        noRoute.increment();
        report(Reason.HOST_UNREACHABLE, 0);
        return;
      }
      if (!(isIpv4() ? Ipv4.decrementTimeToLive(b, 0) : Ipv6.decrementHopLimit(b, 0))) {
        expired.increment();
        report(Reason.EXPIRED, 0);
        return;
      }
      if (clampsSegments) {
        SegmentClamp.apply(b, length, Math.min(in.mtu(), out.mtu()));
      }
      switch (out.offer(b, 0, length)) {
        case DONE -> forwarded.increment();
        case FULL, GONE -> dropped.increment();
        case DOWN -> {
          dropped.increment();
          report(Reason.HOST_UNREACHABLE, 0);
        }
        case TOO_LONG -> {
          if (isIpv4() && (Ipv4.flagsAndOffset(b, 0) & Ipv4.DONT_FRAGMENT) == 0) {
            cutUp(out, length);
          } else {
            tooBig.increment();
            report(Reason.TOO_BIG, out.mtu());
          }
        }
      }
    }

    private void cutUp(NetInterface out, int length) {
      int pieces = Fragmenter.send(buffer, length, out);
      if (pieces == 0) {
        dropped.increment();
      } else {
        fragments.add(pieces);
        forwarded.increment();
      }
    }

    private void report(Reason reason, int mtu) {
      if (!errorLimit.take()) {
        return;
      }
      int length = IcmpErrors.write(error, buffer, 0, in, reason, mtu);
      if (length > 0 && in.offer(error, 0, length) == Put.DONE) {
        errors.increment();
      }
    }
  }
}
