package linedisc.serial.forward.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import linedisc.serial.life.Clock;

/// A connection with the threads around it: [#read] and [#write] wait. One thread may read while
/// another writes; any may close.
///
/// The connection is guarded by this object's monitor, under which nothing is sent: segments leave
/// after it was let go, one thread at a time, so that they keep their order.
public final class TcpSocket implements AutoCloseable {
  /// How a packet leaves.
  interface Way {
    /// Sends the packet at the buffer's front; never waits.
    void send(byte[] b, int length);
  }

  private final TcpConnection connection;
  private final long via;
  private final Clock.Timer timer;
  private final InetAddress local;
  private final InetAddress remote;
  private final Way way;
  private final Runnable gone;

  /// Calls of [#transmit] that have not been answered.
  private final AtomicInteger asked = new AtomicInteger();

  /// The transmitting thread's.
  private final byte[] packet;

  private boolean left;

  /// @param connection connects already, and so can be aborted from the start
  TcpSocket(
      TcpConnection connection,
      long via,
      Clock clock,
      InetAddress local,
      InetAddress remote,
      int mtu,
      Way way,
      Runnable gone) {
    this.connection = connection;
    this.via = via;
    this.timer = clock.timer(this::timeout);
    this.local = local;
    this.remote = remote;
    this.packet = new byte[Math.max(mtu, 100)];
    this.way = way;
    this.gone = gone;
  }

  /// Index of the interface that its packets took when it was made.
  long via() {
    return via;
  }

  /// Sends the first segment, and waits until the connection is open.
  void connect() throws IOException, InterruptedException {
    transmit();
    synchronized (this) {
      while (connection.state() == TcpState.SYN_SENT) {
        wait();
      }
    }
    throwFailure();
  }

  /// Reads what has come; waits for some.
  ///
  /// @return how many octets; -1: the peer has ended
  /// @throws IOException the connection has ended before its time
  public int read(byte[] b, int offset, int length) throws IOException, InterruptedException {
    int octets;
    synchronized (this) {
      octets = connection.read(b, offset, length);
      while (octets == 0) {
        wait();
        octets = connection.read(b, offset, length);
      }
    }
    if (octets < 0) {
      throwFailure();
    } else {
      transmit();
    }
    return octets;
  }

  /// Writes all; waits for room.
  ///
  /// @throws IOException the connection has ended, or was closed here
  public void write(byte[] b, int offset, int length) throws IOException, InterruptedException {
    int done = 0;
    while (done < length) {
      synchronized (this) {
        int taken = connection.write(b, offset + done, length - done);
        while (taken == 0 && connection.isOpen()) {
          wait();
          taken = connection.write(b, offset + done, length - done);
        }
        if (taken == 0) {
          throwFailure();
          throw new IOException("the connection is closed");
        }
        done += taken;
      }
      transmit();
    }
  }

  /// We have no more to say; the peer may go on.
  @Override
  public void close() {
    synchronized (this) {
      connection.close();
    }
    transmit();
  }

  /// Ends it at once, if it has not ended.
  public void abort() {
    abort(TcpFailure.ABORTED);
  }

  /// As [#abort()]; who waits is told why.
  void abort(TcpFailure cause) {
    synchronized (this) {
      connection.abort(cause);
    }
    transmit();
  }

  /// A segment has come; not kept.
  void receive(byte[] b, int offset, int length) {
    synchronized (this) {
      connection.receive(b, offset, length, System.nanoTime());
    }
    transmit();
  }

  private void timeout() {
    synchronized (this) {
      connection.handleTimeout(System.nanoTime());
    }
    transmit();
  }

  /// Sends what is to be sent, wakes who waits, and sets the timer. Nobody else is waited for.
  private void transmit() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      for (int length = next(); length > 0; length = next()) {
        way.send(packet, length);
      }
      seen = asked.addAndGet(-seen);
    }
  }

  private int next() {
    boolean ended;
    synchronized (this) {
      int header = TcpStack.headerLength(remote);
      int segment = connection.pollTransmit(packet, header, System.nanoTime());
      if (segment > 0) {
        return TcpStack.wrap(packet, local, remote, segment);
      }
      timer.schedule(connection.pollTimeout());
      notifyAll();
      ended = connection.state() == TcpState.CLOSED && !left;
      left |= ended;
    }
    if (ended) {
      timer.cancel();
      gone.run();
    }
    return 0;
  }

  private synchronized void throwFailure() throws IOException {
    TcpFailure failure = connection.failure();
    if (failure != null) {
      throw new IOException(failure.text());
    }
  }
}
