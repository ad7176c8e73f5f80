package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import linedisc.ppp.PppConfig;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkMode;
import linedisc.serial.net.NetworkProtocol;
import org.junit.jupiter.api.Test;

/// What PPP negotiates shows on the interface, and goes with the link.
class PppAddressesTest {
  private static final long TICK = 1_000_000;
  private static final int MOST_TICKS = 20_000;

  @Test
  void bothProtocolsHaveAddressesWhileTheyAreOpen() {
    Seeds.each(world -> {
      Tty near = world.open();
      Tty far = world.open();
      Link link = near.bind(ppp(1));
      NetInterface netInterface = world.note(link.netInterface());
      NetInterface other = world.note(far.bind(ppp(2)).netInterface());
      await(world, () -> netInterface.addresses().size() == 2 && other.addresses().size() == 2);
      assertEquals(
          List.of(pair("10.0.0.1", "10.0.0.2"), pair("fe80::1", "fe80::2")),
          netInterface.addresses());
      assertEquals(NetworkMode.PASS, netInterface.mode(NetworkProtocol.IPV6));
      PppProtocol protocol = assertInstanceOf(PppProtocol.class, link.protocol());
      assertTrue(protocol.close(new TerminationReason.UserRequest()));
      await(world, () -> netInterface.addresses().isEmpty());
      assertEquals(NetworkMode.ERROR, netInterface.mode(NetworkProtocol.IPV6));
    });
  }

  private static AddressPair pair(String local, String remote) {
    return new AddressPair(InetAddress.ofLiteral(local), InetAddress.ofLiteral(remote));
  }

  private static PppDiscipline ppp(int end) {
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(0x0a000000 + end)
            .remoteAddress(0x0a000000 + 3 - end)
            .build();
    Ipv6cpConfig ipv6cp = Ipv6cpConfig.builder().localIdentifier(end).build();
    return new PppDiscipline(
        PppConfig.builder().ipcp(ipcp).ipv6cp(ipv6cp).build(), () -> new SplittableRandom(end));
  }

  private static void await(World world, BooleanSupplier condition) {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      assertTrue(i < MOST_TICKS, "it does not come");
      world.sync.parkUntil(world.sync.nanoTime() + TICK);
    }
  }
}
