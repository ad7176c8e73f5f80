package linedisc.examples.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/// What stations show through JMX, which they begin with somewhat after their start.
public final class ShownTables {
  private static final long PATIENCE = 20_000_000_000L;

  private ShownTables() {}

  /// Waits until an interface table is shown.
  ///
  /// @return its name in JMX
  public static ObjectName await(String table)
      throws MalformedObjectNameException, InterruptedException {
    var name = new ObjectName("linedisc:table=" + table + ",type=InterfaceTable");
    long deadline = System.nanoTime() + PATIENCE;
    while (!ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
      assertTrue(deadline - System.nanoTime() > 0, () -> "never: " + name);
      Thread.sleep(1);
    }
    return name;
  }
}
