package linedisc.examples.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;

/// Sends Echo Requests, one at a time, and takes the time until the reply.
final class Pinger {
  private static final int DATA = 56;
  private static final int IDENTIFIER = 0x1d15;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BlockingQueue<Integer> replies = new ArrayBlockingQueue<>(64);
  private int sequence;

  /// Round-trip times in microseconds, in order; shorter than asked for when replies were lost.
  ///
  /// @throws NetException when the interface is gone
  long[] ping(NetInterface out, int from, int to, int count)
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
      out.send(packet, 0, packet.length);
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

  /// A reply has come; dropped if nobody takes them. Any thread; does not wait.
  boolean reply(int echoSequence) {
    return replies.offer(echoSequence);
  }
}
