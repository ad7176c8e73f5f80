package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.trace.PacketPrinter;

/// What comes from a peer behind a good FCS, into every control protocol in every phase. Frames are
/// cut from the input: one octet for the length, then the frame.
class PppLinkFuzz {
  private static final int LCP = 0xc021;
  private static final int IPCP = 0x8021;

  private static PppConfig config() {
    return PppConfig.builder()
        .ipcp(
            IpcpConfig.builder()
                .localAddress(0x0a000001)
                .remoteAddress(0x0a000002)
                .offeredDns(List.of(1, 2))
                .offeredNbns(List.of(3))
                .askDns(true)
                .vjSlots(16)
                .build())
        .trace(true)
        .build();
  }

  @FuzzTest(maxDuration = "60s")
  void lcpWhileEstablishing(byte[] input) {
    feed(new Bench(config()).establish(), LCP, input);
  }

  @FuzzTest(maxDuration = "60s")
  void lcpWhenOpened(byte[] input) {
    feed(new Bench(config()).openLcp(), LCP, input);
  }

  @FuzzTest(maxDuration = "60s")
  void ipcpWhileNegotiating(byte[] input) {
    feed(new Bench(config()).openLcp(), IPCP, input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyFrameWhenOpened(byte[] input) {
    feed(new Bench(config()).openIpcp(), -1, input);
  }

  /// @param protocol put in front of every frame, or -1 to let the input choose
  private static void feed(Bench bench, int protocol, byte[] input) {
    bench.sent();
    int at = 0;
    while (at < input.length) {
      int length = Math.min(input[at] & 0xff, input.length - at - 1);
      byte[] frame = Arrays.copyOfRange(input, at + 1, at + 1 + length);
      at += 1 + length;
      if (length == 0) {
        // An empty frame lets time pass.
        if (bench.link.pollTimeout() < Long.MAX_VALUE) {
          bench.timeout();
        }
      } else {
        bench.receive(protocol < 0 ? frame : withProtocol(protocol, frame), false);
      }
      for (String sent : bench.sent()) {
        assertTrue(sent.length() / 2 <= 2 + 1500, "frame too long");
      }
      bench.events();
      bench.events.clear();
      bench.packets.clear();
    }
    finish(bench);
  }

  private static byte[] withProtocol(int protocol, byte[] information) {
    byte[] frame = new byte[2 + information.length];
    frame[0] = (byte) (protocol >>> 8);
    frame[1] = (byte) protocol;
    System.arraycopy(information, 0, frame, 2, information.length);
    return frame;
  }

  /// Whatever has happened, the link comes to rest and can be used again.
  private static void finish(Bench bench) {
    bench.link.close(new TerminationReason.UserRequest(), bench.now);
    for (int i = 0; bench.link.pollTimeout() < Long.MAX_VALUE; i++) {
      assertTrue(i < 10, "the link does not end");
      bench.timeout();
    }
    bench.link.lowerDown(bench.now);
    bench.sent();
    bench.link.open(bench.now);
    bench.link.lowerUp(bench.now);
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    assertEquals(Phase.NETWORK, bench.link.phase());
  }

  @FuzzTest(maxDuration = "60s")
  void printer(byte[] input) {
    String text = PacketPrinter.print(input, 0, input.length);
    assertTrue(text.chars().allMatch(c -> c >= 0x20 && c < 0x7f), text);
    assertTrue(text.length() < 100 + 8 * input.length, "text of " + text.length());
  }
}
