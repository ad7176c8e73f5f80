package linedisc.examples.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import linedisc.examples.stack.CheckedDatagram;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;

/// A bulk transfer of datagrams that the receiver can check octet by octet.
final class Transfer {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Transfer() {}

  /// Checks what arrives, one run at a time. Fed by one reader's thread.
  static final class Receiver {
    private final byte[] expected = new byte[LinkKind.MTU];
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile long run;
    private volatile long next;

    /// Expects another run, from its beginning.
    void begin(long newRun) {
      next = 0;
      run = newRun;
    }

    /// A checked IPv4 packet with UDP in it.
    boolean packet(byte[] b, int offset, int length) {
      if (!CheckedDatagram.isOne(b, offset, length)) {
        return false;
      }
      if (CheckedDatagram.run(b, offset) != run) {
        // Left over on the line from before the interface was destroyed; were it of this run and
        // damaged, it would be missing.
        return true;
      }
      long number = CheckedDatagram.number(b, offset);
      if (number == next && CheckedDatagram.isIntact(b, offset, length, expected)) {
        packets.incrementAndGet();
        octets.addAndGet(length);
        next = number + 1;
      } else {
        errors.incrementAndGet();
      }
      return true;
    }

    long packets() {
      return packets.get();
    }

    /// Octets of checked packets, headers included.
    long octets() {
      return octets.get();
    }

    long errors() {
      return errors.get();
    }

    /// Checked datagrams of this run.
    long received() {
      return next;
    }

    /// Waits until `count` datagrams of this run have come, as long as more come.
    ///
    /// @return how many have not
    long await(long count) throws InterruptedException {
      long seen = -1;
      long since = System.nanoTime();
      while (next < count) {
        if (next != seen) {
          seen = next;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
          break;
        }
        Thread.sleep(1);
      }
      return count - next;
    }
  }

  /// What is told while a transfer runs.
  interface Listener {
    /// So many octets have been sent.
    void sent(long octets);
  }

  /// Sends datagrams until there were `octets` of them, headers included.
  ///
  /// @return how many
  /// @throws NetException when the interface is gone
  static long send(NetInterface out, int from, int to, long run, long octets, Listener listener)
      throws NetException, InterruptedException {
    int length = Math.min(out.mtu(), LinkKind.MTU);
    byte[] packet = new byte[length];
    long number = 0;
    for (long sent = 0; sent < octets; sent += length) {
      CheckedDatagram.write(packet, length, from, to, run, number);
      out.send(packet, 0, length);
      number++;
      listener.sent(sent);
    }
    return number;
  }
}
