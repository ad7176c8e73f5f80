package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.hdlc.HdlcDecoder;
import linedisc.ppp.hdlc.HdlcEncoder;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// Two links at the ends of a line that has latency, loses, doubles and damages frames, but keeps
/// their order. Time is virtual and jumps to the next thing that happens; a run that takes too many
/// steps is a livelock and fails.
final class LinkPair {
  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  /// What the line does to frames.
  ///
  /// @param latency nanoseconds one way
  /// @param loss probability that a frame vanishes
  /// @param duplication probability that a frame arrives twice
  /// @param bitErrors probability that an octet has one bit turned
  record Line(long latency, double loss, double duplication, double bitErrors) {
    static final Line PERFECT = new Line(MILLISECOND, 0, 0, 0);
  }

  private final SplittableRandom random;
  private final Line line;
  private final String name;
  final End a;
  final End b;
  long now;
  private long steps;

  LinkPair(String name, PppConfig configA, PppConfig configB, Line line, long seed) {
    this.name = name + ", seed " + seed;
    this.random = new SplittableRandom(seed);
    this.line = line;
    this.a = new End("a", configA, random.split());
    this.b = new End("b", configB, random.split());
    a.peer = b;
    b.peer = a;
  }

  LinkPair(PppConfig configA, PppConfig configB) {
    this("pair", configA, configB, Line.PERFECT, 1);
  }

  /// Opens both ends and brings the line up.
  LinkPair start() {
    a.link.open(now);
    b.link.open(now);
    a.link.lowerUp(now);
    b.link.lowerUp(now);
    a.flush();
    b.flush();
    return this;
  }

