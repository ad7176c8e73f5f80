package linedisc.examples.stack;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import linedisc.serial.observe.FlightReporter;
import linedisc.serial.observe.InterfaceBeans;
import linedisc.serial.tty.Tty;

/// A station as the JDK's tools see it: its interfaces through JMX, and what happens to them in
/// flight recordings. Both cost nothing to speak of until such a tool is attached, which may be at
/// any time, and so no option asks for them. Making the JDK's own beans does cost: a third of a
/// program's start, which therefore has a second before ours are made.
final class Reports implements AutoCloseable {
  private static final int DELAY = 1;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Void> shown;
  private final FlightReporter flights;

  /// Begins to report.
  ///
  /// @param name of the interfaces' table in JMX; a number follows if another has it
  Reports(Station station, String name) {
    shown = CompletableFuture.runAsync(() -> show(station, name), station.executor());
    flights = new FlightReporter(station.interfaces(), station.executor());
  }

  /// Shows the beans until the end.
  private void show(Station station, String name) {
    try {
      if (!closing.await(DELAY, TimeUnit.SECONDS)) {
        try (InterfaceBeans _ = beans(station, name)) {
          closing.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    closing.countDown();
    shown.join();
  }
}
