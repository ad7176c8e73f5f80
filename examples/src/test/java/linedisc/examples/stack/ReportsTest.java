package linedisc.examples.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final long PATIENCE = 20_000_000_000L;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /// What the tables of stations of one name are called is for the later of them to find out.
  @Test
  void stationsOfOneNameAreToldApart() throws JMException, InterruptedException {
    var first = new ObjectName("linedisc:table=test,type=InterfaceTable");
    var second = new ObjectName("linedisc:table=test2,type=InterfaceTable");
    try (var one = new Station();
        var other = new Station()) {
      one.report("test");
      other.report("test");
      await(first);
      await(second);
      assertArrayEquals(new String[] {"lo0"}, (String[]) server.getAttribute(first, "Interfaces"));
    }
    assertFalse(server.isRegistered(first));
    assertFalse(server.isRegistered(second));
  }

  private void await(ObjectName name) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!server.isRegistered(name)) {
      assertTrue(deadline - System.nanoTime() > 0, () -> "never: " + name);
      Thread.sleep(1);
    }
  }
}
