package linedisc.serial.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A wire in memory with two ends, each a [SerialTransport]: what one end sends the other receives,
/// at the speed of a line, in order and undamaged. Wrap an end in a [FaultTransport] for errors.
///
/// A wire moves only when it is stepped. Tests step one themselves, with a clock of their own:
/// after [#step] nothing happens before [#pollTimeout]. For real time a [NullModemPump] steps any
/// number of them with one thread.
public final class NullModem {
  private static final int LARGEST_PIECE = 1024;
  private static final int SMALLEST_PIECE = 16;
  private static final int PIECES_PER_SECOND = 100;
  private static final long BITS_PER_OCTET = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// Ends that answer each other at once could go on for ever at an unlimited speed.
  private static final int LONGEST_EXCHANGE = 64;

  private final String name;
  private final int speed;
  private final End left;
  private final End right;
  private final Runnable ready;
  private long now;

  /// A wire that its owner steps.
  ///
  /// @param name for people
  /// @param speed bits per second, ten an octet, each direction; 0: no limit
  /// @param ready called, by any thread, when there may be something to step; it must not step
  ///   there and then
  public NullModem(String name, int speed, Runnable ready) {
    if (speed < 0) {
      throw new IllegalArgumentException("a speed of " + speed);
    }
    this.name = name;
    this.speed = speed;
    this.ready = ready;
    this.left = new End("left");
    this.right = new End("right");
    left.peer = right;
    right.peer = left;
  }

  /// One end.
  public SerialTransport left() {
    return left;
  }

  /// The other end.
  public SerialTransport right() {
    return right;
  }

  /// Pulls the wire out: at the next step both ends hang up. What is on the wire is lost.
  public void hangUp() {
    left.pulled = true;
    right.pulled = true;
    ready.run();
  }

  /// Moves what is due. The users' methods are called from here.
  ///
  /// @param now nanoseconds of any clock that does not go back
  public synchronized void step(long now) {
    this.now = now;
    for (int i = 0; i < LONGEST_EXCHANGE; i++) {
      boolean moved = left.advance(now);
      moved |= right.advance(now);
      if (!moved) {
        return;
      }
    }
  }

  /// When [#step] has something to do next: the time of the last step if at once, [Long#MAX_VALUE]
  /// if nothing is on its way and nobody has said that there is work.
  public synchronized long pollTimeout() {
    return Math.min(left.due(), right.due());
  }

  @Override
  public String toString() {
    return name;
  }

  private final class End implements SerialTransport {
    private final String side;
    private final byte[] piece =
        new byte
            [speed == 0
                ? LARGEST_PIECE
                : Math.clamp(
                    speed / BITS_PER_OCTET / PIECES_PER_SECOND, SMALLEST_PIECE, LARGEST_PIECE)];
    private @Nullable End peer;
    private volatile @Nullable TransportUser user;
    private volatile boolean work;
    private volatile boolean pulled;
    private volatile boolean closed;
    private boolean hungUp;
    // The piece that is on the wire, and when its first octet was sent.
    private int length;
    private int delivered;
    private long sentAt;

    End(String side) {
      this.side = side;
    }

    @Override
    public String name() {
      return name + " (" + side + ")";
    }

    @Override
    public int speed() {
      return speed;
    }

    @Override
    public void start(TransportUser newUser) {
      synchronized (NullModem.this) {
        if (user != null) {
          throw new IllegalStateException(name() + " has been started before");
        }
        user = newUser;
      }
      workReady();
    }

    @Override
    public void workReady() {
      work = true;
      ready.run();
    }

    private End peer() {
      if (peer == null) {
        throw new AssertionError("half a wire");
      }
      return peer;
    }

    private long due() {
      if (delivered < length) {
        return sentAt + duration(length);
      }
      boolean toHangUp = pulled && !hungUp && !closed && user != null;
      return toHangUp || (work && !pulled && !closed && user != null) ? now : Long.MAX_VALUE;
    }

    /// Sends what this end has to send.
    ///
    /// @return whether anything has happened
    private boolean advance(long now) {
      TransportUser sender = user;
      if (sender == null || closed || hungUp) {
        return false;
      }
      if (pulled) {
        hungUp = true;
        length = 0;
        delivered = 0;
        sender.hungUp(new HangUp.PeerClosed());
        return true;
      }
      boolean moved = false;
      if (delivered == length) {
        moved = send(sender, now);
      }
      return deliver(now) || moved;
    }

    private boolean send(TransportUser sender, long now) {
      if (!work) {
        return false;
      }
      // Taken back before asking: work that comes meanwhile sets it again.
      work = false;
      long end = sentAt + duration(length);
      boolean backToBack = length > 0 && speed > 0;
      length = sender.fill(piece, 0, piece.length);
      delivered = 0;
      sentAt = backToBack ? end : now;
      if (length > 0) {
        work = true;
      }
      return length > 0;
    }

    private boolean deliver(long now) {
      int due = speed == 0 ? length : octets(now - sentAt);
      if (due <= delivered) {
        return false;
      }
      int from = delivered;
      delivered = due;
      peer().receive(piece, from, due - from);
      return true;
    }

    private int octets(long nanos) {
      if (nanos >= duration(length)) {
        return length;
      }
      return (int) (nanos * speed / (BITS_PER_OCTET * NANOS_PER_SECOND));
    }

    private long duration(int octets) {
      return speed == 0 ? 0 : octets * BITS_PER_OCTET * NANOS_PER_SECOND / speed;
    }

    private void receive(byte[] octets, int off, int len) {
      TransportUser receiver = user;
      if (receiver != null && !closed && !hungUp) {
        receiver.input(receiver.mark(), octets, off, len);
      }
    }

    /// Hands over at once what is still to be sent, however short `drain` is, unless it is zero.
    @Override
    public CloseResult close(Duration drain) {
      synchronized (NullModem.this) {
        TransportUser sender = user;
        if (!closed && !pulled && sender != null && !drain.isZero()) {
          do {
            peer().receive(piece, delivered, length - delivered);
            delivered = 0;
            length = sender.fill(piece, 0, piece.length);
          } while (length > 0);
        }
        closed = true;
        length = 0;
        delivered = 0;
        peer().pulled = true;
      }
      ready.run();
      return CloseResult.CLOSED;
    }
  }
}
