package linedisc.examples.pppd.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Messages as lines of a stream.
public final class StreamTarget implements LogTarget {
  private final OutputStream stream;
  private final boolean ours;

  private StreamTarget(OutputStream stream, boolean ours) {
    this.stream = stream;
    this.ours = ours;
  }

  /// A stream that stays open.
  public static StreamTarget of(OutputStream stream) {
    return new StreamTarget(stream, false);
  }

  /// A file, at its end.
  public static StreamTarget appendTo(Path file) throws IOException {
    return new StreamTarget(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
  }

  @Override
  public synchronized void message(Level level, String text) {
    try {
      stream.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      // The terminal or the disk has gone; the link is worth more than its log.
    }
  }

  @Override
  public void close() {
    if (ours) {
      try {
        stream.close();
      } catch (IOException e) {
        // Each line has been written at once.
      }
    }
  }
}
