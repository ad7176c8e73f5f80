package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockFileTest {
  private static final DeviceNode PORT = new DeviceNode(Path.of("/dev/ttyUSB7"), "modem");
  private static final String OWN = String.format("%10d%n", ProcessHandle.current().pid());

  @TempDir private Path directory;

  @Test
  void holdsOurNumberAndGoesAtTheEnd() throws IOException {
    LockFile lock = LockFile.take(directory, PORT);
    assertEquals(OWN, Files.readString(directory.resolve("LCK..ttyUSB7")));
    lock.release();
    assertEquals(List.of(), files());
  }

  @Test
  void aDeviceBelowAFolderIsNamedAsPppdNamesIt() throws IOException {
    LockFile.take(directory, new DeviceNode(Path.of("/dev/pts/3"), "/dev/pts/3"));
    assertEquals(List.of("LCK..pts_3"), files());
  }

  @Test
  void aLivingOwnerIsObeyedAndNamed() throws Exception {
    Process owner = new ProcessBuilder("sleep", "60").start();
    try {
      String content = String.format("%10d%n", owner.pid());
      Path file = Files.writeString(directory.resolve("LCK..ttyUSB7"), content);
      PortException e = assertThrows(PortException.class, () -> LockFile.take(directory, PORT));
      assertEquals(PortException.Reason.BUSY, e.reason());
      assertEquals("modem is in use by sleep (process " + owner.pid() + ").", e.getMessage());
      assertEquals(content, Files.readString(file));
    } finally {
      owner.destroyForcibly().waitFor();
    }
  }

  /// A killed owner; names and words after the number; process numbers above 65535; nothing at all.
  @ParameterizedTest
  @ValueSource(
      strings = {"GONE", "      GONE pppd root\n", "   4194305\n", "99999999999\n", "", "x"})
  void aStaleFileIsReplaced(String content) throws Exception {
    Process owner = new ProcessBuilder("sleep", "60").start();
    owner.destroyForcibly().waitFor();
    Files.writeString(
        directory.resolve("LCK..ttyUSB7"), content.replace("GONE", Long.toString(owner.pid())));
    LockFile.take(directory, PORT);
    assertEquals(List.of("LCK..ttyUSB7"), files());
    assertEquals(OWN, Files.readString(directory.resolve("LCK..ttyUSB7")));
  }

  @Test
  void anEarlierProcessWithOurNumberIsStale() throws IOException {
    Files.writeString(directory.resolve("LCK..ttyUSB7"), OWN);
    LockFile.take(directory, PORT).release();
    assertEquals(List.of(), files());
  }

  @Test
  void aBinaryNumberIsReadToo() throws IOException {
    ByteBuffer binary = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1);
    Files.write(directory.resolve("LCK..ttyUSB7"), binary.array());
    String message =
        String.valueOf(
            assertThrows(PortException.class, () -> LockFile.take(directory, PORT)).getMessage());
    assertTrue(message.contains("process 1)"), message);
  }

  @Test
  void whatIsNotOursIsNotRemoved() throws IOException {
    LockFile lock = LockFile.take(directory, PORT);
    Files.writeString(directory.resolve("LCK..ttyUSB7"), "         1\n");
    lock.release();
    assertEquals(List.of("LCK..ttyUSB7"), files());
  }

  @Test
  void withoutADirectoryThereAreNoFiles() throws IOException {
    Path none = directory.resolve("none");
    PortLocks locks = new PortLocks(none);
    PortLocks.Lock lock = locks.take(PORT);
    assertThrows(PortException.class, () -> locks.take(PORT));
    lock.release();
    assertFalse(Files.exists(none));
  }

  /// A pty's name may come back before its close has returned: jSerialComm would then put the old
  /// port's end down as the new one's.
  @Test
  void aDeviceThatIsBeingClosedIsWaitedFor() throws Exception {
    PortLocks locks = new PortLocks(directory);
    PortLocks.Lock old = locks.take(PORT);
    PortException busy = assertThrows(PortException.class, () -> locks.take(PORT));
    assertEquals("modem is in use by this program already.", busy.getMessage());
    old.closing();
    FutureTask<PortLocks.Lock> next = new FutureTask<>(() -> locks.take(PORT));
    Thread taker = Thread.ofPlatform().start(next);
    while (taker.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    old.release();
    next.get().release();
    assertEquals(List.of(), files());
  }

  @Test
  void ofManyOneGetsIt() throws Exception {
    PortLocks locks = new PortLocks(directory);
    Files.writeString(directory.resolve("LCK..ttyUSB7"), "   4194305\n");
    List<Future<Boolean>> attempts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 100; i++) {
        attempts.add(threads.submit(() -> taken(locks)));
      }
    }
    int successes = 0;
    for (Future<Boolean> attempt : attempts) {
      successes += attempt.get() ? 1 : 0;
    }
    assertEquals(1, successes);
  }

  private static boolean taken(PortLocks locks) {
    try {
      locks.take(PORT);
      return true;
    } catch (PortException e) {
      return false;
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
