package linedisc.ppp.ccp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.State;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;

/// Two CCPs on a line with virtual time that keeps the order of what is sent, control packets and
/// data alike, and can lose some of it.
final class CcpPair {
  static final int MRU = 1500;

  final End a;
  final End b;
  double loss;
  long now;
  private final SplittableRandom line;

  CcpPair(CcpConfig a, CcpConfig b, long seed) {
    this.a = new End(a);
    this.b = new End(b);
    line = new SplittableRandom(seed);
  }

  CcpPair open() {
    for (End end : List.of(a, b)) {
      end.ccp.control().open(now);
      end.ccp.control().lowerUp(now);
    }
    return this;
  }

  /// Moves what is there to move, then lets time pass, for so many steps.
  CcpPair run(int steps) {
    for (int i = 0; i < steps; i++) {
      move(a, b);
      move(b, a);
      if (a.sent.isEmpty() && b.sent.isEmpty()) {
        long next = Math.min(a.timers.earliest(), b.timers.earliest());
        if (next == TimerTable.NONE) {
          return this;
        }
        now = Math.max(now, next);
        a.handleTimeout();
        b.handleTimeout();
      }
    }
    return this;
  }

  /// Only moves what has been sent.
  void settle() {
    while (!a.sent.isEmpty() || !b.sent.isEmpty()) {
      move(a, b);
      move(b, a);
    }
  }

  private void move(End from, End to) {
    for (byte[] frame = from.sent.poll(); frame != null; frame = from.sent.poll()) {
      if (line.nextDouble() >= loss) {
        to.receive(frame);
      }
    }
  }

  /// One end: control packets and data leave through one queue.
  final class End implements ControlOutput, Journal, CcpUser {
    final TimerTable<Timer> timers = new TimerTable<>(Timer.values());
    final Ccp ccp;
    final Deque<byte[]> sent = new ArrayDeque<>();
    final List<byte[]> packets = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final List<Discard> discards = new ArrayList<>();

    End(CcpConfig config) {
      ccp = new Ccp(config, timers.timer(Timer.RESTART), this, this, this);
    }

    /// A frame of Protocol field and information.
    void send(byte[] frame) {
      byte[] out = new byte[ccp.maxLength(frame.length)];
      int length = ccp.compress(frame, 0, frame.length, out, 0);
      sent.add(Arrays.copyOf(out, length));
    }

    void receive(byte[] frame) {
      int protocol = PppProtocol.read(frame, 0);
      if (protocol == PppProtocol.CCP) {
        ccp.control().receive(frame, 2, frame.length - 2, now);
      } else if (protocol == PppProtocol.COMPRESSED) {
        byte[] out = new byte[MRU + 2];
        int length = ccp.decompress(frame, 2, frame.length - 2, out, 0, out.length, now);
        if (length > 0) {
          packets.add(Arrays.copyOf(out, length));
        }
      } else if (ccp.passUncompressed(frame, 0, frame.length)) {
        packets.add(frame);
      }
    }

    void handleTimeout() {
      while (timers.expired(now) != null) {
        ccp.control().handleTimeout(now);
      }
    }

    @Override
    public void send(int protocol, byte[] packet) {
      byte[] frame = new byte[2 + packet.length];
      PppProtocol.write(protocol, frame, 0);
      System.arraycopy(packet, 0, frame, 2, packet.length);
      sent.add(frame);
    }

    @Override
    public int maxPacketLength() {
      return MRU;
    }

    @Override
    public void transition(String protocol, State from, State to, Event event) {}

    @Override
    public void discarded(String protocol, Discard why) {
      discards.add(why);
    }

    @Override
    public void ccpUp(long now) {
      log.add("up");
    }

    @Override
    public void ccpDown(long now) {
      log.add("down");
    }

    @Override
    public void ccpFinished(Event cause, long now) {
      log.add("finished");
    }

    @Override
    public void notConverging(long now) {
      log.add("not converging");
    }

    @Override
    public void encryptionUnavailable(String why, long now) {
      log.add("unavailable: " + why);
    }
  }

  enum Timer {
    RESTART
  }
}
