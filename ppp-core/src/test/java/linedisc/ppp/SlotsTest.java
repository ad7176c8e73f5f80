package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;

/// The places where authentication and compression plug in, with stand-ins in them.
class SlotsTest {
  /// Succeeds or fails when told to.
  private static final class Proof implements Authentication {
    private final int protocol;
    private final boolean ours;
    private Outcome outcome = Outcome.PENDING;
    private long deadline = Long.MAX_VALUE;
    private int received;
    private boolean up;

    Proof(int protocol, boolean ours) {
      this.protocol = protocol;
      this.ours = ours;
    }

    @Override
    public int protocol() {
      return protocol;
    }

    @Override
    public boolean isOurs() {
      return ours;
    }

    @Override
    public void linkUp(long now) {
      up = true;
      outcome = Outcome.PENDING;
      deadline = now + Bench.SECOND;
    }

    @Override
    public void linkDown(long now) {
      up = false;
      deadline = Long.MAX_VALUE;
    }

    @Override
    public void receive(byte[] buffer, int offset, int length, long now) {
      received++;
      switch (buffer[offset]) {
        case 2 -> outcome = Outcome.SUCCESS;
        case 3 -> outcome = Outcome.FAILURE;
        default -> {}
      }
    }

    @Override
    public Outcome outcome() {
      return outcome;
    }

    @Override
    public String failure() {
      return "wrong password";
    }

    @Override
    public long pollTimeout() {
      return deadline;
    }

    @Override
    public void handleTimeout(long now) {
      deadline = Long.MAX_VALUE;
      outcome = Outcome.FAILURE;
    }
  }

  private final Bench bench = new Bench();
  private final Proof ours = new Proof(0xc023, true);
  private final Proof peers = new Proof(0xc223, false);

  private void authenticate() {
    bench.link.authentications().add(ours);
    bench.link.authentications().add(peers);
    bench.openLcp();
    bench.sent();
  }

