package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Termios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ModemPtyTest {
  private static final byte[] WORDS = {'A', 'T', '\r', 0, (byte) 0xff};

  private final Libc libc = new Libc(4096);
  private final byte[] buffer = new byte[4096];

  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  private int openSlave(ModemPty pty) {
    int slave =
        libc.open(pty.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    assertTrue(slave >= 0, "errno " + -slave);
    return slave;
  }

  @Test
  void staysWhileProgramsComeAndGo() throws Exception {
    try (ModemPty pty = ModemPty.open()) {
      assertFalse(pty.terminalReady());
      for (int round = 0; round < 20; round++) {
        int slave = openSlave(pty);
        assertTrue(pty.terminalReady(), "round " + round);
        assertEquals(WORDS.length, libc.write(slave, WORDS, 0, WORDS.length));
        assertEquals(WORDS.length, pty.read(buffer));
        assertArrayEquals(WORDS, Arrays.copyOf(buffer, WORDS.length));
        assertEquals(WORDS.length, pty.write(WORDS, 0, WORDS.length));
        while (pty.unread() < WORDS.length) {
          Thread.onSpinWait();
        }
        assertEquals(WORDS.length, libc.read(slave, buffer, 0, buffer.length));
        assertEquals(0, pty.unread());
        libc.close(slave);
        assertEquals(0, pty.read(buffer), "the program has gone");
        assertFalse(pty.terminalReady(), "round " + round);
      }
    }
  }

  @Test
  void lastWordsAreReadBeforeTheProgramIsGone() throws Exception {
    try (ModemPty pty = ModemPty.open()) {
      int slave = openSlave(pty);
      assertEquals(WORDS.length, libc.write(slave, WORDS, 0, WORDS.length));
      libc.close(slave);
      assertEquals(WORDS.length, pty.read(buffer));
      assertEquals(0, pty.read(buffer));
      assertFalse(pty.terminalReady());
    }
  }

  @Test
  @SuppressWarnings("try") // the reader is to see the close
  void aReaderSleepsWhileNobodyIsThere() throws Exception {
    try (ModemPty pty = ModemPty.open()) {
      var returns = new AtomicInteger();
      Thread reader =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                while (pty.read(new byte[100]) != ModemPty.CLOSED) {
                  returns.incrementAndGet();
                }
              });
      for (int round = 0; round < 10; round++) {
        int slave = openSlave(pty);
        assertTrue(pty.terminalReady());
        libc.close(slave);
        while (pty.terminalReady()) {
          Thread.onSpinWait();
        }
      }
      int before = returns.get();
      // If it is told of the hang-up without end, it goes round very often in that time.
      reader.join(100);
      assertTrue(returns.get() - before < 10, () -> "returns: " + (returns.get() - before));
      pty.close();
      reader.join();
    }
  }

  @Test
  void aCloseHangsTheProgramUp() throws Exception {
    int slave;
    try (ModemPty pty = ModemPty.open()) {
      slave = openSlave(pty);
    }
    assertTrue(libc.read(slave, buffer, 0, buffer.length) <= 0);
    assertTrue(libc.write(slave, WORDS, 0, WORDS.length) < 0);
    libc.close(slave);
  }

  @Test
  void tellsWhetherTheProgramCaresForCarrier() throws Exception {
    try (ModemPty pty = ModemPty.open()) {
      int slave = openSlave(pty);
      Termios termios = new Termios();
      termios.load(libc, slave);
      termios.controlFlags(0, Termios.CLOCAL);
      termios.apply(libc, slave);
      assertTrue(pty.ignoresCarrier());
      termios.controlFlags(Termios.CLOCAL, 0);
      termios.apply(libc, slave);
      assertFalse(pty.ignoresCarrier());
      libc.close(slave);
    }
  }

  @Test
  void nothingIsLeftAfterClose() throws Exception {
    long before = descriptors();
    for (int round = 0; round < 20; round++) {
      ModemPty pty = ModemPty.open();
      int slave = openSlave(pty);
      assertTrue(pty.terminalReady());
      libc.close(slave);
      assertFalse(pty.terminalReady());
      pty.close();
      pty.close();
      assertEquals(ModemPty.CLOSED, pty.read(buffer));
      assertEquals(ModemPty.CLOSED, pty.write(WORDS, 0, 1));
    }
    assertEquals(before, descriptors());
  }

  private static long descriptors() throws java.io.IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
