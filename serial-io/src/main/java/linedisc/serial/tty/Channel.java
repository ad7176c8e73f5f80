package linedisc.serial.tty;

import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// One use of a port by a discipline: the protocol's state and the buffers around it. Whoever has
/// another channel before him has nothing left over from this one.
///
/// A buffer comes when its owner first asks for it: most ports have spent their time as raw ones
/// before the first octet, and many links never send a frame that does not fit.
final class Channel {
  private static final int BATCH_OCTETS = 4096;
  private static final int BATCH_FRAMES = 64;

  private final LineDiscipline discipline;
  private final @Nullable Line line;
  private final LineProtocol protocol;
  private final int batchOctets;
  private final int batchFrames;

  /// The reader's.
  private @Nullable FrameBatch received;

  /// The writer's.
  private @Nullable FrameBatch sending;

  /// The writer's: one frame's octets that did not fit into the transport's buffer.
  private byte @Nullable [] encoded;

  private Channel(
      LineDiscipline discipline,
      @Nullable Line line,
      LineProtocol protocol,
      int batchOctets,
      int batchFrames) {
    this.discipline = discipline;
    this.line = line;
    this.protocol = protocol;
    this.batchOctets = batchOctets;
    this.batchFrames = batchFrames;
  }

  /// An unused channel.
  ///
  /// @param line what the protocol was given
  Channel(LineDiscipline discipline, Line line, LineProtocol protocol) {
    this(discipline, line, protocol, Math.max(BATCH_OCTETS, protocol.maxFrame()), BATCH_FRAMES);
  }

  /// An unused channel without a discipline of its own: octets as they come, one piece at a time.
  static Channel raw(RawDiscipline.Protocol protocol) {
    return new Channel(RawDiscipline.INSTANCE, null, protocol, protocol.maxFrame(), 1);
  }

  LineDiscipline discipline() {
    return discipline;
  }

  @Nullable Line line() {
    return line;
  }

  LineProtocol protocol() {
    return protocol;
  }

  FrameBatch received() {
    if (received == null) {
      received = new FrameBatch(batchOctets, batchFrames);
    }
    return received;
  }

  FrameBatch sending() {
    if (sending == null) {
      sending = new FrameBatch(batchOctets, batchFrames);
    }
    return sending;
  }

  byte[] encoded() {
    if (encoded == null) {
      encoded = new byte[protocol.maxEncodedLength(protocol.maxFrame())];
    }
    return encoded;
  }
}
