package linedisc.examples.pppd.log;

import java.nio.charset.StandardCharsets;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;

/// Messages as lines on a descriptor that the process was started with.
public final class DescriptorTarget implements LogTarget {
  private static final int LONGEST_WRITE = 1024;

  private final int descriptor;
  private final Libc libc;

  private DescriptorTarget(int descriptor) {
    this.descriptor = descriptor;
    this.libc = new Libc(LONGEST_WRITE);
  }

  /// A descriptor, which stays open.
  ///
  /// @throws UnsupportedOperationException where there are no foreign calls
  public static DescriptorTarget of(int descriptor) {
    Platform.require("Messages to a file descriptor");
    return new DescriptorTarget(descriptor);
  }

  @Override
  public synchronized void message(Level level, String text) {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    int written = 0;
    int taken;
    do {
      taken = libc.write(descriptor, line, written, line.length - written);
      written += taken;
    } while (taken > 0 && written < line.length);
  }
}
