package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.slip.FrameBatch;

/// One link whose peer is a script: frames go in and come out in hexadecimal, Protocol field first.
final class Bench {
  static final HexFormat HEX = HexFormat.of();
  static final long SECOND = 1_000_000_000L;

  final PppBundle bundle;
  final PppLink link;
  final List<byte[]> packets = new ArrayList<>();
  final List<PppEvent> events = new ArrayList<>();
  private final FrameBatch out = new FrameBatch(20_000, 200);
  long now = 5 * SECOND;

  Bench(PppConfig config) {
    SplittableRandom random = new SplittableRandom(42);
    this.bundle = new PppBundle(config, random);
    this.link = new PppLink(config, random, bundle);
  }

  /// With the addresses 10.0.0.1 for us and 10.0.0.2 for the peer.
  Bench() {
    this(LinkPairTest.server());
  }

  void receive(String hex) {
    receive(hex, false);
  }

  void receive(String hex, boolean afterLoss) {
    receive(HEX.parseHex(hex.replace(" ", "")), afterLoss);
  }

  void receive(byte[] frame, boolean afterLoss) {
    link.receive(
        frame,
        0,
        frame.length,
        afterLoss,
        now,
        (buffer, offset, length) ->
            packets.add(Arrays.copyOfRange(buffer, offset, offset + length)));
  }

  /// The frames sent since the last call.
  List<String> sent() {
    out.clear();
    while (link.pollTransmit(out, now)) {
      // All of them.
    }
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < out.count(); i++) {
      frames.add(HEX.formatHex(out.buffer(), out.offset(i), out.offset(i) + out.length(i)));
    }
    return frames;
  }

  /// The one frame sent since the last call.
  String sentOne() {
    List<String> frames = sent();
    assertEquals(1, frames.size(), frames::toString);
    return frames.getFirst();
  }

  /// The events since the last call, without traces.
  List<PppEvent> events() {
    List<PppEvent> taken = new ArrayList<>();
    for (PppEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      events.add(event);
      if (!(event instanceof PppEvent.Trace)) {
        taken.add(event);
      }
    }
    return taken;
  }

  /// Jumps to the next deadline.
  void timeout() {
    now = Math.max(now, link.pollTimeout());
    link.handleTimeout(now);
  }

  /// Open and line up: the first Configure-Request is out.
  Bench establish() {
    link.open(now);
    link.lowerUp(now);
    return this;
  }

  /// LCP is Opened with a peer that asks for nothing.
  Bench openLcp() {
    establish();
    acknowledge(sentOne());
    receive("c021 0101 0004");
    assertEquals(
        "c02102010004",
        sent().stream().filter(f -> f.startsWith("c02102")).findFirst().orElseThrow());
    return this;
  }

  /// IPCP is Opened too.
  Bench openIpcp() {
    establish();
    acknowledge(sentOne());
    receive("c021 0101 0004");
    String request = sent().stream().filter(f -> f.startsWith("802101")).findFirst().orElseThrow();
    acknowledge(request);
    receive("8021 0101 000a 03060a000002");
    sent();
    assertEquals(0x0a000002, bundle.remoteAddress());
    events();
    return this;
  }

  /// Lets every timer run out, until there is nothing more to do.
  void endSession() {
    while (link.pollTimeout() < Long.MAX_VALUE) {
      timeout();
    }
    events();
  }

  /// Sends back a Configure-Request as Configure-Ack.
  void acknowledge(String request) {
    assertEquals("01", request.substring(4, 6));
    receive(request.substring(0, 4) + "02" + request.substring(6));
  }
}
