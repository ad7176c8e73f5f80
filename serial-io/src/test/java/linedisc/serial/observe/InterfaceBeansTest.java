package linedisc.serial.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterfaceBeansTest {
  private static final String TABLE = "linedisc:table=test,type=InterfaceTable";

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final InterfaceTable table = new InterfaceTable();
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private InterfaceBeans beans;

  @BeforeEach
  void register() throws JMException {
    beans = new InterfaceBeans(table, server, "test", tasks::add);
  }

  @AfterEach
  void close() {
    beans.close();
    table.close();
  }

  /// Lets what is to be told be told: each event here comes alone.
  private void follow() throws InterruptedException {
    tasks.take().run();
  }

  private static ObjectName bean(String name) throws JMException {
    return new ObjectName("linedisc:table=test,type=Interface,name=" + name);
  }

  private Object get(String name, String attribute) throws JMException {
    return server.getAttribute(bean(name), attribute);
  }

  @Test
  void anInterfaceIsShownWhileItIsThere() throws Exception {
    assertEquals("ATTACHED", get("lo0", "State"), "it was there before");
    NetInterface ppp0 = table.create("ppp");
    follow();
    ppp0.configure(new AddressPair(Prefix.address("10.0.0.1"), Prefix.address("10.0.0.2")));
    follow();
    assertEquals(ppp0.index(), get("ppp0", "Index"));
    assertEquals(1500, get("ppp0", "Mtu"));
    assertArrayEquals(new String[] {"10.0.0.1 --> 10.0.0.2"}, (String[]) get("ppp0", "Addresses"));
    assertEquals(0L, get("ppp0", "OutPackets"));
    assertEquals(null, get("ppp0", "Port"));
    ppp0.destroy().await();
    follow();
    assertFalse(server.isRegistered(bean("ppp0")));
    assertEquals(1L, server.getAttribute(new ObjectName(TABLE), "Arrivals"));
    assertEquals(1L, server.getAttribute(new ObjectName(TABLE), "Departures"));
    assertEquals(0L, server.getAttribute(new ObjectName(TABLE), "Touches"));
  }

  @Test
  void countersAreReadWhenAskedFor() throws Exception {
    NetInterface lo0 = table.get("lo0");
    byte[] packet = new byte[20];
    packet[0] = 0x45;
    lo0.send(packet, 0, 20);
    lo0.send(packet, 0, 20);
    assertEquals(2L, get("lo0", "OutPackets"));
    assertEquals(40L, get("lo0", "InOctets"));
  }

  @Test
  void theNextOneOfANameTakesItsPlace() throws Exception {
    table.create("ppp0").destroy().await();
    NetInterface next = table.create("ppp0");
    while (!server.isRegistered(bean("ppp0")) || !get("ppp0", "Index").equals(next.index())) {
      follow();
    }
  }

  @Test
  void nothingIsLeftAfterTheClose() throws Exception {
    assertTrue(server.isRegistered(new ObjectName(TABLE)));
    assertThrows(JMException.class, () -> new InterfaceBeans(table, server, "test", tasks::add));
    beans.close();
    assertEquals(0, server.queryNames(new ObjectName("linedisc:*"), null).size());
  }
}
