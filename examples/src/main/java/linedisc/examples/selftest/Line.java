package linedisc.examples.selftest;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.PppConfig;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.serial.life.Removal;
import linedisc.serial.port.PortException;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipConfig;
import org.jspecify.annotations.Nullable;

/// An open line with a tty at each end.
final class Line {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SLIP_MTU = 296;
  private static final int LEFT_ADDRESS = 0x0a000001;
  private static final int RIGHT_ADDRESS = 0x0a000002;

  /// Where a line answers at once, a request that met the binding before is repeated soon.
  private static final Duration SHORT_RESTART = Duration.ofMillis(100);

  /// On a real line an answer may have to wait behind what the driver still holds.
  private static final Duration LONG_RESTART = Duration.ofSeconds(1);

  private static final int MAX_CONFIGURE = 200;

  /// One end.
  static final class End {
    final MeteredTransport line;
    final Tty tty;
    final LineDiscipline ppp;
    final LineDiscipline slip = new SlipDiscipline(SlipConfig.builder().mtu(SLIP_MTU).build());

    /// Of the interface that is bound; null: none.
    @Nullable Traffic traffic;

    /// Whether all that was sent to the last interface had been read before that went.
    boolean clean = true;

    /// What marked the packets sent to the last interface.
    long lastTag;

    End(MeteredTransport line, Tty tty, LineDiscipline ppp) {
      this.line = line;
      this.tty = tty;
      this.ppp = ppp;
    }

    Traffic traffic() {
      if (traffic == null) {
        throw new IllegalStateException("nothing is bound to " + tty.name());
      }
      return traffic;
    }
  }

  private final End left;
  private final End right;
  private final @Nullable Runnable pull;

  private Line(End left, End right, @Nullable Runnable pull) {
    this.left = left;
    this.right = right;
    this.pull = pull;
  }

  static Line open(Wires wires, TtyTable ttys, SplittableRandom random) throws PortException {
    Wires.Wire wire = wires.open();
    RestartPolicy restart =
        RestartPolicy.DEFAULT
            .withInterval(wires.isPerfect() ? SHORT_RESTART : LONG_RESTART)
            .withMaxConfigure(MAX_CONFIGURE);
    IpcpConfig.Builder asks = IpcpConfig.builder();
    IpcpConfig.Builder knows =
        IpcpConfig.builder().localAddress(LEFT_ADDRESS).remoteAddress(RIGHT_ADDRESS);
    End left = new End(wire.left(), ttys.open(wire.left()), ppp(knows, restart, random.split()));
    End right = new End(wire.right(), ttys.open(wire.right()), ppp(asks, restart, random.split()));
    return new Line(left, right, wire.pull());
  }

  private static LineDiscipline ppp(
      IpcpConfig.Builder ipcp, RestartPolicy restart, SplittableRandom random) {
    PppConfig config =
        PppConfig.builder()
            .lcp(LcpConfig.builder().restart(restart).build())
            .ipcp(ipcp.restart(restart).build())
            .build();
    return new PppDiscipline(config, random::split);
  }

  List<End> ends() {
    return List.of(left, right);
  }

  List<End> inAnyOrder(SplittableRandom random) {
    return random.nextBoolean() ? List.of(left, right) : List.of(right, left);
  }

  End other(End end) {
    return end == left ? right : left;
  }

  /// Whether a checked packet has gone each way.
  boolean isLoaded() {
    return left.traffic().received() > 0 && right.traffic().received() > 0;
  }

  /// Whether no other link can claim the interfaces when they are no longer bound.
  boolean isOurs() {
    return !left.traffic().mayBeClaimed() && !right.traffic().mayBeClaimed();
  }

  /// Lets the readers go on, if they are held up.
  void release() {
    left.line.release();
    right.line.release();
  }

  /// Pulls the line out, or closes it at one end.
  void pull(SplittableRandom random) {
    if (pull != null && random.nextBoolean()) {
      pull.run();
    } else {
      inAnyOrder(random).getFirst().tty.close();
    }
  }

  /// Closes both ends.
  ///
  /// @return whether they are closed
  boolean close() {
    Removal one = left.tty.close(Duration.ZERO);
    Removal other = right.tty.close(Duration.ZERO);
    try {
      return one.await(PATIENCE) && other.await(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
