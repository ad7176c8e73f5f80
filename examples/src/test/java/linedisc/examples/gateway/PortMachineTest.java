package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import linedisc.examples.cli.CommandException;
import linedisc.examples.gateway.PortMachine.State;
import linedisc.examples.gateway.PortMachine.Step;
import linedisc.examples.pppd.options.SystemMachine;
import org.junit.jupiter.api.Test;

class PortMachineTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private long now = Long.MAX_VALUE - 10 * SECOND;

  private static PortMachine machine(String... statements) throws CommandException {
    String text = "port a\n addresses 10.0.0.1:10.0.0.2\n" + String.join("\n", statements);
    return new PortMachine(
        ConfigReader.read(new SystemMachine(Path.of("/nowhere")), "t", text).sections().getFirst());
  }

  /// How long it waits until it has something to do.
  private long pause(PortMachine machine) {
    if (!(machine.next(now) instanceof Step.Pause(long until))) {
      return 0;
    }
    assertEquals(State.PAUSED, machine.state());
    long nanos = until - now;
    now = until;
    return nanos / SECOND;
  }

  @Test
  void takesCallTellsProtocolAndWaitsForNext() throws CommandException {
    PortMachine machine = machine("answer");
    assertInstanceOf(Step.Open.class, machine.next(now));
    machine.opened();
    for (boolean slip : new boolean[] {true, false}) {
      assertInstanceOf(Step.Answer.class, machine.next(now));
      machine.called();
      assertInstanceOf(Step.Tell.class, machine.next(now));
      machine.told(slip);
      assertEquals(new Step.Run(slip), machine.next(now));
      machine.up();
      assertEquals(State.UP, machine.state());
      machine.ended("gone", true, false, now);
    }
    assertInstanceOf(Step.Answer.class, machine.next(now));
    assertEquals(2, machine.links());
    machine.ended("no carrier", false, false, now);
    assertEquals(1, pause(machine));
    assertInstanceOf(Step.Open.class, machine.next(now));
  }

  @Test
  void pausesTwiceAsLongAfterEachFailure() throws CommandException {
    PortMachine machine = machine("kind ppp", "holdoff 3");
    long[] pauses = {3, 6, 12, 24, 48, 60, 60};
    for (long expected : pauses) {
      machine.ended("no answer", true, false, now);
      assertEquals(expected, pause(machine));
    }
    for (int i = 0; i < 100; i++) {
      machine.ended("no such device", false, false, now);
    }
    assertEquals(10, pause(machine));
    machine.opened();
    assertEquals(new Step.Run(false), machine.next(now));
    machine.up();
    machine.ended("hung up", false, false, now);
    assertEquals(0, machine.failures());
    assertEquals(3, pause(machine));
    assertEquals("hung up", machine.reason());
  }

  @Test
  void deviceThatComesEndsPauseOfLineThatWaits() throws CommandException {
    PortMachine machine = machine("kind ppp");
    for (int i = 0; i < 9; i++) {
      machine.ended("no such device", false, false, now);
    }
    assertInstanceOf(Step.Pause.class, machine.next(now));
    machine.devicesChanged(now);
    assertInstanceOf(Step.Open.class, machine.next(now));
    machine.ended("not yet", false, false, now);
    assertEquals(1, pause(machine));
    machine.opened();
    machine.ended("no answer", true, false, now);
    machine.devicesChanged(now);
    assertEquals(2, pause(machine));
    assertEquals(11, machine.failures());
  }

  @Test
  void waitsLongAfterRefusal() throws CommandException {
    PortMachine machine = machine("kind ppp");
    machine.opened();
    machine.ended("refused", true, true, now);
    assertEquals(30, pause(machine));
    PortMachine answering = machine("answer");
    answering.opened();
    answering.called();
    answering.ended("refused", true, true, now);
    assertInstanceOf(Step.Answer.class, answering.next(now));
  }

  @Test
  void stopIsFinal() throws CommandException {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new SplittableRandom(seed);
      PortMachine machine = machine(random.nextBoolean() ? "answer" : "kind slip");
      for (int i = random.nextInt(30); i > 0; i--) {
        act(machine, random);
      }
      machine.stop();
      for (int i = 0; i < 10; i++) {
        act(machine, random);
        assertInstanceOf(Step.Stop.class, machine.next(now), "seed " + seed);
        assertEquals(State.STOPPED, machine.state(), "seed " + seed);
      }
    }
  }

  private void act(PortMachine machine, SplittableRandom random) {
    switch (random.nextInt(5)) {
      case 0 -> machine.opened();
      case 1 -> machine.called();
      case 2 -> machine.told(random.nextBoolean());
      case 3 -> machine.up();
      default -> machine.ended("it", random.nextBoolean(), random.nextBoolean(), now);
    }
    now += random.nextLong(2 * SECOND);
  }
}
