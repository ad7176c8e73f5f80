package linedisc.slip;

import java.util.ArrayDeque;
import java.util.Queue;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.vj.VjCompressor;
import linedisc.slip.vj.VjDecompressor;
import linedisc.slip.vj.VjStatistics;
import linedisc.slip.vj.VjType;
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
/// header checksum, or an IPv6 packet that isn't cut; octets after its end are left out. Of the
/// headers that are compressed see [VjDecompressor].
///
/// With CSLIP the first octet of a frame also has its type (RFC 1144 section 3.2.1): 0x4_ is an IP
/// packet, and so is 0x6_; 0x7_ is an uncompressed TCP packet; with bit 7 it is a compressed one.
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

  private static final int COMPRESSED = 0x80;
  private static final int UNCOMPRESSED = 0x70;

  /// The shortest TCP packet: what turns compression on must be at least that (BSD's sl(4)).
  private static final int MIN_UNCOMPRESSED = 40;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000_000L;

  private final SlipConfig config;
  private final Queue<SlipEvent> events = new ArrayDeque<>(2);

  // Null if nothing is ever compressed, as is the room for packets that grow.
  private final @Nullable VjCompressor compressor;
  private final @Nullable VjDecompressor decompressor;
  private final byte[] rebuilt;

  private boolean up;
  private boolean compressing;

  private long keepaliveDeadline = NEVER;
  private boolean endSeen;

  private long outfillDeadline = NEVER;
  private boolean sentSinceTick;
  private boolean fillDue;

  private long receivedPackets;
  private long receivedOctets;
  private long receivedDamaged;
  private long receivedTooEarly;
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
    if (config.mode().mayCompress()) {
      compressor = new VjCompressor(config.vjSlots(), true);
      decompressor = new VjDecompressor(config.vjSlots());
      rebuilt = new byte[config.maxReceiveLength() + VjDecompressor.MAX_GROWTH];
    } else {
      compressor = null;
      decompressor = null;
      rebuilt = new byte[0];
    }
  }

  /// The settings.
  public SlipConfig config() {
    return config;
  }

  /// The line can carry frames: starts afresh, with nothing remembered of the peer before.
  public void lowerUp(long now) {
    up = true;
    events.clear();
    compressing = config.mode().mayCompress() && config.mode() != SlipMode.ADAPTIVE;
    if (compressor != null) {
      compressor.reset();
    }
    if (decompressor != null) {
      decompressor.reset();
    }
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
  /// @param b holds the frame, valid during the call, not changed
  /// @param afterLoss whether something was lost or damaged before this frame, the decoder's
  ///   [FrameBatch#AFTER_LOSS]
  /// @param sink gets the packet, during the call, in an array that is `b` or the link's own
  public void receive(
      byte[] b, int offset, int length, boolean afterLoss, long now, PacketSink sink) {
    if (!up) {
      return;
    }
    if (decompressor == null || length == 0) {
      receivePlain(b, offset, length, sink);
      return;
    }
    if (afterLoss) {
      decompressor.toss();
    }
    int first = b[offset] & 0xff;
    if (first >= COMPRESSED) {
      receiveTcp(decompressor, VjType.COMPRESSED_TCP, b, offset, length, sink);
    } else if (first >= UNCOMPRESSED) {
      receiveTcp(decompressor, VjType.UNCOMPRESSED_TCP, b, offset, length, sink);
    } else if (!receivePlain(b, offset, length, sink)) {
      // It may have been anything before it was damaged.
      decompressor.toss();
    }
  }

  private boolean receivePlain(byte[] b, int offset, int length, PacketSink sink) {
    int size = Ip.check(b, offset, length);
    if (size < 0 || (Ip.version(b, offset) == Ipv4.VERSION && !Ipv4.isHeaderIntact(b, offset))) {
      receivedDamaged++;
      return false;
    }
    deliver(b, offset, size, sink);
    return true;
  }

  private void receiveTcp(
      VjDecompressor decompressor, VjType type, byte[] b, int offset, int length, PacketSink sink) {
    if (!compressing && (type == VjType.COMPRESSED_TCP || length < MIN_UNCOMPRESSED)) {
      receivedTooEarly++;
      return;
    }
    int size = decompressor.decompress(type, b, offset, length, rebuilt, 0);
    if (size < 0) {
      return;
    }
    if (!compressing) {
      compressing = true;
      events.add(new SlipEvent.CompressionOn());
    }
    deliver(rebuilt, 0, size, sink);
  }

  private void deliver(byte[] b, int offset, int size, PacketSink sink) {
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
    int at = out.claim(size);
    if (at < 0) {
      return NO_ROOM;
    }
    out.commit(writeFrame(packet, offset, size, out.buffer(), at), 0);
    sentPackets++;
    sentOctets += size;
    sentSinceTick = true;
    fillDue = false;
    return ADDED;
  }

  /// Writes the frame of a packet.
  ///
  /// @return its octets, at most `size`
  private int writeFrame(byte[] packet, int offset, int size, byte[] frame, int at) {
    if (compressor == null || !compressing) {
      System.arraycopy(packet, offset, frame, at, size);
      return size;
    }
    int length = compressor.compress(packet, offset, size, frame, at);
    frame[at] |=
        (byte)
            switch (compressor.type()) {
              case IP -> 0;
              case UNCOMPRESSED_TCP -> UNCOMPRESSED;
              case COMPRESSED_TCP -> COMPRESSED;
            };
    return length;
  }

  /// Says that frames which [#encapsulate] has made did not reach the line, so that the peer can't
  /// know what was in them.
  public void framesDropped() {
    if (compressor != null) {
      compressor.reset();
    }
  }

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
        receivedTooEarly,
        sentPackets,
        sentOctets,
        sendTooLong,
        sendMalformed,
        sendRefused,
        sendDown,
        fills,
        VjStatistics.of(compressor, decompressor));
  }
}
