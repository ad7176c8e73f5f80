package linedisc.serial.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermiosTest {
  private final Libc libc = new Libc(64);
  private Pty pty = new Pty(-1, "");
  private final Termios termios = new Termios();

  @BeforeEach
  void openPty() {
    assumeTrue(
        Platform.supported() && Files.isReadable(Path.of("/dev/ptmx")),
        "no pseudo-terminals here: no /dev/ptmx, or not Linux");
    pty = Pty.open(libc);
    assertTrue(pty.master() >= 0);
  }

  @AfterEach
  void closePty() {
    if (pty.master() >= 0) {
      libc.close(pty.master());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 300, 9600, 31_250, 74_880, 115_200, 3_000_000, 4_000_001})
  void anySpeedIsTaken(int speed) {
    assertEquals(0, termios.load(libc, pty.master()));
    termios.speed(speed);
    assertEquals(0, termios.apply(libc, pty.master()));
    Termios again = new Termios();
    assertEquals(0, again.load(libc, pty.master()));
    assertEquals(speed, again.speed());
  }

  @Test
  void aNewPtyIsRaw() {
    assertEquals(0, termios.load(libc, pty.master()));
    assertEquals(0, termios.inputFlags() & (Termios.IXON | Termios.ISTRIP | Termios.BRKINT));
    assertEquals(Termios.CSIZE, termios.controlFlags() & (Termios.CSIZE | Termios.PARENB));
  }

  @Test
  void flagsAreClearedThenSet() {
    assertEquals(0, termios.load(libc, pty.master()));
    termios.controlFlags(Termios.CSIZE, Termios.CRTSCTS | Termios.HUPCL);
    termios.inputFlags(Termios.BRKINT, Termios.IGNBRK);
    assertEquals(0, termios.apply(libc, pty.master()));
    assertEquals(0, termios.load(libc, pty.master()));
    assertTrue((termios.controlFlags() & Termios.CRTSCTS) != 0);
    assertTrue((termios.controlFlags() & Termios.HUPCL) != 0);
    assertTrue((termios.inputFlags() & Termios.IGNBRK) != 0);
  }

  @Test
  void aFileIsNoTty() {
    int fd = libc.open("/dev/null", Libc.O_RDWR | Libc.O_CLOEXEC);
    assertEquals(-Errno.ENOTTY, termios.load(libc, fd));
    assertEquals(0, libc.close(fd));
    assertEquals("Inappropriate ioctl for device", Errno.text(Errno.ENOTTY));
  }

  @Test
  void theSlaveOpensThroughTheMasterToo() {
    int slave = pty.openSlave(libc);
    assertTrue(slave >= 0, "errno " + -slave);
    byte[] b = {1, 2, 3};
    assertEquals(3, libc.write(slave, b, 0, 3));
    assertEquals(3, libc.read(pty.master(), b, 0, 3));
    assertEquals(-Errno.EAGAIN, libc.read(pty.master(), b, 0, 3));
    libc.close(slave);
    assertEquals(-Errno.EIO, libc.read(pty.master(), b, 0, 3));
  }
}
