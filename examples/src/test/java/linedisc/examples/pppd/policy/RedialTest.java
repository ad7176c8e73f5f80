package linedisc.examples.pppd.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import linedisc.examples.pppd.policy.Redial.Decision;
import linedisc.examples.pppd.policy.Redial.Ending;
import org.junit.jupiter.api.Test;

class RedialTest {
  private static final long NOW = Long.MAX_VALUE - Duration.ofDays(1).toNanos();
  private static final Decision STOP = new Decision.Stop();

  private static Redial redial(boolean persist, int maxFail, int holdoff) {
    return new Redial(new Redial.Policy(persist, maxFail, Duration.ofSeconds(holdoff)));
  }

  private static Decision after(int seconds) {
    return new Decision.Again(NOW + Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void withoutPersistThereIsOneAttempt() {
    for (Ending ending : Ending.values()) {
      var redial = redial(false, 0, 30);
      redial.begin();
      redial.up();
      assertEquals(STOP, redial.ended(ending, NOW));
    }
  }

  @Test
  void aLinkThatWasUpComesBack() {
    var redial = redial(true, 1, 30);
    for (int i = 0; i < 3; i++) {
      redial.begin();
      redial.up();
      assertEquals(after(30), redial.ended(Ending.ORDINARY, NOW));
      redial.begin();
      redial.up();
      assertEquals(after(0), redial.ended(Ending.LOST, NOW));
      redial.begin();
      redial.up();
      assertEquals(after(0), redial.ended(Ending.OURS, NOW));
    }
  }

  @Test
  void attemptsThatFailAreCounted() {
    var redial = redial(true, 3, 5);
    redial.begin();
    assertEquals(after(5), redial.ended(Ending.ORDINARY, NOW));
    redial.begin();
    assertEquals(after(5), redial.ended(Ending.LOST, NOW));
    redial.begin();
    assertEquals(STOP, redial.ended(Ending.ORDINARY, NOW));
  }

  @Test
  void successEndsTheCount() {
    var redial = redial(true, 2, 5);
    for (int i = 0; i < 4; i++) {
      redial.begin();
      assertEquals(after(5), redial.ended(Ending.ORDINARY, NOW));
      redial.begin();
      redial.up();
      assertEquals(after(5), redial.ended(Ending.ORDINARY, NOW));
    }
  }

  @Test
  void zeroIsAnyNumber() {
    var redial = redial(true, 0, 0);
    for (int i = 0; i < 1000; i++) {
      redial.begin();
      assertEquals(after(1), redial.ended(Ending.ORDINARY, NOW));
    }
  }

  @Test
  void whoIsRefusedWaitsLong() {
    var redial = redial(true, 0, 30);
    redial.begin();
    assertEquals(after(300), redial.ended(Ending.REFUSED, NOW));
    redial = redial(true, 0, 0);
    redial.begin();
    assertEquals(after(30), redial.ended(Ending.REFUSED, NOW));
  }

  @Test
  void optionsOfThePeerCount() {
    var redial = redial(true, 0, 30);
    redial.begin();
    redial.setPolicy(new Redial.Policy(false, 0, Duration.ZERO));
    assertEquals(STOP, redial.ended(Ending.ORDINARY, NOW));
  }
}
