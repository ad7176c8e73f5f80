package linedisc.serial.port;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.Duration;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Termios;
import org.jspecify.annotations.Nullable;

/// Standard input and output as a line: how one is started by inetd, sshd or a getty. A terminal is
/// set raw meanwhile.
///
/// Nothing else in the process may read or print there. One of these at a time. Elsewhere than on
/// Linux a read that waits for input can't be woken, and a close leaves a zombie.
public final class StdioTransport implements SerialTransport {
  private static final int STDIN = StandardStream.INPUT.descriptor();
  private static final int STDOUT = StandardStream.OUTPUT.descriptor();

  private static final int STRUCTURE_OCTETS = 64;

  private final LineDriver driver;
  private final @Nullable Termios found;

  private StdioTransport(Line line, @Nullable Termios found) {
    this.driver = new LineDriver("standard input", line, Duration.ZERO);
    this.found = found;
  }

  /// Takes standard input and output.
  ///
  /// @throws PortException when the system refuses
  public static StdioTransport open() throws PortException {
    if (!Platform.supported()) {
      // Not System.in and System.out: those buffer.
      return new StdioTransport(
          new StreamLine(
              new FileInputStream(FileDescriptor.in),
              new FileOutputStream(FileDescriptor.out),
              () -> {}),
          null);
    }
    Line line = DescriptorLine.borrowed(STDIN, STDOUT);
    Libc libc = new Libc(STRUCTURE_OCTETS);
    Termios found = new Termios();
    if (found.load(libc, STDIN) < 0) {
      return new StdioTransport(line, null);
    }
    Termios raw = new Termios();
    raw.load(libc, STDIN);
    raw.makeRaw();
    raw.apply(libc, STDIN);
    return new StdioTransport(line, found);
  }

  @Override
  public String name() {
    return "standard input";
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public void workReady() {
    driver.workReady();
  }

  @Override
  public CloseResult close(Duration drain) {
    CloseResult result = driver.close(drain);
    if (found != null) {
      found.apply(new Libc(STRUCTURE_OCTETS), STDIN);
    }
    return result;
  }
}
