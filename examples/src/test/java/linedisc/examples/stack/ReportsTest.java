package linedisc.examples.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /// What the tables of stations of one name are called is for the later of them to find out.
  @Test
  void stationsOfOneNameAreToldApart() throws JMException, InterruptedException {
    ObjectName first;
    ObjectName second;
    try (var one = new Station();
        var other = new Station()) {
      one.report("test");
      other.report("test");
      first = ShownTables.await("test");
      second = ShownTables.await("test2");
      assertArrayEquals(new String[] {"lo0"}, (String[]) server.getAttribute(first, "Interfaces"));
    }
    assertFalse(server.isRegistered(first));
    assertFalse(server.isRegistered(second));
  }
}
