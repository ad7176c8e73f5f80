package linedisc.ppp;

import java.util.random.RandomGenerator;
import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.ccp.Ccp;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.lcp.MruOption;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.PacketSink;
import org.jspecify.annotations.Nullable;

/// The network side of one link or, one day, of several: network control protocols, and packets in
/// both directions.
///
/// The caller makes a bundle, then a [PppLink] on it. Commands, inputs and outputs of the control
/// protocols go through the link; the caller itself uses [#encapsulate], [#closeNetwork] and the
/// getters. Not thread-safe: everything happens under the lock that guards the link.
public final class PppBundle {
  /// When a timer of the bundle is due.
  private enum Timer {
    /// CCP: no answer to the last request for the length of its Restart timer.
    CCP_RESTART,
    /// IPCP: no answer to the last request for the length of its Restart timer.
    IPCP_RESTART,
    /// IPV6CP: the same.
    IPV6CP_RESTART
  }

  private final EventQueue events;
  private final TimerTable<Timer> timers = new TimerTable<>(Timer.values());
  private final ControlQueue queue;
  private final Networks networks;
  private final @Nullable Ipv4Network ipv4;
  private final @Nullable Ipv6Network ipv6;
  private final @Nullable Compression compression;
  private final int maxInformation;
  private final boolean networkRequired;

  /// A frame on its way into or out of compression.
  private byte[] scratch = {};

  private int linkMtu = MruOption.DEFAULT;
  private int mtuTold;
  private boolean linkUp;
  private boolean closed;
  private boolean wasUp;
  private @Nullable TerminationReason failure;

  private long packetsReceived;
  private long packetsSent;
  private long octetsReceived;
  private long octetsSent;
  private long notUp;
  private long tooLong;
  private long undecodable;

  /// A bundle without a link.
  ///
  /// @param random for identifiers that only need to be unlikely to collide
  public PppBundle(PppConfig config, RandomGenerator random) {
    this.events = new EventQueue(config.trace());
    this.queue = new ControlQueue(events, () -> Math.min(linkMtu, MruOption.DEFAULT));
    this.maxInformation =
        Math.max(MruOption.DEFAULT, Math.max(config.lcp().mru(), config.lcp().mtu()));
    this.networkRequired = config.networkRequired();
    CcpConfig ccp = config.ccp();
    this.compression =
        ccp == null
            ? null
            : new Compression(
                ccp, timers.timer(Timer.CCP_RESTART), queue, events, new CompressionUser());
    NetworkUser user = new User();
    IpcpConfig ipcp = config.ipcp();
    this.ipv4 =
        ipcp == null
            ? null
            : new Ipv4Network(ipcp, timers.timer(Timer.IPCP_RESTART), queue, events, user);
    Ipv6cpConfig ipv6cp = config.ipv6cp();
    this.ipv6 =
        ipv6cp == null
            ? null
            : new Ipv6Network(
                ipv6cp, random, timers.timer(Timer.IPV6CP_RESTART), queue, events, user);
    this.networks = new Networks(ipv4, ipv6);
  }

  /// Puts an IP packet into a frame, the last in `out`, of Protocol field and information.
  ///
  /// @param packet an IPv4 or IPv6 packet, told apart by the first four bits; not changed
  /// @param out where the frame goes; its mark is 0
  /// @return 1 if a frame was added, 0 if the packet was dropped (and counted), -1 if `out` has no
  ///   room for it: try again with an empty batch
  public int encapsulate(byte[] packet, int offset, int length, FrameBatch out, long now) {
    NetworkProtocol protocol = length > 0 ? networks.ofVersion(packet[offset] >> 4 & 0xf) : null;
    if (protocol == null || !protocol.isUp() || isHeldBack()) {
      notUp++;
      return 0;
    }
    if (length > mtu()) {
      tooLong++;
      return 0;
    }
    Ccp ccp = ccp();
    if (ccp != null && !queue.isEmpty()) {
      // What CCP has agreed on begins in an exact place of the stream (RFC 1979 section 2).
      return -1;
    }
    Ccp active = ccp != null && ccp.isSending() ? ccp : null;
    int frameLength = protocol.maxFrameLength(length);
    int at = out.claim(active == null ? frameLength : active.maxLength(frameLength));
    if (at < 0) {
      return -1;
    }
    int written;
    if (active == null) {
      written = protocol.encapsulate(packet, offset, length, out.buffer(), at);
    } else {
      int plain = protocol.encapsulate(packet, offset, length, scratch, 0);
      written = active.compress(scratch, 0, plain, out.buffer(), at);
    }
    out.commit(written, 0);
    packetsSent++;
    octetsSent += length;
    return 1;
  }

