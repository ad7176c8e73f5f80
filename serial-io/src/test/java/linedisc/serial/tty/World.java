package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.Removal;
import linedisc.serial.life.SeededSync;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;

/// A table, ports and whatever was bound to them, under a seeded schedule; and what must hold of
/// them when nothing moves any more.
final class World {
  final SeededSync sync;
  final InterfaceTable table;
  final TtyTable ttys;
  final List<FakeLine> lines = new ArrayList<>();
  final List<Tty> ports = new ArrayList<>();

  /// Every interface that was ever seen.
  private final List<NetInterface> seen = new ArrayList<>();

  private final List<Removal> removals = new ArrayList<>();

  World(SeededSync sync) {
    this.sync = sync;
    this.table = new InterfaceTable(sync);
    this.ttys = new TtyTable(table);
  }

  /// Runs a scenario under a seed.
  static void run(long seed, Scenario scenario) {
    SeededSync sync = new SeededSync(seed);
    long _ =
        sync.run(() -> {
          World world = new World(sync);
          scenario.play(world);
          world.end();
        });
  }

  /// Plays in a world; what it has started is ended afterwards.
  @FunctionalInterface
  interface Scenario {
    void play(World world) throws Exception;
  }

  /// Opens a port; a second one is at the other end of the first one's line.
  Tty open() {
    FakeLine line = new FakeLine(sync, "tty" + lines.size());
    lines.add(line);
    if (lines.size() % 2 == 0) {
      FakeLine.connect(lines.get(lines.size() - 2), line);
    }
    Tty tty = ttys.open(line);
    ports.add(tty);
    return tty;
  }

  /// Remembers an interface, for [#check].
  NetInterface note(NetInterface netInterface) {
    seen.add(netInterface);
    return netInterface;
  }

  /// Remembers a removal, for [#check].
  Removal note(Removal removal) {
    removals.add(removal);
    return removal;
  }

  FlagDiscipline ppp() {
    return new FlagDiscipline("ppp", false);
  }

  /// What must hold when nobody can go on.
  void check() {
    sync.awaitIdle();
    assertEquals(0, table.touches(), "touches");
    for (Removal removal : removals) {
      assertTrue(removal.isDone(), removal::toString);
      assertNull(removal.failure());
    }
    for (NetInterface netInterface : seen) {
      check(netInterface);
    }
    for (int i = 0; i < ports.size(); i++) {
      check(ports.get(i), lines.get(i));
    }
  }

  private void check(NetInterface netInterface) {
    String name = netInterface.toString();
    if (netInterface.state() == InterfaceState.ATTACHED) {
      String port = netInterface.portName();
      assertEquals(netInterface, table.find(netInterface.name()), name);
      boolean bound = ports.stream().anyMatch(tty -> netInterface.equals(tty.netInterface()));
      assertEquals(bound, port != null, name);
      assertTrue(bound || netInterface.is(InterfaceFlag.STICKY), name + " without a binding");
    } else {
      assertEquals(InterfaceState.FREED, netInterface.state(), name);
      assertNull(netInterface.portName(), name);
      assertNotEquals(netInterface, table.find(netInterface.name()), name);
    }
  }

  private void check(Tty tty, FakeLine line) {
    NetInterface bound = tty.netInterface();
    if (bound != null) {
      assertEquals(PortState.BOUND, tty.state(), tty.name());
      assertEquals(InterfaceState.ATTACHED, bound.state(), tty.name());
      boolean stuck = line.isWriting();
      assertTrue(stuck || bound.statistics().outWaiting() == 0, "the writer sleeps on work");
    } else if (tty.state() != PortState.OPEN) {
      boolean zombie = line.isWriting();
      boolean closing = tty.state() == PortState.CLOSING || tty.state() == PortState.ZOMBIE;
      assertEquals(zombie, closing, tty.name());
      assertEquals(zombie ? 0 : 1, line.closes(), tty.name());
      assertEquals(zombie, ttys.list().contains(tty), tty.name());
    }
  }

  /// Destroys and closes everything, and sees that nothing is left.
  private void end() throws Exception {
    check();
    for (FakeLine line : lines) {
      line.unblock();
    }
    ttys.close();
    table.close();
    sync.awaitIdle();
    while (!ttys.list().isEmpty()) {
      sync.parkUntil(sync.nanoTime() + 1_000_000);
    }
    check();
    assertNotNull(table.find("lo0"));
    assertEquals(1, table.list().size(), () -> table.list().toString());
    assertEquals("ppp0", table.create("ppp").name(), "units are free again");
  }
}
