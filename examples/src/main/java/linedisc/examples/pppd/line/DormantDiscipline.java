package linedisc.examples.pppd.line;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import linedisc.examples.pppd.filter.PacketFilter;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.serial.tty.Line;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.LineProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// Stands in for PPP while there is no connection: keeps the packets that are to be sent, and posts
/// [Wanted] when one of them is worth a call. On a [BellTransport].
public final class DormantDiscipline implements LineDiscipline {
  /// There is a packet that is worth a call. Posted to the tty's events, once.
  public record Wanted() {}

  /// As many packets as pppd's users may expect to survive the dialling; the oldest go first.
  private static final int MAX_KEPT = 32;

  private final PacketFilter pass;
  private final PacketFilter active;

  /// Guarded by its own monitor.
  private final Queue<byte[]> kept = new ArrayDeque<>();

  /// Nothing has come yet.
  ///
  /// @param pass which packets pass at all
  /// @param active which of them are worth a call
  public DormantDiscipline(PacketFilter pass, PacketFilter active) {
    this.pass = pass;
    this.active = active;
  }

  /// The oldest packet that was kept, which is forgotten; null: there is none. Any thread.
  public byte @Nullable [] takeKept() {
    synchronized (kept) {
      return kept.poll();
    }
  }

  @Override
  public String name() {
    return "dormant";
  }

  @Override
  public String interfaceType() {
    return "ppp";
  }

  @Override
  public LineProtocol open(Line line) {
    return new Dormant(line);
  }

  /// Takes packets from the interface, and gives the line nothing.
  private final class Dormant implements LineProtocol {
    private final Line line;
    private byte[] packet = {};
    private boolean rung;

    Dormant(Line line) {
      this.line = line;
    }

    @Override
    public int maxFrame() {
      return 1;
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      return end;
    }

    @Override
    public void deliver(FrameBatch frames, Network network, long now) {
      // The line is silent.
    }

    @Override
    public void collect(FrameBatch frames, Network network, long now) {
      if (packet.length < network.mtu()) {
        packet = new byte[network.mtu()];
      }
      for (int length = network.poll(packet, 0, packet.length);
          length >= 0;
          length = network.poll(packet, 0, packet.length)) {
        take(Math.min(length, packet.length));
      }
    }

    private void take(int length) {
      if (!matches(pass, length)) {
        return;
      }
      synchronized (kept) {
        kept.add(Arrays.copyOf(packet, length));
        if (kept.size() > MAX_KEPT) {
          kept.remove();
        }
      }
      if (!rung && matches(active, length)) {
        rung = true;
        line.post(new Wanted());
      }
    }

    private boolean matches(PacketFilter filter, int length) {
      return filter.equals(PacketFilter.ALL) || filter.matches(packet, 0, length, true);
    }

    @Override
    public int maxEncodedLength(int length) {
      return length;
    }

    @Override
    public int encode(FrameBatch frames, int index, byte[] target, int offset) {
      return 0;
    }

    @Override
    public long pollTimeout() {
      return Long.MAX_VALUE;
    }

    @Override
    public void handleTimeout(Network network, long now) {
      // There is none.
    }

    @Override
    public void lowerUp(Network network, long now) {
      for (NetworkProtocol protocol : NetworkProtocol.values()) {
        network.opened(protocol);
      }
    }

    @Override
    public void lowerDown(Network network, long now) {
      // The interface goes back to keeping packets itself.
    }

    @Override
    public void interfaceGone(long now) {
      // Nobody has to be told.
    }
  }
}
