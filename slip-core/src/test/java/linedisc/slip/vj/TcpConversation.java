package linedisc.slip.vj;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// TCP conversations between two hosts, the same for the same seed: several connections at a time,
/// in which both ends transfer in bulk, type and echo.
public final class TcpConversation {
  /// Carries a packet from one host to the other.
  public interface Line {
    /// What arrives, null for nothing.
    byte @Nullable [] carry(byte[] packet);
  }

  /// What the two ends of a connection do.
  public enum Kind {
    /// One way in full segments.
    BULK,
    /// Both ways at once.
    EXCHANGE,
    /// Keys one way, their echoes the other, here and there an urgent one.
    INTERACTIVE,
    /// One way to a reader who is slow, so that the window shuts.
    SLOW_READER
  }

  private static final class Flow {
    final Kind kind;
    final TcpEndpoint left;
    final TcpEndpoint right;
    final byte[] fromLeft;
    final byte[] fromRight;
    int typed;
    int echoed;

    Flow(Kind kind, TcpEndpoint left, TcpEndpoint right, byte[] fromLeft, byte[] fromRight) {
      this.kind = kind;
      this.left = left;
      this.right = right;
      this.fromLeft = fromLeft;
      this.fromRight = fromRight;
    }

    boolean isDone() {
      return left.isDone() && right.isDone();
    }
  }

  private static final int LEFT = 0x0a090001;
  private static final int RIGHT = 0x0a090002;
  private static final int TRAVEL = 2;

  private final SplittableRandom random;
  private final List<Flow> flows = new ArrayList<>();
  private int packets;

  /// @param connections how many, all at the same time
  /// @param octets how much each bulk transfer carries
  /// @param kinds what the connections do, one after the other; all if none is given
  public TcpConversation(
      long seed, int connections, int octets, boolean timestamps, Kind... kinds) {
    Kind[] choice = kinds.length == 0 ? Kind.values() : kinds;
    random = new SplittableRandom(seed);
    TcpEndpoint.Host leftHost = new TcpEndpoint.Host(LEFT);
    TcpEndpoint.Host rightHost = new TcpEndpoint.Host(RIGHT);
    rightHost.identification = random.nextInt(0x10000);
    for (int i = 0; i < connections; i++) {
      Kind kind = choice[(int) (seed + i) % choice.length];
      int mss = random.nextBoolean() ? 256 : 536;
      int port = 1024 + i;
      TcpEndpoint left =
          new TcpEndpoint(leftHost, port, RIGHT, 23, random.nextInt(), mss, timestamps);
      TcpEndpoint right =
          new TcpEndpoint(rightHost, 23, LEFT, port, random.nextInt(), mss, timestamps);
      int length = kind == Kind.INTERACTIVE ? Math.min(octets, 150) : octets;
      byte[] fromLeft = new byte[length];
      random.nextBytes(fromLeft);
      byte[] fromRight = new byte[0];
      switch (kind) {
        case BULK, SLOW_READER -> {
          left.write(fromLeft);
          left.close();
          right.close();
        }
        case EXCHANGE -> {
          fromRight = new byte[octets];
          random.nextBytes(fromRight);
          left.write(fromLeft);
          right.write(fromRight);
          left.close();
          right.close();
        }
        case INTERACTIVE -> fromRight = fromLeft.clone();
      }
      left.connect();
      flows.add(new Flow(kind, left, right, fromLeft, fromRight));
    }
  }

  /// Lets the hosts talk until all connections are closed, and checks that each has carried what
  /// was written.
  ///
  /// @param ticks the longest it may take
  public void run(Line toRight, Line toLeft, int ticks) {
    long now = talk(toRight, toLeft, ticks);
    for (int i = 0; i < flows.size(); i++) {
      Flow flow = flows.get(i);
      String what = "connection " + i + " " + flow.kind + " after " + now + " ticks";
      if (!Arrays.equals(flow.fromLeft, flow.right.received())
          || !Arrays.equals(flow.fromRight, flow.left.received())) {
        throw new AssertionError("data differ: " + what);
      }
      if (!flow.isDone()) {
        throw new AssertionError("not closed: " + what);
      }
    }
  }

  /// Lets the hosts talk until all connections are closed, or for so many ticks.
  ///
  /// @return the time at the end
  public long talk(Line toRight, Line toLeft, int ticks) {
    Queue<byte[]> rightward = new ArrayDeque<>();
    Queue<byte[]> leftward = new ArrayDeque<>();
    Queue<Long> rightwardAt = new ArrayDeque<>();
    Queue<Long> leftwardAt = new ArrayDeque<>();
    long now = 0;
    for (; now < ticks && !flows.stream().allMatch(Flow::isDone); now++) {
      for (Flow flow : flows) {
        act(flow);
      }
      emit(now, toRight, rightward, rightwardAt, true);
      emit(now, toLeft, leftward, leftwardAt, false);
      arrive(now, rightward, rightwardAt, true);
      arrive(now, leftward, leftwardAt, false);
    }
    return now;
  }

  private void act(Flow flow) {
    switch (flow.kind) {
      case BULK, EXCHANGE -> {
        flow.left.read(Integer.MAX_VALUE);
        flow.right.read(Integer.MAX_VALUE);
      }
      case SLOW_READER -> flow.right.read(random.nextInt(120));
      case INTERACTIVE -> {
        if (flow.typed < flow.fromLeft.length && random.nextInt(4) == 0) {
          byte[] key = {flow.fromLeft[flow.typed++]};
          if (random.nextInt(20) == 0) {
            flow.left.writeUrgent(key);
          } else {
            flow.left.write(key);
          }
        }
        byte[] seen = flow.right.received();
        if (seen.length > flow.echoed) {
          flow.right.write(Arrays.copyOfRange(seen, flow.echoed, seen.length));
          flow.echoed = seen.length;
        }
        flow.left.read(Integer.MAX_VALUE);
        flow.right.read(Integer.MAX_VALUE);
        if (flow.typed == flow.fromLeft.length) {
          flow.left.close();
          if (flow.echoed == flow.fromLeft.length) {
            flow.right.close();
          }
        }
      }
    }
  }

  private void emit(long now, Line line, Queue<byte[]> queue, Queue<Long> at, boolean fromLeft) {
    for (Flow flow : flows) {
      TcpEndpoint end = fromLeft ? flow.left : flow.right;
      for (int burst = random.nextInt(3); burst >= 0; burst--) {
        byte[] packet = end.poll(now);
        if (packet == null) {
          break;
        }
        packets++;
        byte[] arrived = line.carry(packet);
        if (arrived != null) {
          queue.add(arrived);
          at.add(now + TRAVEL);
        }
      }
    }
  }

  private void arrive(long now, Queue<byte[]> queue, Queue<Long> at, boolean toRight) {
    for (Long due = at.peek(); due != null && due <= now; due = at.peek()) {
      at.remove();
      byte[] packet = queue.remove();
      for (Flow flow : flows) {
        TcpEndpoint end = toRight ? flow.right : flow.left;
        if (end.isFor(packet)) {
          end.receive(packet, now);
        }
      }
    }
  }

  /// How many packets were sent, both ways.
  public int packets() {
    return packets;
  }
}
