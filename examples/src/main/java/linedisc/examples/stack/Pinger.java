package linedisc.examples.stack;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.net.NetException;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;

/// Sends Echo Requests, one at a time, and takes the time until the reply. Replies come by
/// [#packet], from the forwarder. For one thread.
public final class Pinger implements LocalDelivery {
  /// How a request leaves.
  @FunctionalInterface
  public interface Way {
    /// Sends a packet.
    void send(byte[] buffer, int offset, int length) throws NetException, InterruptedException;
  }

  private static final int DATA = 56;
  private static final int IDENTIFIER = 0x1d15;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BlockingQueue<Integer> replies = new ArrayBlockingQueue<>(64);
  private int sequence;

  /// Nobody has been asked.
  public Pinger() {}

  /// Round-trip times in microseconds, in order; shorter than asked for when replies were lost.
  ///
  /// @param from our IPv4 address, first octet most significant
  /// @param to whom to ask
  /// @throws NetException what `way` throws
  public long[] ping(Way way, int from, int to, int count)
      throws NetException, InterruptedException {
    byte[] packet = new byte[Ipv4.HEADER_LENGTH + Icmp.HEADER_LENGTH + DATA];
    long[] times = new long[count];
    int answered = 0;
    for (int i = 0; i < count; i++) {
      sequence = (sequence + 1) & 0xffff;
      int at = Ipv4.write(packet, 0, 0, sequence, 64, Ip.ICMP, from, to, Icmp.HEADER_LENGTH + DATA);
      Icmp.writeEcho(packet, at, Icmp.ECHO, IDENTIFIER, sequence);
      Icmp.seal(packet, at, Icmp.HEADER_LENGTH + DATA);
      long sent = System.nanoTime();
      way.send(packet, 0, packet.length);
      if (await(sequence, sent + PATIENCE.toNanos())) {
        times[answered++] = (System.nanoTime() - sent) / 1000;
      }
    }
    return Arrays.copyOf(times, answered);
  }

  private boolean await(int wanted, long deadline) throws InterruptedException {
    for (; ; ) {
      Integer reply = replies.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (reply == null || reply == wanted) {
        return reply != null;
      }
    }
  }

  /// Takes Echo Replies; those that nobody waits for are dropped. Any thread; does not wait.
  @Override
  public boolean packet(byte[] b, int offset, int length) {
    if (Ip.version(b, offset) != Ipv4.VERSION || Ipv4.protocol(b, offset) != Ip.ICMP) {
      return false;
    }
    int header = Ipv4.headerLength(b, offset);
    return Icmp.check(b, offset + header, length - header) != Ip.MALFORMED
        && Icmp.type(b, offset + header) == Icmp.ECHO_REPLY
        && replies.offer(Icmp.sequence(b, offset + header));
  }
}
