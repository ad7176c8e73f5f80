package linedisc.serial.tty;

import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.SixBitDecoder;
import linedisc.slip.SixBitEncoder;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipDecoder;
import linedisc.slip.SlipEncoder;
import linedisc.slip.SlipEvent;
import linedisc.slip.SlipLink;
import linedisc.slip.SlipStatistics;
import org.jspecify.annotations.Nullable;

/// One binding of [SlipDiscipline]: frames on either side, a [SlipLink] between them.
public final class SlipProtocol implements LineProtocol {
  private final Line line;
  private final SlipLink link;

  /// The reader's: one of the two is there.
  private final @Nullable SlipDecoder decoder;

  private final @Nullable SixBitDecoder sixBitDecoder;

  /// The reader's: END octets that the engine has been told of.
  private long endsTold;

  /// A packet on its way from the queue into the batch. Port lock.
  private final byte[] packet;

  /// Octets in [#packet] for which a batch had no room: they go first into the next one. Port lock.
  private int waiting;

  /// The writer's: the line may hold half a frame of somebody else.
  private boolean unclean = true;

  SlipProtocol(Line line, SlipConfig config) {
    this.line = line;
    this.link = new SlipLink(config);
    boolean sixBit = config.mode().isSixBit();
    this.decoder = sixBit ? null : new SlipDecoder(config.maxReceiveLength());
    this.sixBitDecoder = sixBit ? new SixBitDecoder(config.maxReceiveLength()) : null;
    this.packet = new byte[maxFrame()];
  }

  /// The link's counters. Any thread.
  ///
  /// @return null: the binding has ended
  public @Nullable SlipStatistics statistics() {
    var result = new SlipStatistics[1];
    return line.perform((network, now) -> result[0] = link.statistics()) ? result[0] : null;
  }

  @Override
  public int maxFrame() {
    return Math.max(link.config().maxReceiveLength(), link.config().mtu());
  }

  @Override
  public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
    return decoder != null
        ? decoder.decode(buffer, offset, end, frames)
        : sixBit().decode(buffer, offset, end, frames);
  }

  @Override
  public boolean wantsDelivery(FrameBatch frames) {
    return frames.count() > 0 || (link.config().keepalive() > 0 && ends() != endsTold);
  }

  @Override
  public void deliver(FrameBatch frames, Network network, long now) {
    long ends = ends();
    link.ends(ends - endsTold, now);
    endsTold = ends;
    for (int i = 0; i < frames.count(); i++) {
      boolean afterLoss = (frames.mark(i) & FrameBatch.AFTER_LOSS) != 0;
      link.receive(frames.buffer(), frames.offset(i), frames.length(i), afterLoss, now, network);
    }
    postEvents();
  }

  @Override
  public void collect(FrameBatch frames, Network network, long now) {
    while (!frames.isFull() && take(network)) {
      if (link.encapsulate(packet, 0, waiting, frames, now) == SlipLink.NO_ROOM) {
        break;
      }
      waiting = 0;
    }
    while (link.pollTransmit(frames, now)) {
      // Each call adds one frame.
    }
  }

  /// Whether a packet stands in `packet`.
  private boolean take(Network network) {
    if (waiting == 0) {
      // Of a packet longer than the link's MTU the engine sees enough to drop and count it.
      waiting = Math.clamp(network.poll(packet, 0, packet.length), 0, packet.length);
    }
    return waiting > 0;
  }

  @Override
  public int maxEncodedLength(int length) {
    return 1
        + (decoder != null
            ? SlipEncoder.maxEncodedLength(length)
            : SixBitEncoder.maxEncodedLength(length));
  }

  @Override
  public int encode(FrameBatch frames, int index, byte[] target, int offset) {
    byte[] source = frames.buffer();
    int from = frames.offset(index);
    int length = frames.length(index);
    int written = 0;
    if (unclean) {
      // A lone END ends whatever the peer has of a frame, so that ours begins with a clean one.
      written = encode(source, from, 0, target, offset);
      unclean = false;
    }
    return written + encode(source, from, length, target, offset + written);
  }

  private int encode(byte[] source, int from, int length, byte[] target, int offset) {
    return decoder != null
        ? SlipEncoder.encode(source, from, length, target, offset)
        : SixBitEncoder.encode(source, from, length, target, offset);
  }

  @Override
  public void discarded() {
    unclean = true;
    line.perform((network, now) -> link.framesDropped());
  }

  @Override
  public boolean hasOutput() {
    return true;
  }

  @Override
  public long pollTimeout() {
    return link.pollTimeout();
  }

  @Override
  public void handleTimeout(Network network, long now) {
    link.handleTimeout(now);
    postEvents();
  }

  @Override
  public void lowerUp(Network network, long now) {
    link.lowerUp(now);
    network.setMtu(link.config().mtu());
    for (NetworkProtocol protocol : NetworkProtocol.values()) {
      network.opened(protocol);
    }
  }

  @Override
  public void lowerDown(Network network, long now) {
    for (NetworkProtocol protocol : NetworkProtocol.values()) {
      network.closed(protocol);
    }
    link.lowerDown(now);
    postEvents();
  }

  @Override
  public void interfaceGone(long now) {
    // SLIP says no goodbye.
  }

  private void postEvents() {
    for (SlipEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      line.post(event);
    }
  }

  private long ends() {
    return decoder != null ? decoder.ends() : sixBit().ends();
  }

  private SixBitDecoder sixBit() {
    if (sixBitDecoder == null) {
      throw new AssertionError("one of the two decoders is there");
    }
    return sixBitDecoder;
  }
}