  @Test
  void theNetworkBeginsWhenBothProofsHaveSucceeded() {
    authenticate();
    assertEquals(Phase.AUTHENTICATE, bench.link.phase());
    assertTrue(ours.up);
    // Network protocols, known or not, are to be discarded silently here.
    bench.receive("8021 0101 000a 03060a000002");
    bench.receive("0021 45");
    bench.receive("4021 0101 0004");
    assertEquals(List.of(), bench.sent());
    assertEquals(3, bench.link.statistics().outOfPhase());
    bench.receive("c023 0201 0004");
    assertEquals(Phase.AUTHENTICATE, bench.link.phase());
    assertEquals(List.of(), bench.sent());
    bench.receive("c223 0201 0004");
    assertEquals(Phase.NETWORK, bench.link.phase());
    assertTrue(bench.sentOne().startsWith("802101"));
    // The authenticator may ask again.
    bench.receive("c223 0101 0004");
    assertEquals(2, peers.received);
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void aFailureEndsTheLink() {
    authenticate();
    bench.receive("c223 0301 0004");
    assertEquals(Phase.TERMINATE, bench.link.phase());
    assertTrue(bench.sentOne().startsWith("c02105"));
    bench.receive("c021 0602 0004");
    PppEvent.Terminated end =
        bench.events().stream()
            .filter(PppEvent.Terminated.class::isInstance)
            .map(PppEvent.Terminated.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(new TerminationReason.AuthenticationFailed(false, "wrong password"), end.reason());
    assertEquals(11, end.reason().exitCode());
    assertFalse(peers.up);
  }

  @Test
  void aFailureInTheNetworkPhaseEndsTheLinkToo() {
    authenticate();
    bench.receive("c023 0201 0004");
    bench.receive("c223 0201 0004");
    bench.receive("c023 0301 0004");
    assertEquals(Phase.TERMINATE, bench.link.phase());
  }

  @Test
  void theTimersOfAProofAreTheLinks() {
    authenticate();
    assertEquals(bench.now + Bench.SECOND, bench.link.pollTimeout());
    bench.timeout();
    assertEquals(Phase.TERMINATE, bench.link.phase());
  }

  @Test
  void authenticationBeginsAnewWhenLcpDoes() {
    authenticate();
    bench.receive("c023 0201 0004");
    bench.receive("c223 0201 0004");
    bench.now += 100 * Bench.SECOND;
    bench.receive("c021 0109 0004");
    assertEquals(Phase.ESTABLISH, bench.link.phase());
    assertFalse(ours.up);
    bench.receive("c023 0301 0004");
    assertEquals(2, bench.link.statistics().outOfPhase() + ours.received);
    bench.acknowledge(
        bench.sent().stream().filter(f -> f.startsWith("c02101")).findFirst().orElseThrow());
    assertEquals(Phase.AUTHENTICATE, bench.link.phase());
  }

  /// Turns every bit and adds one octet.
  private static final class Turning implements Compression {
    private boolean held;
    private boolean sending = true;

    @Override
    public boolean holdsBack() {
      return held;
    }

    @Override
    public boolean isSending() {
      return sending;
    }

    @Override
    public int maxLength(int frameLength) {
      return 2 + frameLength;
    }

    @Override
    public int compress(byte[] frame, int offset, int length, byte[] dst, int dstOffset) {
      dst[dstOffset] = 0;
      dst[dstOffset + 1] = (byte) 0xfd;
      for (int i = 0; i < length; i++) {
        dst[dstOffset + 2 + i] = (byte) ~frame[offset + i];
      }
      return 2 + length;
    }

    @Override
    public int decompress(
        byte[] buffer, int offset, int length, boolean afterLoss, byte[] dst, int dstOffset) {
      if (afterLoss) {
        return -1;
      }
      for (int i = 0; i < length; i++) {
        dst[dstOffset + i] = (byte) ~buffer[offset + i];
      }
      return length;
    }

    @Override
    public boolean passUncompressed(byte[] frame, int offset, int length) {
      return !held;
    }
  }

  @Test
  void framesGoThroughTheCompression() {
    Turning turning = new Turning();
    bench.openIpcp();
    bench.bundle.setCompression(turning);
    FrameBatch out = new FrameBatch(10, 10);
    byte[] packet = {0x45, 1, 2};
    assertEquals(1, bench.bundle.encapsulate(packet, 0, 3, out, bench.now));
    assertEquals("00fdffdebafefd", Bench.HEX.formatHex(out.buffer(), 0, out.length(0)));
    assertEquals(-1, bench.bundle.encapsulate(packet, 0, 3, out, bench.now));

    bench.receive("00fd ffdebafefd");
    assertArrayEquals(packet, bench.packets.getFirst());
    bench.receive("00fd ffdebafefd", true);
    bench.receive("00fd ff");
    bench.receive("00fd bfde00");
    assertEquals(1, bench.packets.size());
    assertEquals(3, bench.bundle.statistics().undecodable());

    turning.sending = false;
    out.clear();
    assertEquals(1, bench.bundle.encapsulate(packet, 0, 3, out, bench.now));
    assertEquals("0021450102", Bench.HEX.formatHex(out.buffer(), 0, out.length(0)));
  }

  @Test
  void packetsWaitForARequiredCompression() {
    Turning turning = new Turning();
    turning.held = true;
    bench.openIpcp();
    bench.bundle.setCompression(turning);
    assertFalse(bench.bundle.networkUp());
    FrameBatch out = new FrameBatch(100, 10);
    assertEquals(0, bench.bundle.encapsulate(new byte[] {0x45}, 0, 1, out, bench.now));
    bench.receive("0021 45");
    bench.receive("00fd ffdeba");
    assertEquals(List.of(), bench.packets);
    turning.held = false;
    assertTrue(bench.bundle.networkUp());
  }
}
