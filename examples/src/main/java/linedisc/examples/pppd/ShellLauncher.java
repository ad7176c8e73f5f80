package linedisc.examples.pppd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;

/// The shell script that has started this process, and reads from a pipe until it hears that the
/// process goes on without it.
public final class ShellLauncher implements Launcher {
  /// Names the pipe.
  private static final String PROPERTY = "linedisc.launcher";

  private static final String NULL_DEVICE = "/dev/null";
  private static final int LAST_STANDARD_STREAM = 2;

  private final Path pipe;

  private ShellLauncher(Path pipe) {
    this.pipe = pipe;
  }

  /// The one that has started this process.
  public static Launcher ofThisProcess() {
    String pipe = System.getProperty(PROPERTY, "");
    return pipe.isEmpty() || !Platform.supported() ? NONE : new ShellLauncher(Path.of(pipe));
  }

  @Override
  public boolean detach() {
    var libc = new Libc(Long.BYTES);
    int _ = libc.setsid();
    try {
      byte[] word = "detached\n".getBytes(StandardCharsets.US_ASCII);
      Path _ = Files.write(pipe, word, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return false;
    }
    int nothing = libc.open(NULL_DEVICE, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
    for (int fd = 0; nothing >= 0 && fd <= LAST_STANDARD_STREAM; fd++) {
      int _ = libc.dup2(nothing, fd);
    }
    int _ = libc.close(nothing);
    return true;
  }
}
