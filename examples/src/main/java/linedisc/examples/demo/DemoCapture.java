package linedisc.examples.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import linedisc.examples.cli.CommandException;
import linedisc.serial.capture.CapturedDiscipline;
import linedisc.serial.capture.LinkType;
import linedisc.serial.capture.PcapngWriter;
import linedisc.serial.tty.LineDiscipline;
import org.jspecify.annotations.Nullable;

/// All frames of all links in one pcapng file, if the user wants one.
final class DemoCapture implements AutoCloseable {
  private final @Nullable PcapngWriter writer;
  private final @Nullable Path file;

  DemoCapture(@Nullable Path file) throws CommandException {
    this.file = file;
    try {
      this.writer =
          file == null
              ? null
              : PcapngWriter.to(new BufferedOutputStream(Files.newOutputStream(file)));
    } catch (IOException e) {
      throw CommandException.failed(
          "can't write the capture to " + file + ": " + CommandException.reason(e), e);
    }
  }

  /// A discipline whose frames are captured under an interface's name.
  LineDiscipline of(LineDiscipline discipline, String name, LinkType type) throws CommandException {
    if (writer == null) {
      return discipline;
    }
    try {
      return new CapturedDiscipline(discipline, writer, name, type);
    } catch (IOException e) {
      throw CommandException.failed(
          "can't write the capture to " + file + ": " + CommandException.reason(e), e);
    }
  }

  @Override
  public void close() throws CommandException {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw CommandException.failed(
            "can't write the capture to " + file + ": " + CommandException.reason(e), e);
      }
    }
  }
}
