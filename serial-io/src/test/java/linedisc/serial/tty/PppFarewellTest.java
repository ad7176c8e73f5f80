package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// The interface goes, the link below it says goodbye, and then the port is free.
class PppFarewellTest {
  private static final long TICK = 1_000_000;
  private static final int MOST_TICKS = 20_000;

  @Test
  void thePortIsRawAgainWhenThePeerHasAcknowledged() {
    Seeds.each(world -> {
      Tty near = world.open();
      Tty far = world.open();
      NetInterface going = world.note(near.bind(ppp(1)).netInterface());
      NetInterface staying = world.note(far.bind(ppp(2)).netInterface());
      await(world, () -> going.is(InterfaceFlag.RUNNING) && staying.is(InterfaceFlag.RUNNING));
      going.destroy().await();
      await(world, () -> near.discipline().name().equals("raw"));
      assertEquals(PortState.OPEN, near.state());
      assertTrue(staying.isAttached());
    });
  }

  @Test
  void thePortIsRawAgainWhenThePeerSaysNothing() {
    Seeds.each(world -> {
      Tty near = world.open();
      NetInterface going = world.note(near.bind(ppp(1)).netInterface());
      going.destroy().await();
      await(world, () -> near.discipline().name().equals("raw"));
    });
  }

  private static PppDiscipline ppp(int end) {
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(0x0a000000 + end)
            .remoteAddress(0x0a000000 + 3 - end)
            .build();
    return new PppDiscipline(
        PppConfig.builder().ipcp(ipcp).build(), () -> new SplittableRandom(end));
  }

  private static void await(World world, BooleanSupplier condition) {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      assertTrue(i < MOST_TICKS, "it does not come");
      world.sync.parkUntil(world.sync.nanoTime() + TICK);
    }
  }
}