  private @Nullable Ccp ccp() {
    return compression == null ? null : compression.engine();
  }

  private boolean isHeldBack() {
    Ccp ccp = ccp();
    return ccp != null && ccp.isHoldingBack();
  }

  /// The longest packet that can be sent.
  private int mtu() {
    Ccp ccp = ccp();
    return ccp == null ? linkMtu : linkMtu - ccp.expansion();
  }

  /// Whether any network protocol carries packets.
  public boolean networkUp() {
    return networks.isAnyUp() && !isHeldBack();
  }

  /// Ends the network side for good: network protocols get Down, their timers stop, and no link can
  /// bring them up again. The link itself goes on, to say goodbye.
  public void closeNetwork(long now) {
    closed = true;
    stop(now);
  }

  private void stop(long now) {
    networks.stop(now);
    if (compression != null) {
      compression.linkDown(now);
    }
    queue.clear();
    timers.stopAll();
  }

  /// Our IPv4 address, 0 if there is none now.
  public int localAddress() {
    return ipv4 != null && ipv4.isUp() ? ipv4.ipcp().localAddress() : 0;
  }

  /// The peer's IPv4 address, 0 if there is none now.
  public int remoteAddress() {
    return ipv4 != null && ipv4.isUp() ? ipv4.ipcp().remoteAddress() : 0;
  }

  /// Our IPv6 interface identifier, 0 if there is none now.
  public long localIdentifier() {
    return ipv6 != null && ipv6.isUp() ? ipv6.ipv6cp().localIdentifier() : 0;
  }

  /// The peer's IPv6 interface identifier, 0 if there is none now.
  public long remoteIdentifier() {
    return ipv6 != null && ipv6.isUp() ? ipv6.ipv6cp().remoteIdentifier() : 0;
  }

  /// What it has counted since it was made.
  public BundleStatistics statistics() {
    return new BundleStatistics(
        packetsReceived, packetsSent, octetsReceived, octetsSent, notUp, tooLong, undecodable);
  }

  /// Events of the bundle and of its link, in one order.
  EventQueue events() {
    return events;
  }

  /// The longest information field that the link takes.
  void setMtu(int octets) {
    linkMtu = octets;
  }

  /// A session begins.
  void beginSession() {
    wasUp = false;
  }

  /// Whether a network protocol has been up in this session.
  boolean wasUp() {
    return wasUp;
  }

  /// Whether [#takeFailure] has something to tell.
  boolean hasFailed() {
    return failure != null;
  }

  /// Why the link has to end, if it has to; told once.
  @Nullable TerminationReason takeFailure() {
    TerminationReason taken = failure;
    failure = null;
    return taken;
  }

  /// Whether the link is in the network phase.
  boolean isLinkUp() {
    return linkUp;
  }

  /// The link entered the network phase.
  ///
  /// @param keys what MPPE may use, null for none; the caller's, who wipes them after [#linkDown]
  void linkUp(@Nullable MppeKeys keys, long now) {
    if (linkUp) {
      return;
    }
    linkUp = true;
    if (closed) {
      return;
    }
    mtuTold = linkMtu;
    if (compression != null) {
      if (scratch.length == 0) {
        scratch = new byte[PppProtocol.FIELD_LENGTH + maxInformation];
      }
      compression.linkUp(keys, now);
    }
    if (!isHeldBack()) {
      startNetworks(now);
    }
  }

  private void startNetworks(long now) {
    networks.start(now);
    endWithoutNetwork();
  }

  private void endWithoutNetwork() {
    if (networkRequired && networks.haveAllEnded()) {
      fail(new TerminationReason.NoNetwork(wasUp));
    }
  }

  private void fail(TerminationReason why) {
    if (failure == null) {
      failure = why;
    }
  }

  /// The link left the network phase.
  void linkDown(long now) {
    if (!linkUp) {
      return;
    }
    linkUp = false;
    stop(now);
  }

  /// Something was lost or damaged on the line.
  void afterLoss() {
    networks.afterLoss();
  }

  /// Takes one frame in the network phase.
  ///
  /// @return false if the protocol is unknown
  boolean receive(byte[] frame, int offset, int length, long now, PacketSink sink) {
    int protocol = PppProtocol.read(frame, offset);
    int at = offset + PppProtocol.FIELD_LENGTH;
    int left = length - PppProtocol.FIELD_LENGTH;
    if (compression != null && protocol == PppProtocol.CCP) {
      compression.receiveControl(frame, at, left, now);
      return true;
    }
    Ccp ccp = ccp();
    if (ccp != null && protocol == PppProtocol.COMPRESSED) {
      receiveCompressed(ccp, frame, at, left, now, sink);
      return true;
    }
    if (ccp != null && !ccp.passUncompressed(frame, offset, length)) {
      return true;
    }
    return dispatch(protocol, frame, at, left, now, sink);
  }

