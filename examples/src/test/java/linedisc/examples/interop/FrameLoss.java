package linedisc.examples.interop;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import linedisc.serial.port.AlteringUser;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;

/// A line on which whole frames vanish in either direction, so that neither end can see that
/// something is missing.
final class FrameLoss extends ForwardingTransport {
  /// What ends a frame of SLIP.
  static final int SLIP_END = 0xc0;

  /// What ends a frame of PPP.
  static final int PPP_FLAG = 0x7e;

  private final Direction received;
  private final Direction sent;

  /// @param line that was not started
  /// @param end the octet that ends frames
  /// @param percent of the frames that vanish
  FrameLoss(SerialTransport line, int end, int percent, long seed) {
    super(line);
    this.received = new Direction((byte) end, percent, seed);
    this.sent = new Direction((byte) end, percent, ~seed);
  }

  /// Frames that have vanished so far, in both directions. Any thread.
  long lost() {
    return received.lost.get() + sent.lost.get();
  }

  @Override
  public void start(TransportUser user) {
    line().start(new Losing(user));
  }

  private final class Losing extends AlteringUser {
    Losing(TransportUser user) {
      super(user);
    }

    @Override
    protected int received(byte[] buffer, int offset, int length) {
      return received.pass(buffer, offset, length);
    }

    @Override
    protected int sent(byte[] buffer, int offset, int length) {
      return sent.pass(buffer, offset, length);
    }
  }

  /// One way of the line. One thread.
  private static final class Direction {
    private final byte end;
    private final int percent;
    private final SplittableRandom random;
    private final AtomicLong lost = new AtomicLong();
    private boolean first = true;
    private boolean losing;

    Direction(byte end, int percent, long seed) {
      this.end = end;
      this.percent = percent;
      this.random = new SplittableRandom(seed);
    }

    /// Closes up over what vanishes. The octet that ends a frame belongs to it; between two of them
    /// there is nothing to lose.
    ///
    /// @return octets that are left
    int pass(byte[] buffer, int offset, int length) {
      int to = offset;
      for (int from = offset; from < offset + length; from++) {
        byte octet = buffer[from];
        if (first && octet != end) {
          losing = random.nextInt(100) < percent;
          lost.addAndGet(losing ? 1 : 0);
        }
        if (!losing) {
          buffer[to++] = octet;
        }
        first = octet == end;
        losing &= !first;
      }
      return to - offset;
    }
  }
}
