package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Pty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What five hundred open ports cost while nothing happens on them.
@Tag("slow")
class ManyPortsTest {
  private static final int PORTS = 500;
  private static final long SETTLE_NANOS = 8_000_000_000L;
  private static final long WATCH_NANOS = 20_000_000_000L;

  private final Libc libc = new Libc(64);

  /// Two threads a port wake up once a second to look; a loop has nothing to look for.
  @ParameterizedTest
  @CsvSource({"posix, 0.01, 1", "jserialcomm, 0.03, 1000"})
  void fiveHundredIdlePortsCostLittle(
      String transport, double mostOfACore, int mostThreads, @TempDir Path folder)
      throws Exception {
    Ptys.assumed();
    SerialBackend backend = SerialBackend.named(transport);
    PortLocks locks = new PortLocks(folder);
    List<Pty> masters = new ArrayList<>();
    List<SerialTransport> ports = new ArrayList<>();
    List<Recorder> users = new ArrayList<>();
    long memory = residentKilobytes();
    int threads = Thread.activeCount();
    long start = System.nanoTime();
    for (int i = 0; i < PORTS; i++) {
      masters.add(Pty.open(libc));
      ports.add(backend.open(masters.get(i).slave(), PortSettings.DEFAULT, locks));
      users.add(new Recorder());
      ports.get(i).start(users.get(i));
    }
    double openSeconds = (System.nanoTime() - start) / 1e9;
    LockSupport.parkNanos(SETTLE_NANOS);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long processor = system.getProcessCpuTime();
    long watch = System.nanoTime();
    while (System.nanoTime() - watch < WATCH_NANOS) {
      LockSupport.parkNanos(WATCH_NANOS / 10);
    }
    int more = Thread.activeCount() - threads;
    double share = (double) (system.getProcessCpuTime() - processor) / (System.nanoTime() - watch);
    System.out.printf(
        "%d ports by %s: opened in %.1f s, idle %.2f %% of a core, %d threads, %d KB more resident%n",
        PORTS, backend, openSeconds, share * 100, more, residentKilobytes() - memory);
    byte[] octets = {1, 2, 3};
    for (int i = 0; i < PORTS; i++) {
      assertEquals(3, libc.write(masters.get(i).master(), octets, 0, 3));
    }
    for (Recorder user : users) {
      assertArrayEquals(octets, user.awaitReceived(3));
    }
    start = System.nanoTime();
    try (ExecutorService closers = Executors.newFixedThreadPool(50)) {
      for (SerialTransport port : ports) {
        closers.execute(() -> port.close(Duration.ZERO));
      }
      closers.shutdown();
      assertTrue(closers.awaitTermination(60, TimeUnit.SECONDS));
    }
    System.out.printf("closed in %.1f s%n", (System.nanoTime() - start) / 1e9);
    for (Pty master : masters) {
      libc.close(master.master());
    }
    assertTrue(share < mostOfACore, share + " of a core");
    assertTrue(more <= mostThreads, more + " threads");
  }

  private static long residentKilobytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
