package linedisc.ppp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// Where a negotiation ends, and what it starts from.
class NegotiationLimitsTest {
  /// Four times max-failure and max-configure together: 4 * (5 + 10).
  private static final int LAST_DISAGREEMENT = 60;

  private static void checkClosedAfterTheLast(Rig rig, IntConsumer disagreement) {
    for (int i = 0; i < LAST_DISAGREEMENT; i++) {
      disagreement.accept(i);
      assertTrue(rig.control.state().isNegotiating(), "disagreement " + i);
      assertFalse(rig.hopeless);
    }
    disagreement.accept(LAST_DISAGREEMENT);
    assertTrue(rig.hopeless);
    assertEquals(State.CLOSING, rig.control.state());
  }

  @Test
  void aPeerThatNeverAsksForWhatItMayHaveIsClosed() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    checkClosedAfterTheLast(rig, i -> rig.receive(String.format("01%02x0007010308", i)));
  }

  @Test
  void aPeerThatNeverTakesWhatWeAskForIsClosed() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    checkClosedAfterTheLast(
        rig, i -> rig.receive(String.format("03%02x00070103%02x", rig.lastRequestIdentifier(), i)));
  }

  @Test
  void aPeerThatOnlyAcknowledgesIsClosed() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    checkClosedAfterTheLast(
        rig,
        i -> {
          rig.acknowledge();
          rig.timeout();
        });
  }

  @Test
  void aPeerThatBeginsAnewIsAskedForEverythingAgain() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.receive("04 01 0007 010307");
    rig.receive("01 55 0007 010307");
    rig.take();
    rig.receive("02 02 0004");
    assertEquals(List.of("tlu"), rig.take(), "Opened without the option");
    rig.receive("01 56 0004");
    assertEquals(List.of("tld", "01030007010307", "02560004"), rig.take());
  }

  @Test
  void theProtocolHearsOfEachAnswer() {
    Rig rig = new Rig().reach(State.REQ_SENT);
    rig.receive("01 01 0007 010308");
    rig.receive("01 02 0006 0502");
    rig.receive("01 03 0007 010307");
    rig.receive("01 04 0005 01");
    assertEquals(List.of(3, 4, 2), rig.judged);
  }

  /// RFC 1661 section 4.3: an Open event comes first, so that a protocol that was being closed is
  /// wanted again.
  @Test
  void renegotiationRevivesAProtocolThatIsClosing() {
    Rig rig = new Rig().reach(State.CLOSING);
    rig.control.renegotiate(rig.now);
    assertEquals(State.REQ_SENT, rig.control.state());
  }

  @Test
  void whoSendsAPacketLearnsItsIdentifier() {
    Rig rig = new Rig().reach(State.OPENED);
    rig.take();
    assertEquals(2, rig.control.send(9, new byte[] {7}));
    assertEquals(3, rig.control.send(9, new byte[0]));
    assertEquals(List.of("0902000507", "09030004"), rig.take());
    assertEquals(0x8001, rig.control.protocol());
  }

  @Test
  void aRequestNeverGrowsPastWhatThePeerTakes() {
    for (int length = 4; length < 10; length++) {
      Rig rig = new Rig();
      rig.maxLength = length;
      rig.reach(State.REQ_SENT);
      assertEquals(length < 7 ? "01010004" : "01010007010307", rig.take().getLast());
    }
  }

  @Test
  void countersAndIntervalsHaveLimits() {
    RestartPolicy policy = RestartPolicy.DEFAULT;
    assertEquals(Duration.ofMillis(1), policy.withInterval(Duration.ofMillis(1)).interval());
    assertEquals(Duration.ofHours(1), policy.withInterval(Duration.ofHours(1)).interval());
    assertEquals(255, policy.withMaxConfigure(255).maxConfigure());
    assertEquals(255, policy.withMaxTerminate(255).maxTerminate());
    assertEquals(255, policy.withMaxFailure(255).maxFailure());
    assertEquals(1, policy.withMaxTerminate(1).maxTerminate());
    for (Duration bad : List.of(Duration.ofNanos(999_999), Duration.ofHours(1).plusNanos(1))) {
      assertThrows(IllegalArgumentException.class, () -> policy.withInterval(bad));
    }
    for (int bad : new int[] {0, 256}) {
      assertThrows(IllegalArgumentException.class, () -> policy.withMaxConfigure(bad));
      assertThrows(IllegalArgumentException.class, () -> policy.withMaxTerminate(bad));
      assertThrows(IllegalArgumentException.class, () -> policy.withMaxFailure(bad));
    }
  }
}