  /// Hands on a frame that is as it was before compression; false if the protocol is unknown.
  private boolean dispatch(
      int protocol, byte[] buffer, int offset, int length, long now, PacketSink sink) {
    NetworkProtocol network = networks.of(protocol);
    if (network == null) {
      return false;
    }
    if (network.carries(protocol)) {
      receiveData(network, protocol, buffer, offset, length, sink);
    } else {
      network.receiveControl(buffer, offset, length, now);
    }
    return true;
  }

  private void receiveData(
      NetworkProtocol network,
      int protocol,
      byte[] buffer,
      int offset,
      int length,
      PacketSink sink) {
    if (!network.isUp() || isHeldBack()) {
      notUp++;
      return;
    }
    if (length == 0) {
      undecodable++;
      return;
    }
    int delivered = network.receiveData(protocol, buffer, offset, length, sink);
    if (delivered < 0) {
      undecodable++;
    } else {
      packetsReceived++;
      octetsReceived += delivered;
    }
  }

  private void receiveCompressed(
      Ccp transform, byte[] buffer, int offset, int length, long now, PacketSink sink) {
    int expanded = transform.decompress(buffer, offset, length, scratch, 0, scratch.length, now);
    if (expanded < PppProtocol.FIELD_LENGTH) {
      undecodable++;
      afterLoss();
      return;
    }
    int protocol = PppProtocol.read(scratch, 0);
    int left = expanded - PppProtocol.FIELD_LENGTH;
    if (!dispatch(protocol, scratch, PppProtocol.FIELD_LENGTH, left, now, sink)) {
      undecodable++;
    }
  }

  /// The peer does not know a protocol that was sent.
  void protocolRejected(int protocol, long now) {
    if (compression != null) {
      compression.protocolRejected(protocol, now);
    }
    NetworkProtocol network = networks.of(protocol);
    if (network != null) {
      network.protocolRejected(protocol, now);
    }
  }

  void supplyPeerAddress(int address, long now) {
    if (ipv4 != null) {
      ipv4.supplyPeerAddress(address, now);
    }
  }

  void renegotiateCompression(long now) {
    if (compression != null) {
      compression.renegotiate(now);
    }
  }

  boolean pollTransmit(FrameBatch out) {
    return queue.pollTransmit(out);
  }

  long controlSent() {
    return queue.sent();
  }

  long controlDropped() {
    return queue.dropped();
  }

  long pollTimeout() {
    return timers.earliest();
  }

  void handleTimeout(long now) {
    for (Timer due = timers.expired(now); due != null; due = timers.expired(now)) {
      switch (due) {
        case CCP_RESTART -> {
          if (compression != null) {
            compression.handleTimeout(now);
          }
        }
        case IPCP_RESTART -> {
          if (ipv4 != null) {
            ipv4.handleTimeout(now);
          }
        }
        case IPV6CP_RESTART -> {
          if (ipv6 != null) {
            ipv6.handleTimeout(now);
          }
        }
      }
    }
  }

  private final class User implements NetworkUser {
    @Override
    public void networkUp(PppEvent up) {
      wasUp = true;
      events.add(up);
    }

    @Override
    public void networkDown(NetworkProtocol protocol, String why) {
      events.add(new PppEvent.NetworkDown(protocol.dataProtocol(), why));
    }

    @Override
    public void networkEnded(NetworkProtocol protocol, boolean required, String why) {
      if (required) {
        String name = PppProtocol.name(protocol.controlProtocol());
        fail(new TerminationReason.NetworkFailed(name, why));
      }
      endWithoutNetwork();
    }

    @Override
    public void need(PppEvent.Need need) {
      events.add(new PppEvent.Needed(need));
    }

    @Override
    public int mtu() {
      return PppBundle.this.mtu();
    }

    @Override
    public int maxReceived() {
      return maxInformation;
    }
  }

  private final class CompressionUser implements Compression.User {
    @Override
    public void compressionUp(long now) {
      startNetworks(now);
    }

    @Override
    public void compressionChanged() {
      if (mtu() != mtuTold) {
        mtuTold = mtu();
        events.add(new PppEvent.MtuChanged(mtuTold));
      }
    }

    @Override
    public void compressionFailed(TerminationReason why) {
      fail(why);
    }
  }
}
