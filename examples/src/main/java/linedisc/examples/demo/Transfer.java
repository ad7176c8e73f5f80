package linedisc.examples.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Udp;

/// A bulk transfer of UDP datagrams whose payload the receiver can compute for itself:
///
///     0      8        16
///     +------+--------+----------------------
///     | run  | number | words of a sequence that run and number decide
///
/// so that a datagram that is damaged, doubled, out of order or of another run is told.
final class Transfer {
  private static final int PORT = 7777;
  private static final int HEADERS = Ipv4.HEADER_LENGTH + Udp.HEADER_LENGTH;
  private static final int RUN = HEADERS;
  private static final int NUMBER = HEADERS + 8;
  private static final int WORDS = HEADERS + 16;
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
      if (length < WORDS || Udp.destinationPort(b, offset + Ipv4.headerLength(b, offset)) != PORT) {
        return false;
      }
      if (getLong(b, offset + RUN) != run) {
        // Left over on the line from before the interface was destroyed; were it of this run and
        // damaged, it would be missing.
        return true;
      }
      long number = getLong(b, offset + NUMBER);
      fill(expected, length, run, number);
      boolean same = number == next;
      for (int i = RUN; i < length && same; i++) {
        same = b[offset + i] == expected[i];
      }
      if (same && Udp.isIntact(b, offset, offset + Ipv4.HEADER_LENGTH)) {
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
      fill(packet, length, run, number);
      Ipv4.write(packet, 0, 0, (int) number & 0xffff, 64, Ip.UDP, from, to, length - 20);
      Udp.write(packet, Ipv4.HEADER_LENGTH, PORT, PORT, length - HEADERS);
      Udp.seal(packet, 0, Ipv4.HEADER_LENGTH);
      out.send(packet, 0, length);
      number++;
      listener.sent(sent);
    }
    return number;
  }

  private static void fill(byte[] b, int length, long run, long number) {
    putLong(b, RUN, run);
    putLong(b, NUMBER, number);
    long state = run * 0x9e3779b97f4a7c15L + number;
    for (int i = WORDS; i < length; i += 8) {
      // SplitMix64: every word depends on run, number and place.
      state += 0x9e3779b97f4a7c15L;
      long word = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
      word ^= word >>> 27;
      if (i + 8 <= length) {
        putLong(b, i, word);
      } else {
        for (int j = i; j < length; j++) {
          b[j] = (byte) (word >>> (8 * (j - i)));
        }
      }
    }
  }

  private static final java.lang.invoke.VarHandle LONG =
      java.lang.invoke.MethodHandles.byteArrayViewVarHandle(
          long[].class, java.nio.ByteOrder.BIG_ENDIAN);

  private static void putLong(byte[] b, int at, long value) {
    LONG.set(b, at, value);
  }

  private static long getLong(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }
}
