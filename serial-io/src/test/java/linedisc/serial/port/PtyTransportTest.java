package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import linedisc.serial.ffi.Libc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtyTransportTest {
  private final Libc libc = new Libc(4096);

  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  @Test
  void eachOpenGivesAnotherDevice() throws IOException {
    try (PtyTransport one = open();
        PtyTransport two = open()) {
      assertNotEquals(one.slave(), two.slave());
    }
  }

  @Test
  void octetsPassUnchangedAndAreNotEchoed() throws IOException {
    try (PtyTransport master = open()) {
      Recorder user = new Recorder();
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      user.send(all);
      master.start(user);
      user.awaitSent();
      int slave = openSlave(master);
      assertArrayEquals(all, readFully(slave, all.length));
      assertEquals(all.length, libc.write(slave, all, 0, all.length));
      assertArrayEquals(all, user.awaitReceived(all.length));
      libc.close(slave);
    }
  }

  @Test
  void workThatComesLaterIsSent() throws IOException {
    try (PtyTransport master = open()) {
      Recorder user = new Recorder();
      master.start(user);
      int slave = openSlave(master);
      for (int i = 0; i < 100; i++) {
        byte[] some = {(byte) i, (byte) ~i};
        user.send(some);
        master.workReady();
        assertArrayEquals(some, readFully(slave, some.length));
      }
      libc.close(slave);
    }
  }

  @Test
  void theLastCloseOfTheSlaveHangsUp() throws IOException {
    try (PtyTransport master = open()) {
      Recorder user = new Recorder();
      master.start(user);
      int slave = openSlave(master);
      byte[] farewell = {1, 2, 3};
      assertEquals(3, libc.write(slave, farewell, 0, 3));
      libc.close(slave);
      assertInstanceOf(HangUp.PeerClosed.class, user.awaitHangUp());
      assertArrayEquals(farewell, user.received());
      assertEquals(1, user.hangUps());
    }
  }

  /// Like a device: it is there under its name whoever has it open, and does not hang up.
  @Test
  void aPersistentOneIsClosedAndOpenedAgain(@TempDir Path folder) throws IOException {
    Path link = folder.resolve("modem0");
    Files.createSymbolicLink(link, Path.of("/dev/pts/stale"));
    try (PtyTransport master = openPersistent(link)) {
      assertEquals(link + " (master)", master.name());
      Recorder user = new Recorder();
      byte[] nobodysOctets = {9, 9, 9};
      user.send(nobodysOctets);
      master.start(user);
      user.awaitSent();
      List<Boolean> carriers = new ArrayList<>(List.of(false));
      assertEquals(carriers, user.carriers());
      byte[] octets = {1, 2, 3};
      for (int i = 1; i <= 3; i++) {
        int slave = open(link.toString());
        carriers.add(true);
        user.await(() -> user.carriers().equals(carriers));
        user.send(octets);
        master.workReady();
        assertArrayEquals(octets, readFully(slave, 3));
        assertEquals(2, libc.write(slave, octets, 0, 2));
        libc.close(slave);
        carriers.add(false);
        user.await(() -> user.carriers().equals(carriers));
        assertEquals(2 * i, user.received().length);
      }
      assertEquals(0, user.hangUps());
    }
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aPersistentOneRemovesNoFile(@TempDir Path folder) throws IOException {
    long before = openDescriptors();
    Path file = Files.createFile(folder.resolve("file"));
    PortException e = assertThrows(PortException.class, () -> openPersistent(file));
    assertEquals(file + " is there already, and is no symbolic link.", e.getMessage());
    assertThrows(PortException.class, () -> openPersistent(folder.resolve("none/modem0")));
    assertEquals(before, openDescriptors());
  }

  @Test
  void aBlockedWriteDoesNotKeepItFromClosing() throws IOException {
    PtyTransport master = open();
    Recorder user = new Recorder();
    int slave = openSlave(master);
    user.send(new byte[1 << 20]);
    master.start(user);
    // Nobody reads: the line fills up.
    user.await(() -> true);
    assertEquals(CloseResult.CLOSED, master.close(Duration.ofMillis(50)));
    assertEquals(0, user.hangUps());
    libc.close(slave);
  }

  @Test
  void nothingIsLeftAfterClose() throws IOException {
    long before = openDescriptors();
    for (int i = 0; i < 20; i++) {
      PtyTransport master = open();
      master.start(new Recorder());
      assertEquals(CloseResult.CLOSED, master.close(Duration.ZERO));
      assertEquals(CloseResult.CLOSED, master.close(Duration.ZERO));
    }
    assertEquals(before, openDescriptors());
    assertEquals(
        0,
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches(".*(pty of|serial lines).*"))
            .count());
  }

  @Test
  void aUserThatThrowsHangsTheLineUp() throws IOException {
    try (PtyTransport master = open()) {
      Recorder user = new Recorder();
      user.failWith(new IllegalStateException("planted"));
      int slave = openSlave(master);
      assertEquals(1, libc.write(slave, new byte[1], 0, 1));
      master.start(user);
      HangUp.UserFailed cause = assertInstanceOf(HangUp.UserFailed.class, user.awaitHangUp());
      assertEquals("planted", cause.failure().getMessage());
      libc.close(slave);
    }
  }

  @Test
  void startsOnce() throws IOException {
    try (PtyTransport master = open()) {
      master.start(new Recorder());
      assertThrows(IllegalStateException.class, () -> master.start(new Recorder()));
    }
  }

  @Test
  void writersAndAClosingPortDoNotMeet() throws IOException {
    SplittableRandom random = new SplittableRandom(29);
    for (int i = 0; i < 200; i++) {
      PtyTransport master = open();
      Recorder user = new Recorder();
      user.send(new byte[random.nextInt(20_000)]);
      master.start(user);
      int slave = openSlave(master);
      if (random.nextBoolean()) {
        libc.read(slave, new byte[4096], 0, 4096);
      }
      master.workReady();
      if (random.nextBoolean()) {
        libc.close(slave);
        slave = -1;
      }
      assertEquals(CloseResult.CLOSED, master.close(Duration.ZERO), "round " + i);
      if (slave >= 0) {
        libc.close(slave);
      }
    }
  }

  PtyTransport open() throws PortException {
    return PtyTransport.open();
  }

  PtyTransport openPersistent(Path link) throws PortException {
    return PtyTransport.openPersistent(link);
  }

  private int openSlave(PtyTransport master) {
    return open(master.slave());
  }

  private int open(String device) {
    int slave = libc.open(device, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
    if (slave < 0) {
      throw new AssertionError("errno " + -slave);
    }
    return slave;
  }

  private byte[] readFully(int fd, int octets) {
    byte[] b = new byte[octets];
    for (int off = 0; off < octets; ) {
      int n = libc.read(fd, b, off, octets - off);
      if (n <= 0) {
        throw new AssertionError("read said " + n);
      }
      off += n;
    }
    return b;
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }
}