  /// Goes on until the condition holds; fails if nothing is left to happen or the time is over.
  void runUntil(BooleanSupplier condition, long limit) {
    long end = now + limit;
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        fail(name + ": not reached by " + now / MILLISECOND + " ms\n" + history());
      }
    }
  }

  /// Goes on for a while.
  void runFor(long duration) {
    long end = now + duration;
    while (step(end)) {
      // Until nothing happens before the end.
    }
    now = end;
  }

  private boolean step(long end) {
    long next = Math.min(a.nextWakeUp(), b.nextWakeUp());
    if (next > end) {
      return false;
    }
    if (++steps > 200_000) {
      fail(name + ": livelock at " + now / MILLISECOND + " ms\n" + history());
    }
    now = Math.max(now, next);
    a.wakeUp();
    b.wakeUp();
    return true;
  }

  String history() {
    return a.history() + "\n" + b.history();
  }

  boolean bothUp() {
    return a.bundle.networkUp() && b.bundle.networkUp();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(long arrival, byte[] octets) {}

  /// One end: a link, its framing, and what is on its way to it.
  final class End {
    final String endName;
    final PppBundle bundle;
    final PppLink link;
    final List<PppEvent> events = new ArrayList<>();
    final List<byte[]> packets = new ArrayList<>();
    private final HdlcDecoder decoder = new HdlcDecoder(2 + 16384);
    private final FrameBatch in = new FrameBatch(40_000, 64);
    private final FrameBatch out = new FrameBatch(40_000, 64);
    private final Deque<Chunk> arriving = new ArrayDeque<>();
    private End peer = this;
    boolean mute;

    /// Which frames get lost on the way from this end: Protocol field and information.
    Predicate<byte[]> loses = frame -> false;

    /// What this end proves itself with; null for nothing.
    @Nullable String ourSecret = "secret";

    /// What this end believes to be its peer's.
    @Nullable String peersSecret = "secret";

    End(String endName, PppConfig config, SplittableRandom endRandom) {
      this.endName = endName;
      this.bundle = new PppBundle(config, endRandom);
      this.link = new PppLink(config, endRandom, bundle);
    }

    private long nextWakeUp() {
      Chunk first = arriving.peek();
      return Math.min(link.pollTimeout(), first == null ? Long.MAX_VALUE : first.arrival());
    }

    private void wakeUp() {
      for (Chunk c = arriving.peek(); c != null && c.arrival() <= now; c = arriving.peek()) {
        arriving.remove();
        input(c.octets());
        flush();
      }
      if (link.pollTimeout() <= now) {
        link.handleTimeout(now);
      }
      flush();
    }

    /// Octets arrive from the line.
    void input(byte[] octets) {
      int at = 0;
      while (at < octets.length) {
        in.clear();
        at = decoder.decode(octets, at, octets.length, link.framing().receiveMap(), in);
        for (int i = 0; i < in.count(); i++) {
          boolean afterLoss = (in.mark(i) & FrameBatch.AFTER_LOSS) != 0;
          link.receive(
              in.buffer(),
              in.offset(i),
              in.length(i),
              afterLoss,
              now,
              (buffer, offset, length) ->
                  packets.add(Arrays.copyOfRange(buffer, offset, offset + length)));
        }
      }
    }

    /// Sends what the link has to send and takes its events.
    void flush() {
      out.clear();
      while (link.pollTransmit(out, now)) {
        // All of it.
      }
      transmit();
      for (PppEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
        events.add(event);
        if (event instanceof PppEvent.Needed(PppEvent.Need need)) {
          supply(need);
        }
      }
    }

    private void supply(PppEvent.Need need) {
      switch (need) {
        case PppEvent.Need.PeerAddress() -> link.supplyPeerAddress(0x0a0a0a0a, now);
        case PppEvent.Need.Credential(CredentialRequest request) -> {
          String secret = request.isOurs() ? ourSecret : peersSecret;
          link.supply(
              request,
              secret == null
                  ? new CredentialAnswer.Unknown()
                  : new CredentialAnswer.Known(Secret.of(secret.toCharArray())),
              now);
        }
      }
      flush();
    }

    /// Sends one IP packet; false if it was dropped.
    boolean send(byte[] packet) {
      out.clear();
      boolean sent = bundle.encapsulate(packet, 0, packet.length, out, now) == 1;
      transmit();
      return sent;
    }

    private void transmit() {
      for (int i = 0; i < out.count(); i++) {
        if (loses.test(
            Arrays.copyOfRange(out.buffer(), out.offset(i), out.offset(i) + out.length(i)))) {
          continue;
        }
        byte[] octets = new byte[HdlcEncoder.maxEncodedLength(out.length(i))];
        boolean asDefault = (out.mark(i) & PppLink.AS_DEFAULT) != 0;
        int length =
            HdlcEncoder.encode(
                out.buffer(),
                out.offset(i),
                out.length(i),
                asDefault,
                link.framing(),
                true,
                octets,
                0);
        carry(Arrays.copyOf(octets, length));
      }
    }

    private void carry(byte[] octets) {
      if (mute || random.nextDouble() < line.loss()) {
        return;
      }
      peer.arrive(damaged(octets));
      if (random.nextDouble() < line.duplication()) {
        peer.arrive(damaged(octets));
      }
    }

    private byte[] damaged(byte[] octets) {
      byte[] copy = octets.clone();
      if (line.bitErrors() > 0) {
        for (int i = 0; i < copy.length; i++) {
          if (random.nextDouble() < line.bitErrors()) {
            copy[i] ^= (byte) (1 << random.nextInt(8));
          }
        }
      }
      return copy;
    }

    private void arrive(byte[] octets) {
      arriving.add(new Chunk(now + line.latency(), octets));
    }

    /// What this end sends comes back to it from now on.
    void loopBack() {
      peer = this;
    }

    /// What this end sends goes to the other again.
    void connect() {
      peer = this == a ? b : a;
    }

    /// The reason the last session ended with, or a failure of the test if it has not ended.
    TerminationReason terminationReason() {
      for (PppEvent event : events.reversed()) {
        if (event instanceof PppEvent.Terminated(TerminationReason reason)) {
          return reason;
        }
      }
      return fail(name + ": not terminated\n" + history());
    }

    boolean isTerminated() {
      return events.stream().anyMatch(e -> e instanceof PppEvent.Terminated);
    }

    <T extends PppEvent> List<T> events(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private String history() {
      StringBuilder text = new StringBuilder(endName);
      for (PppEvent event : events) {
        text.append("\n  ")
            .append(event instanceof PppEvent.Trace(String line) ? line : event.toString());
      }
      return text.toString();
    }
  }
}
