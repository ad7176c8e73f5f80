package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Pty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A close beside reads and writes: what jSerialComm makes of it, which may crash the JVM and so
/// happens in another, and that our transports don't let it come to that.
@Tag("slow")
class JSerialCommRacesTest {
  private static final int SECONDS = 20;
  private static final int THREADS = 64;

  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  /// Opens and closes a port beside a thread that reads or writes it, and one that opens files.
  static final class Probe {
    private static final int FOREIGN = 99;

    private Probe() {}

    public static void main(String[] how) throws Exception {
      NativeSerial.require();
      Libc libc = new Libc(64);
      Pty pty = Pty.open(libc);
      SerialPort port = SerialPort.getCommPort(pty.slave());
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 100, 0);
      spin(() -> useOnce(how[0], port));
      Path file = Path.of(how[1]);
      spin(() -> openAndClose(file));
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end) {
        port.openPort();
        port.closePort();
      }
      System.exit(0);
    }

    private static void spin(Runnable body) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            for (; ; ) {
              body.run();
            }
          });
    }

    private static void useOnce(String how, SerialPort port) {
      byte[] b = new byte[16];
      if (how.equals("write")) {
        port.writeBytes(b, b.length);
      } else if (port.readBytes(b, b.length) > 0 && b[0] == 'X') {
        System.out.println("read a stranger's file");
        Runtime.getRuntime().halt(FOREIGN);
      }
    }

    private static void openAndClose(Path file) {
      try {
        Files.newInputStream(file).close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// J1 and J2: either a stranger's file is read or the JVM dies.
  @Test
  void j1ACloseBesideAReadReadsAStrangersFileOrCrashes(@TempDir Path folder) throws IOException {
    ChildJvm child = probe("read", folder);
    assertTrue(child.status() != 0, child.output());
  }

  /// J2: a handle that was tested is read again, and is null by then.
  @Test
  void j2ACloseBesideAWriteCrashesTheJvm(@TempDir Path folder) throws IOException {
    ChildJvm child = probe("write", folder);
    assertTrue(child.status() != 0, child.output());
    assertTrue(child.output().contains("SIGSEGV"), child.output());
  }

  /// A close waits for a read's time limit, so many go at once.
  @Test
  @DisplayName(
      "Cases 29 and 43, CVE-2022-41858, CVE-2020-14416: closing beside a write and its end")
  void ourCloseBesideReadsAndWritesIsHarmlessTenThousandTimes(@TempDir Path folder)
      throws Exception {
    PortLocks locks = new PortLocks(folder);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < 10_000; i++) {
        int round = i;
        all.add(threads.submit(() -> openUseAndClose(round, locks)));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static boolean openUseAndClose(int round, PortLocks locks) throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      byte[] data = new byte[2000];
      Recorder far = new Recorder();
      far.send(data);
      master.start(far);
      JSerialCommTransport port =
          JSerialCommTransport.open(master.slave(), PortSettings.DEFAULT, locks);
      Recorder near = new Recorder();
      near.send(data);
      port.start(near);
      switch (round % 3) {
        case 0 -> near.awaitReceived(1);
        case 1 -> far.awaitReceived(1);
        default -> master.close(Duration.ZERO);
      }
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO), "round " + round);
      return true;
    }
  }

  private static ChildJvm probe(String how, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("stranger"), "X".repeat(64));
    return ChildJvm.run(
        Probe.class,
        List.of("-XX:ErrorFile=" + folder.resolve("hs_err"), "-XX:-CreateCoredumpOnCrash"),
        how,
        file.toString());
  }
}
