package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.DeviceWatch;
import linedisc.examples.stack.Station;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialPorts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Devices that come, of a gateway that does not look for them by itself.
@Timeout(60)
class DeviceWatchTest {
  @TempDir private Path folder;
  private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
  }

  private void says(String port, String part) throws InterruptedException {
    var seen = new StringBuilder();
    String begin = folder.resolve(port) + ": ";
    for (String line = ""; !(line.startsWith(begin) && line.contains(part)); ) {
      line = log.poll(30, TimeUnit.SECONDS);
      assertTrue(line != null, () -> "never: " + begin + part + seen);
      seen.append('\n').append(line);
    }
  }

  @Test
  void deviceIsOpenedWhenItComes() throws Exception {
    var machine = new TestMachine(folder);
    var opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
    try (var station = new Station();
        var gateway =
            new Gateway(new Site(station, machine, opener::open, new Pools(), log::add))) {
      gateway.configure(
          ConfigReader.read(
              machine,
              "test",
              """
              pool guests 10.9.0.2-10.9.0.9
              port %1$s/line
                addresses 10.9.0.1:
                from guests
                holdoff 3600
              port %1$s/later/usb*
                addresses 10.9.0.1:
                from guests
              """
                  .formatted(folder)));
      try (var _ = DeviceWatch.start(opener.changes(gateway.names()), gateway::devicesChanged)) {
        says("line", folder.toString());
        for (String name : new String[] {"line", "later/usb3"}) {
          Path file = folder.resolve(name);
          Path _ = Files.createDirectories(file.getParent());
          PtyTransport master = PtyTransport.open();
          Path _ = Files.createSymbolicLink(file, Path.of(master.slave()));
          says(name, "open");
          Files.delete(file);
          master.close();
          says(name, "the line has gone");
          PtyTransport again = PtyTransport.open();
          Path _ = Files.createSymbolicLink(file, Path.of(again.slave()));
          says(name, "open");
          // The kernel gives its number to the next.
          Files.delete(file);
          again.close();
        }
      }
    }
  }
}
