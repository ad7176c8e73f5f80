package linedisc.examples.pppd.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import linedisc.examples.pppd.policy.SessionLimits.Direction;
import linedisc.examples.pppd.policy.SessionLimits.Limits;
import linedisc.examples.pppd.policy.SessionLimits.Traffic;
import linedisc.ppp.TerminationReason;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = -5 * SECOND;

  private static SessionLimits limits(int idle, int connected, long octets, Direction direction) {
    return new SessionLimits(of(idle, connected, octets, direction));
  }

  private static Limits of(int idle, int connected, long octets, Direction direction) {
    return new Limits(
        Duration.ofSeconds(idle),
        Duration.ofSeconds(connected),
        octets,
        direction,
        Duration.ofSeconds(2));
  }

  private static Traffic traffic(long lastActive) {
    return new Traffic(lastActive, 0, 0);
  }

  @Test
  void nothingEndsWithoutLimits() {
    var limits = limits(0, 0, 0, Direction.SUM);
    limits.up(START);
    assertEquals(Long.MAX_VALUE, limits.pollTimeout());
    assertNull(limits.expired(new Traffic(START, 1L << 60, 1L << 60), START + 1000 * SECOND));
  }

  @Test
  void nothingEndsBeforeTheLinkIsUp() {
    var limits = limits(1, 1, 1, Direction.SUM);
    assertEquals(Long.MAX_VALUE, limits.pollTimeout());
    assertNull(limits.expired(new Traffic(START, 9, 9), START + 1000 * SECOND));
  }

  @Test
  void anIdleLinkEnds() {
    var limits = limits(10, 0, 0, Direction.SUM);
    limits.up(START);
    assertEquals(START + 10 * SECOND, limits.pollTimeout());
    long active = START + 4 * SECOND;
    assertNull(limits.expired(traffic(active), START + 10 * SECOND));
    assertEquals(active + 10 * SECOND, limits.pollTimeout());
    assertNull(limits.expired(traffic(active), active + 10 * SECOND - 1));
    assertEquals(
        new TerminationReason.IdleTimeout(), limits.expired(traffic(active), active + 10 * SECOND));
  }

  @Test
  void timeBeforeTheLinkWasUpIsNotIdle() {
    var limits = limits(10, 0, 0, Direction.SUM);
    limits.up(START);
    limits.up(START + SECOND);
    assertNull(limits.expired(traffic(START - 100 * SECOND), START + 9 * SECOND));
    assertEquals(START + 10 * SECOND, limits.pollTimeout());
  }

  @Test
  void connectTimeEndsABusyLink() {
    var limits = limits(10, 25, 0, Direction.SUM);
    limits.up(START);
    long now = START + 25 * SECOND;
    assertNull(limits.expired(traffic(now - 1), now - 1));
    assertEquals(now, limits.pollTimeout());
    assertEquals(new TerminationReason.ConnectTime(), limits.expired(traffic(now), now));
  }

  @Test
  void trafficIsLookedAtNowAndThen() {
    var limits = limits(0, 0, 100, Direction.SUM);
    limits.up(START);
    assertEquals(START + 2 * SECOND, limits.pollTimeout());
    assertNull(limits.expired(new Traffic(START, 60, 40), START + 2 * SECOND));
    assertEquals(START + 4 * SECOND, limits.pollTimeout());
    assertEquals(
        new TerminationReason.TrafficLimit(),
        limits.expired(new Traffic(START, 60, 41), START + 4 * SECOND));
  }

  @Test
  void onlyTheDirectionThatCountsCounts() {
    Traffic traffic = new Traffic(START, 60, 70);
    for (Direction direction : Direction.values()) {
      long counted =
          switch (direction) {
            case SUM -> 130;
            case OUT -> 60;
            case IN, MAX -> 70;
          };
      for (long limit : new long[] {counted, counted - 1}) {
        var limits = limits(0, 0, limit, direction);
        limits.up(START);
        assertEquals(
            limit == counted ? null : new TerminationReason.TrafficLimit(),
            limits.expired(traffic, START + 2 * SECOND),
            direction + " " + limit);
      }
    }
  }

  @Test
  void whatHasPassedCountsForNewLimits() {
    var limits = limits(0, 0, 0, Direction.SUM);
    limits.up(START);
    limits.change(of(10, 25, 0, Direction.SUM));
    assertEquals(START + 10 * SECOND, limits.pollTimeout());
    long now = START + 12 * SECOND;
    assertNull(limits.expired(traffic(now - SECOND), now));
    assertEquals(now + 9 * SECOND, limits.pollTimeout());
    now = START + 25 * SECOND;
    assertEquals(new TerminationReason.ConnectTime(), limits.expired(traffic(now), now));
    limits.change(of(0, 0, 1, Direction.SUM));
    assertEquals(new TerminationReason.TrafficLimit(), limits.expired(new Traffic(now, 1, 1), now));
  }
}
