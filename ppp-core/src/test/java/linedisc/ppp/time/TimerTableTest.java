package linedisc.ppp.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimerTableTest {
  private enum Name {
    FIRST,
    SECOND,
    THIRD
  }

  private final TimerTable<Name> timers = new TimerTable<>(Name.values());

  @Test
  void nothingIsDueAtFirst() {
    assertEquals(TimerTable.NONE, timers.earliest());
    assertNull(timers.expired(Long.MAX_VALUE - 1));
    assertNull(timers.expired(Long.MAX_VALUE));
  }

  @Test
  void timersExpireInTheOrderOfTheirDeadlines() {
    timers.start(Name.FIRST, 30);
    timers.start(Name.SECOND, 10);
    timers.start(Name.THIRD, 20);
    assertEquals(10, timers.earliest());
    assertNull(timers.expired(9));
    assertEquals(Name.SECOND, timers.expired(20));
    assertEquals(Name.THIRD, timers.expired(20));
    assertNull(timers.expired(29));
    assertEquals(Name.FIRST, timers.expired(30));
    assertEquals(TimerTable.NONE, timers.earliest());
  }

  @Test
  void aTimerExpiresOnceAndCanBeMovedOrStopped() {
    timers.start(Name.FIRST, 10);
    timers.start(Name.FIRST, 20);
    assertTrue(timers.isRunning(Name.FIRST));
    assertNull(timers.expired(15));
    timers.stop(Name.FIRST);
    assertFalse(timers.isRunning(Name.FIRST));
    assertNull(timers.expired(100));
    timers.start(Name.FIRST, 1);
    timers.start(Name.SECOND, 2);
    timers.stopAll();
    assertEquals(TimerTable.NONE, timers.earliest());
  }

  @Test
  void aSingleTimerIsTheOneOfTheTable() {
    TimerTable.Timer timer = timers.timer(Name.SECOND);
    timer.start(-5);
    assertEquals(-5, timers.earliest());
    timer.stop();
    assertEquals(TimerTable.NONE, timers.earliest());
    timer.start(7);
    assertEquals(Name.SECOND, timers.expired(7));
  }
}
