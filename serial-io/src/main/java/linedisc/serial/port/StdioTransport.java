package linedisc.serial.port;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.Duration;
import linedisc.serial.ffi.Platform;
import org.jspecify.annotations.Nullable;

/// Standard input and output as a line: how one is started by inetd, sshd or a getty. A terminal is
/// set raw meanwhile.
///
/// Nothing else in the process may read or print there. One of these at a time. Elsewhere than on
/// Linux a read that waits for input can't be woken, and a close leaves a zombie.
public final class StdioTransport implements SerialTransport {
  private static final int STDIN = StandardStream.INPUT.descriptor();
  private static final int STDOUT = StandardStream.OUTPUT.descriptor();

  private final LineDriver driver;
  private final @Nullable RawMode terminal;

  private StdioTransport(Line line, @Nullable RawMode terminal) {
    this.driver = new LineDriver("standard input", line, Duration.ZERO);
    this.terminal = terminal;
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
    return new StdioTransport(line, RawMode.of(StandardStream.INPUT));
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
    if (terminal != null) {
      terminal.close();
    }
    return result;
  }
}
