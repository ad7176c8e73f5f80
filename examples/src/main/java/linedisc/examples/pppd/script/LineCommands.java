package linedisc.examples.pppd.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import linedisc.examples.pppd.log.DaemonLog;
import linedisc.serial.chat.ChatCommand;
import linedisc.serial.chat.ChatEvent;
import linedisc.serial.chat.ChatFiles;
import linedisc.serial.chat.ChatRunner;
import linedisc.serial.chat.ChatSyntaxException;
import linedisc.serial.tty.PortState;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// Runs the commands that prepare, make and end a connection: `init`, `connect`, `welcome`,
/// `disconnect`. What they write to standard error is logged.
public final class LineCommands {
  /// A shell would have no status for a command that was not run.
  public static final int NOT_RUN = 127;

  /// chat's own statuses.
  private static final int UNPLAYABLE = 1;

  private static final int INTERRUPTED = 2;

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration SETTLE = Duration.ofMillis(5);
  private static final int OCTETS = 1024;

  /// A serial port is set for a reader that can't wait; programs expect one that can.
  private static final String ON_DEVICE =
      "exec 0<>\"$0\" 1>&0 || exit 127; stty min 1 time 0 2>/dev/null; exec /bin/sh -c \"$1\"";

  private final DaemonLog log;

  /// A command that runs.
  @FunctionalInterface
  public interface Running {
    /// Ends it early, with all that it has started.
    void cancel();
  }

  /// Runs commands.
  public LineCommands(DaemonLog log) {
    this.log = log;
  }

  /// Runs a shell command whose standard input and output are a device that is open and that nobody
  /// reads.
  ///
  /// @param device its path
  /// @param ended told the exit status, by another thread
  public Running onDevice(
      String command, String device, Map<String, String> environment, IntConsumer ended) {
    Process process = start(List.of("/bin/sh", "-c", ON_DEVICE, device, command), environment);
    if (process == null) {
      ended.accept(NOT_RUN);
      return () -> {};
    }
    Thread _ = Thread.startVirtualThread(() -> logErrors(process));
    var _ = process.onExit().thenAccept(done -> ended.accept(done.exitValue()));
    return () -> kill(process);
  }

  /// Runs a shell command whose standard input and output are pipes to and from a line.
  ///
  /// @param tty has the raw discipline
  /// @param taken how many octets the line has taken so far
  /// @param ended told the exit status, by another thread, when all of the output is on the line
  public Running onPipes(
      String command,
      Tty tty,
      LongSupplier taken,
      Map<String, String> environment,
      IntConsumer ended) {
    Process process = start(List.of("/bin/sh", "-c", command), environment);
    if (process == null) {
      ended.accept(NOT_RUN);
      return () -> {};
    }
    Thread _ = Thread.startVirtualThread(() -> logErrors(process));
    Thread input = Thread.startVirtualThread(() -> fromLine(tty, process));
    Thread _ =
        Thread.startVirtualThread(() -> {
          toLine(process, tty, taken);
          int status = status(process);
          input.interrupt();
          ended.accept(status);
        });
    return () -> kill(process);
  }

  /// Plays a chat script in this process.
  ///
  /// @param words chat's arguments
  /// @param tty has the raw discipline
  /// @param ended told chat's exit status, by another thread
  public Running chat(
      List<String> words, Tty tty, Map<String, String> environment, IntConsumer ended) {
    Thread player = Thread.startVirtualThread(() -> ended.accept(play(words, tty, environment)));
    return player::interrupt;
  }

  private int play(List<String> words, Tty tty, Map<String, String> environment) {
    try {
      var variables = new HashMap<>(System.getenv());
      variables.putAll(environment);
      ChatCommand command = ChatCommand.parse(words, variables);
      ChatFiles files = name -> Files.readAllBytes(Path.of(name));
      var runner = new ChatRunner(command.script(files), command.options(), files, this::heard);
      ChatEvent.Finished end = runner.run(tty);
      if (end.exitStatus() != 0) {
        log.error("chat: " + end.reason());
      }
      return end.exitStatus();
    } catch (ChatSyntaxException | IOException | InvalidPathException e) {
      log.error("chat: " + e.getMessage());
      return UNPLAYABLE;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  private void heard(ChatEvent event) {
    switch (event) {
      case ChatEvent.Log(String line) -> log.info("chat: " + line);
      case ChatEvent.Say(String text) -> log.notice(text.strip());
      case ChatEvent.Report(String text) -> log.notice("chat: " + text.strip());
      case ChatEvent.Echo(String text) -> log.debug("chat: " + text.strip());
      case ChatEvent.Break _, ChatEvent.Finished _ -> {}
    }
  }

  private static int status(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_RUN;
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private @Nullable Process start(List<String> words, Map<String, String> environment) {
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      log.error("Can't execute /bin/sh: " + e.getMessage());
      return null;
    }
  }

  private void logErrors(Process process) {
    try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.info(line);
      }
    } catch (IOException e) {
      log.debug("standard error of a command: " + e.getMessage());
    }
  }

  private static void fromLine(Tty tty, Process process) {
    byte[] buffer = new byte[OCTETS];
    try (OutputStream out = process.getOutputStream()) {
      while (process.isAlive()) {
        int octets = tty.read(buffer, 0, buffer.length, PAUSE);
        if (octets > 0) {
          out.write(buffer, 0, octets);
          out.flush();
        }
      }
    } catch (IOException e) {
      // The line has gone, or the command no longer listens: it sees the end of its input.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void toLine(Process process, Tty tty, LongSupplier taken) {
    byte[] buffer = new byte[OCTETS];
    long before = taken.getAsLong();
    long all = 0;
    try (InputStream in = process.getInputStream()) {
      for (int octets = in.read(buffer); octets >= 0; octets = in.read(buffer)) {
        for (int written = 0; written < octets; ) {
          written += tty.write(buffer, written, octets - written, PAUSE);
        }
        all += octets;
      }
      // What the line has not taken when another discipline is bound would be dropped.
      while (tty.state() == PortState.OPEN && taken.getAsLong() - before < all) {
        Thread.sleep(SETTLE);
      }
    } catch (IOException e) {
      // The line has gone: the command is told by the end of its input.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
