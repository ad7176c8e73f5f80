package linedisc.examples.stack;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import linedisc.serial.observe.FlightReporter;
import linedisc.serial.observe.InterfaceBeans;
import linedisc.serial.tty.Tty;

/// A station as the JDK's tools see it: its interfaces through JMX, and what happens to them in
/// flight recordings. Both cost nothing to speak of until such a tool is attached, which may be at
/// any time, and so no option asks for them.
final class Reports implements AutoCloseable {
  private final InterfaceBeans beans;
  private final FlightReporter flights;

  /// Begins to report.
  ///
  /// @param name of the interfaces' table in JMX; a number follows if another has it
  Reports(Station station, String name) {
    beans = beans(station, name);
    flights = new FlightReporter(station.interfaces(), station.executor());
  }

  private static InterfaceBeans beans(Station station, String name) {
    String wanted = name;
    for (int next = 2; ; next++) {
      try {
        return new InterfaceBeans(
            station.interfaces(),
            ManagementFactory.getPlatformMBeanServer(),
            wanted,
            station.executor());
      } catch (InstanceAlreadyExistsException e) {
        wanted = name + next;
      } catch (JMException e) {
        throw new IllegalArgumentException(name + " is no name in JMX", e);
      }
    }
  }

  /// Reports what is negotiated on a port, too.
  void watch(Tty tty) {
    flights.watch(tty);
  }

  @Override
  public void close() {
    flights.close();
    beans.close();
  }
}
