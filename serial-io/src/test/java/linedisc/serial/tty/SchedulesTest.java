package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.InterfaceHandle;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkMode;
import linedisc.serial.net.PacketTap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Everybody does everything at once, in an order that a seed decides: the actors of the life-cycle
/// model, and those it leaves out. After each schedule all that must hold is looked at.
class SchedulesTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final int DEFAULT_RUN = 2_000;
  private static final int SLOW_RUN = 100_000;

  @Test
  void someSchedules() {
    for (long seed = 0; seed < DEFAULT_RUN; seed++) {
      World.run(seed, SchedulesTest::chaos);
    }
  }

  @Test
  @Tag("slow")
  void manySchedules() {
    for (long seed = DEFAULT_RUN; seed < DEFAULT_RUN + SLOW_RUN; seed++) {
      World.run(seed, SchedulesTest::chaos);
    }
  }

  private static void chaos(World world) throws Exception {
    Tty a = world.open();
    Tty b = world.open();
    switch (world.sync.nextInt(5)) {
      case 0 -> {}
      case 1 -> world.note(world.table.create("ppp"));
      case 2 -> world.note(world.table.create("ppp")).setIdleMode(NetworkMode.QUEUE);
      case 3 -> world.note(a.bind(world.ppp()).netInterface());
      default -> {
        NetInterface ppp0 = world.note(world.table.create("ppp"));
        Link _ = a.bind(world.ppp(), ppp0);
      }
    }
    List<Thread> actors = new ArrayList<>();
    int count = 2 + world.sync.nextInt(6);
    for (int i = 0; i < count; i++) {
      Tty port = world.sync.nextInt(3) == 0 ? b : a;
      int role = world.sync.nextInt(16);
      actors.add(world.sync.spawn("role" + role + "." + i, () -> play(world, role, port)));
    }
    for (Thread actor : actors) {
      world.sync.join(actor);
    }
  }

  /// One actor's part; being refused is part of it.
  private static void play(World world, int role, Tty port) throws Exception {
    try {
      switch (role) {
        case 0, 1 -> destroy(world, "ppp0");
        case 2 -> destroy(world, "ppp1");
        case 3 -> world.note(world.table.create("ppp"));
        case 4, 5 -> world.note(port.bind(world.ppp()).netInterface());
        case 6 -> world.note(port.bind(new FlagDiscipline("ppp", true)).netInterface());
        case 7 -> rebind(world, port);
        case 8 -> world.lines.get(world.ports.indexOf(port)).unplug();
        case 9 -> world.note(port.close(SHORT));
        case 10, 11 -> send(world.table.get("ppp0"));
        case 12 -> receive(world.table.get("ppp0"));
        case 13 -> keepOrDown(world, world.table.get("ppp0"));
        case 14 -> handle(world, port);
        default -> listen(world, port);
      }
    } catch (NetException e) {
      assertTrue(e.error() != NetError.EINVAL, e::toString);
    }
  }

  private static void destroy(World world, String name) throws Exception {
    NetInterface target = world.table.get(name);
    Removal removal = world.note(world.table.destroy(name));
    removal.await();
    if (world.table.find(target.index()) != null) {
      // The name had been given to another one meanwhile, and that one was destroyed.
      return;
    }
    assertEquals(InterfaceState.FREED, target.state());
    assertEquals(0, target.statistics().touches());
  }

  private static void rebind(World world, Tty port) throws Exception {
    Removal removal = port.unbind();
    if (removal != null) {
      world.note(removal);
    }
    world.note(port.bind(world.ppp()).netInterface());
  }

  private static void send(NetInterface target) throws Exception {
    for (int i = 0; i < 4; i++) {
      byte[] packet = Packets.numbered(i);
      target.send(packet, 0, packet.length);
    }
  }

  private static void receive(NetInterface target) throws Exception {
    byte[] buffer = new byte[64];
    for (int i = 0; i < 3; i++) {
      int _ = target.receive(buffer, 0, buffer.length, SHORT);
    }
  }

  private static void keepOrDown(World world, NetInterface target) throws Exception {
    if (world.sync.nextInt(2) == 0) {
      target.keep();
    } else {
      target.down();
      target.up();
    }
  }

  private static void handle(World world, Tty port) throws Exception {
    try (InterfaceHandle handle = world.table.open("ppp")) {
      NetInterface own = world.note(handle.netInterface());
      Link _ = port.bind(world.ppp(), own);
      send(own);
    }
  }

  private static void listen(World world, Tty port) throws Exception {
    NetInterface target = world.table.get("ppp0");
    try (PacketTap tap = target.tap(1000)) {
      FakeLine line = world.lines.get(world.ports.indexOf(port));
      line.arrive(framed(1));
      line.arrive(framed(2));
      PacketTap.Sighting sighting = new PacketTap.Sighting(64);
      boolean _ = tap.take(sighting, SHORT);
    } catch (InterfaceGoneException e) {
      assertEquals(NetError.ENXIO, e.error());
    }
  }

  static byte[] framed(int number) {
    byte[] packet = Packets.numbered(number);
    byte[] frame = new byte[packet.length + 2];
    System.arraycopy(packet, 0, frame, 1, packet.length);
    frame[0] = FlagDiscipline.FLAG;
    frame[frame.length - 1] = FlagDiscipline.FLAG;
    return frame;
  }
}
