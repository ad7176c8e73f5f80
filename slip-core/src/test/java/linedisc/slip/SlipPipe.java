package linedisc.slip;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.UnaryOperator;
import linedisc.slip.vj.TcpConversation;
import org.jspecify.annotations.Nullable;

/// One direction of a SLIP line: the sending engine, its encoder, the octets on the line, the
/// decoder and the receiving engine.
final class SlipPipe implements TcpConversation.Line {
  private final SlipLink sender;
  private final SlipLink receiver;
  private final UnaryOperator<byte[]> line;
  private final @Nullable SlipDecoder decoder;
  private final @Nullable SixBitDecoder sixBitDecoder;
  private final FrameBatch out;
  private final FrameBatch in;
  private final Queue<byte[]> arrived = new ArrayDeque<>();

  long octets;

  /// @param line what becomes of the octets of one frame on the way
  SlipPipe(SlipLink sender, SlipLink receiver, UnaryOperator<byte[]> line) {
    this.sender = sender;
    this.receiver = receiver;
    this.line = line;
    int longest = receiver.config().maxReceiveLength();
    boolean sixBit = receiver.config().mode().isSixBit();
    decoder = sixBit ? null : new SlipDecoder(longest);
    sixBitDecoder = sixBit ? new SixBitDecoder(longest) : null;
    out = new FrameBatch(sender.config().mtu(), 4);
    in = new FrameBatch(4 * longest, 64);
  }

  @Override
  public byte @Nullable [] carry(byte[] packet) {
    out.clear();
    int result = sender.encapsulate(packet, 0, packet.length, out, 0);
    if (result != SlipLink.ADDED) {
      throw new AssertionError("encapsulate returned " + result);
    }
    byte[] encoded = new byte[SlipEncoder.maxEncodedLength(packet.length)];
    int length =
        decoder != null
            ? SlipEncoder.encode(out.buffer(), out.offset(0), out.length(0), encoded, 0)
            : SixBitEncoder.encode(out.buffer(), out.offset(0), out.length(0), encoded, 0);
    octets += length;
    receive(line.apply(Arrays.copyOf(encoded, length)));
    return arrived.poll();
  }

  private void receive(byte[] encoded) {
    in.clear();
    int reached =
        sixBitDecoder != null
            ? sixBitDecoder.decode(encoded, 0, encoded.length, in)
            : decoder != null ? decoder.decode(encoded, 0, encoded.length, in) : -1;
    if (reached != encoded.length) {
      throw new AssertionError("decoder stopped at " + reached);
    }
    for (int i = 0; i < in.count(); i++) {
      receiver.receive(
          in.buffer(),
          in.offset(i),
          in.length(i),
          (in.mark(i) & FrameBatch.AFTER_LOSS) != 0,
          0,
          (b, at, n) -> arrived.add(Arrays.copyOfRange(b, at, at + n)));
    }
  }
}
