package linedisc.serial.port;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// A line that damages what passes, in both directions: around any other line.
///
/// Each direction has its own random sequence, so that the same seed and the same octets give the
/// same faults, whatever the other direction does.
public final class FaultTransport extends ForwardingTransport {
  private final Faults received;
  private final Faults sent;

  /// Puts faults on a line that was not started.
  ///
  /// @param bitErrorRate the share of bits that flip, 0 to 1
  /// @param dropRate the share of octets that vanish, 0 to 1
  public FaultTransport(SerialTransport line, double bitErrorRate, double dropRate, long seed) {
    super(line);
    this.received = new Faults(bitErrorRate, dropRate, seed);
    this.sent = new Faults(bitErrorRate, dropRate, ~seed);
  }

  /// Octets damaged or dropped so far, both directions.
  public long faults() {
    return received.count() + sent.count();
  }

  @Override
  public void start(TransportUser user) {
    line().start(new Damaging(user));
  }

  private final class Damaging extends AlteringUser {
    Damaging(TransportUser user) {
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

  /// One direction's faults. One thread at a time.
  private static final class Faults {
    private final SplittableRandom random;
    private final double bitErrorRate;
    private final double dropRate;
    private final AtomicLong count = new AtomicLong();
    private long bitsToNextError;
    private long octetsToNextDrop;

    Faults(double bitErrorRate, double dropRate, long seed) {
      this.random = new SplittableRandom(seed);
      this.bitErrorRate = bitErrorRate;
      this.dropRate = dropRate;
      this.bitsToNextError = distance(bitErrorRate);
      this.octetsToNextDrop = distance(dropRate);
    }

    long count() {
      return count.get();
    }

    /// Damages octets in place and closes the gaps.
    ///
    /// @return how many are left
    int pass(byte[] b, int off, int len) {
      int to = off;
      for (int from = off; from < off + len; from++) {
        int octet = b[from];
        while (bitsToNextError < 8) {
          octet ^= 1 << bitsToNextError;
          bitsToNextError += 1 + distance(bitErrorRate);
          count.incrementAndGet();
        }
        bitsToNextError -= 8;
        if (octetsToNextDrop-- == 0) {
          octetsToNextDrop = distance(dropRate);
          count.incrementAndGet();
        } else {
          b[to++] = (byte) octet;
        }
      }
      return to - off;
    }

    /// How many are spared before the next one is hit: a geometric distribution.
    private long distance(double rate) {
      if (rate <= 0) {
        return Long.MAX_VALUE / 2;
      }
      if (rate >= 1) {
        return 0;
      }
      return (long) (Math.log(1 - random.nextDouble()) / Math.log1p(-rate));
    }
  }
}
