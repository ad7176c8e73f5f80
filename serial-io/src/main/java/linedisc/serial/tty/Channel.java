package linedisc.serial.tty;

import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// One use of a port by a discipline: the protocol's state and the buffers around it. Whoever has
/// another channel before him has nothing left over from this one.
final class Channel {
  private static final int BATCH_OCTETS = 4096;
  private static final int BATCH_FRAMES = 64;

  private final LineDiscipline discipline;
  private final @Nullable Line line;
  private final LineProtocol protocol;

  /// The reader's.
  private final FrameBatch received;

  /// The writer's.
  private final FrameBatch sending;

  /// The writer's: one frame's octets that did not fit into the transport's buffer.
  private final byte[] encoded;

  /// An unused channel.
  ///
  /// @param line what the protocol was given; null: nothing
  Channel(LineDiscipline discipline, @Nullable Line line, LineProtocol protocol) {
    this.discipline = discipline;
    this.line = line;
    this.protocol = protocol;
    int octets = Math.max(BATCH_OCTETS, protocol.maxFrame());
    this.received = new FrameBatch(octets, BATCH_FRAMES);
    this.sending = new FrameBatch(octets, BATCH_FRAMES);
    this.encoded = new byte[protocol.maxEncodedLength(protocol.maxFrame())];
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
    return received;
  }

  FrameBatch sending() {
    return sending;
  }

  byte[] encoded() {
    return encoded;
  }
}
