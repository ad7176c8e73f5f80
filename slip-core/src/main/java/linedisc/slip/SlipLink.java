package linedisc.slip;

import java.util.ArrayDeque;
import java.util.Queue;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import org.jspecify.annotations.Nullable;

/// One SLIP link: what happens between decoded frames and packets. It knows no line and no clock;
/// its owner feeds it and asks what to do.
///
/// - commands: [#lowerUp(long)], [#lowerDown(long)]
/// - inputs: [#receive], [#ends(long, long)], [#encapsulate], [#framesDropped()],
///   [#handleTimeout(long)]
/// - outputs, to be asked for after each input in this order: [#pollTransmit], [#pollEvent()],
///   [#pollTimeout()]
/// - getters: [#statistics()], [#config()]
///
/// Nothing is allocated for a packet, and whatever a peer sends is counted and dropped at worst.
/// SLIP has no check of its own, so a frame is delivered only if it is an IPv4 packet with a right
/// header checksum, or an IPv6 packet that isn't cut; octets after its end are left out.
///
/// Not thread-safe: everything happens under the lock of the port. `now` is nanoseconds of any
/// monotonic clock.
public final class SlipLink {
  /// What [#encapsulate] returns for a packet that was added as a frame.
  public static final int ADDED = 1;

  /// What [#encapsulate] returns for a packet that will never be sent; it has been counted.
  public static final int DROPPED = 0;

  /// What [#encapsulate] returns if the batch must be emptied first.
  public static final int NO_ROOM = -1;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000_000L;

  private final SlipConfig config;
  private final Queue<SlipEvent> events = new ArrayDeque<>(2);

  private boolean up;

  private long keepaliveDeadline = NEVER;
  private boolean endSeen;

  private long outfillDeadline = NEVER;
  private boolean sentSinceTick;
  private boolean fillDue;

  private long receivedPackets;
  private long receivedOctets;
  private long receivedDamaged;
  private long sentPackets;
  private long sentOctets;
  private long sendTooLong;
  private long sendMalformed;
  private long sendRefused;
  private long sendDown;
  private long fills;

  /// A link that is down.
  public SlipLink(SlipConfig config) {
    this.config = config;
  }

  /// The settings.
  public SlipConfig config() {
    return config;
  }

  /// The line can carry frames: starts afresh, with nothing remembered of the peer before.
  public void lowerUp(long now) {
    up = true;
    events.clear();
    endSeen = false;
    keepaliveDeadline = deadline(config.keepalive(), now);
    sentSinceTick = false;
    fillDue = false;
    outfillDeadline = deadline(config.outfill(), now);
  }

  /// The line is gone: packets are dropped from now on, timers stop, events not yet polled stay.
  public void lowerDown(long now) {
    up = false;
    keepaliveDeadline = NEVER;
    outfillDeadline = NEVER;
    fillDue = false;
  }

  private static long deadline(int seconds, long now) {
    return seconds == 0 ? NEVER : now + seconds * SECOND;
  }

  /// Takes one decoded frame and delivers the packet in it, if there is one.
  ///
  /// @param b holds the frame, valid during the call; the link may change it there
  /// @param afterLoss whether something was lost or damaged before this frame, the decoder's
  ///   [FrameBatch#AFTER_LOSS]
  /// @param sink gets the packet, during the call, in an array that is `b` or the link's own
  public void receive(
      byte[] b, int offset, int length, boolean afterLoss, long now, PacketSink sink) {
    if (up) {
      deliver(b, offset, length, sink);
    }
  }

  private void deliver(byte[] b, int offset, int length, PacketSink sink) {
    int size = Ip.check(b, offset, length);
    if (size < 0 || (Ip.version(b, offset) == Ipv4.VERSION && !Ipv4.isHeaderIntact(b, offset))) {
      receivedDamaged++;
      return;
    }
    receivedPackets++;
    receivedOctets += size;
    sink.packet(b, offset, size);
  }

  /// Says how many END octets have arrived since the last call, in frames or between them: each
  /// shows that the peer lives.
  public void ends(long count, long now) {
    if (count > 0) {
      endSeen = true;
    }
  }

  /// Makes a frame of one packet.
  ///
  /// @param packet the caller's, not changed
  /// @param out gets the frame; empty, it must have room for the MTU
  /// @return [#ADDED], [#DROPPED] or [#NO_ROOM]
  public int encapsulate(byte[] packet, int offset, int length, FrameBatch out, long now) {
    if (!up) {
      sendDown++;
      return DROPPED;
    }
    int size = Ip.check(packet, offset, length);
    if (size < 0) {
      // Not only useless to the peer: in CSLIP it could be taken for a compressed header.
      sendMalformed++;
      return DROPPED;
    }
    if (size > config.mtu()) {
      sendTooLong++;
      return DROPPED;
    }
    if (config.noIcmp()
        && Ip.version(packet, offset) == Ipv4.VERSION
        && Ipv4.protocol(packet, offset) == Ip.ICMP) {
      sendRefused++;
      return DROPPED;
    }
    if (!out.add(packet, offset, size, 0)) {
      return NO_ROOM;
    }
    sentPackets++;
    sentOctets += size;
    sentSinceTick = true;
    fillDue = false;
    return ADDED;
  }

  /// Says that frames which [#encapsulate] has made did not reach the line, so that the peer can't
  /// know what was in them.
  public void framesDropped() {}

  /// Adds a frame that the link itself wants to send: of length 0, for the encoder to make a lone
  /// END of it.
  ///
  /// @return whether a frame was added; if not, there is none, or no room
  public boolean pollTransmit(FrameBatch out, long now) {
    if (!fillDue || !out.add(out.buffer(), 0, 0, 0)) {
      return false;
    }
    fillDue = false;
    fills++;
    return true;
  }

  /// The time at which [#handleTimeout(long)] must be called, [Long#MAX_VALUE] for never.
  public long pollTimeout() {
    return Math.min(keepaliveDeadline, outfillDeadline);
  }

  /// Does what is due. As on Linux both timers tick, and look at each tick what has happened since
  /// the one before: silence is noticed after one to two periods.
  public void handleTimeout(long now) {
    if (now >= keepaliveDeadline) {
      if (endSeen) {
        endSeen = false;
        keepaliveDeadline = deadline(config.keepalive(), now);
      } else {
        keepaliveDeadline = NEVER;
        events.add(new SlipEvent.KeepaliveLost());
      }
    }
    if (now >= outfillDeadline) {
      fillDue = !sentSinceTick;
      sentSinceTick = false;
      outfillDeadline = deadline(config.outfill(), now);
    }
  }

  /// Takes the oldest event that was not taken yet; null if there is none.
  public @Nullable SlipEvent pollEvent() {
    return events.poll();
  }

  /// The counters as they are now.
  public SlipStatistics statistics() {
    return new SlipStatistics(
        receivedPackets,
        receivedOctets,
        receivedDamaged,
        sentPackets,
        sentOctets,
        sendTooLong,
        sendMalformed,
        sendRefused,
        sendDown,
        fills);
  }
}
