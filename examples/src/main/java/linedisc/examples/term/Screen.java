package linedisc.examples.term;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import linedisc.examples.cli.CommandException;
import org.jspecify.annotations.Nullable;

/// What the user sees, and the log of what was received. Any thread.
final class Screen implements AutoCloseable {
  private final OutputStream out;
  private final PrintStream messages;
  private final String newline;
  private final @Nullable OutputStream log;
  private boolean logging = true;

  private Screen(
      OutputStream out, PrintStream messages, String newline, @Nullable OutputStream log) {
    this.out = out;
    this.messages = messages;
    this.newline = newline;
    this.log = log;
  }

  /// A screen.
  ///
  /// @param raw whether a line ends with a carriage return too
  /// @param log appended to, or null
  static Screen open(OutputStream out, PrintStream messages, boolean raw, @Nullable Path log)
      throws CommandException {
    try {
      return new Screen(
          out,
          messages,
          raw ? "\r\n" : System.lineSeparator(),
          log == null
              ? null
              : Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw CommandException.failed("can't write the log " + log + ": " + e.getMessage(), e);
    }
  }

  /// Shows octets.
  synchronized void show(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /// Logs octets that were received.
  synchronized void log(byte[] octets, int offset, int length) throws IOException {
    if (log != null && logging) {
      log.write(octets, offset, length);
    }
  }

  /// Pauses the log, or goes on with it.
  ///
  /// @return whether it goes on; null: there is none
  synchronized @Nullable Boolean toggleLog() {
    logging = !logging;
    return log == null ? null : logging;
  }

  /// Says something on a line of its own.
  synchronized void say(String sentence) {
    for (String line : sentence.lines().toList()) {
      messages.print(newline + "*** " + line);
    }
    messages.print(newline);
    messages.flush();
  }

  /// Shows what is typed in answer to a question.
  synchronized void echo(String typed) {
    messages.write(typed.getBytes(UTF_8), 0, typed.getBytes(UTF_8).length);
    messages.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
