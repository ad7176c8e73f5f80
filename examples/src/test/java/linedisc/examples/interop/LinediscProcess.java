package linedisc.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// linedisc in a JVM of its own: it is told commands, a line each, and says what happens in
/// [Event]s. It may be started again and again.
final class LinediscProcess implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(5);

  private final Path folder;
  private final List<Event> events = new ArrayList<>();

  /// The last event of each name, without those that no longer hold.
  private final Map<String, Event> latest = new HashMap<>();

  private boolean ended;
  private @Nullable Child child;

  /// @param folder for files of this process; its own
  LinediscProcess(Path folder) {
    this.folder = folder;
  }

  /// The command that runs a program with this JVM's class path, to which arguments may be added.
  static List<String> java(Path folder, String program) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            // Native libraries are unpacked there: a folder that is nobody else's.
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            program));
  }

  /// Ends the one before, if there is one, and starts a program.
  void start(Class<?> program, List<String> arguments) throws IOException, UnavailableException {
    close();
    Files.createDirectories(folder);
    List<String> command = java(folder, program.getName());
    command.addAll(arguments);
    synchronized (events) {
      ended = false;
      latest.clear();
    }
    Child started =
        Child.start(
            new ProcessBuilder(command)
                .redirectError(
                    ProcessBuilder.Redirect.appendTo(folder.resolve("stderr").toFile())));
    child = started;
    Thread.ofVirtual().start(() -> collect(started.process().inputReader(StandardCharsets.UTF_8)));
  }

  /// Gives a command.
  void tell(String command) throws IOException {
    if (child != null) {
      Writer commands = child.process().outputWriter(StandardCharsets.UTF_8);
      commands.write(command + "\n");
      commands.flush();
    }
  }

  /// Gives a command, and waits for the event that answers it.
  Event ask(String command, String answer, Duration limit)
      throws IOException, InterruptedException, CellException {
    forget(answer);
    tell(command);
    return await(command, limit, answer);
  }

  Event ask(String command, String answer) throws IOException, InterruptedException, CellException {
    return ask(command, answer, ANSWER);
  }

  /// Lets an event no longer hold.
  void forget(String name) {
    synchronized (events) {
      latest.remove(name);
    }
  }

  /// Waits for an event, unless the last of its name still holds.
  Event await(String doing, Duration limit, String name)
      throws InterruptedException, CellException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (events) {
      while (!latest.containsKey(name)) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (ended || millis <= 0) {
          String last = events.isEmpty() ? "nothing" : "'" + events.getLast() + "'";
          throw new CellException(
              ended
                  ? "linedisc has ended; it said %s at last".formatted(last)
                  : "linedisc did not %s in %d s".formatted(doing, limit.toSeconds()));
        }
        events.wait(millis);
      }
      return latest.get(name);
    }
  }

  /// Waits until there is a match in what was said.
  void awaitSaid(Pattern pattern, Duration limit)
      throws IOException, InterruptedException, CellException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (events) {
      while (!pattern.matcher(log()).find()) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
          throw new CellException("linedisc did not say \"%s\"".formatted(pattern));
        }
        events.wait(millis);
      }
    }
  }

  /// Waits for the end of the process.
  void awaitEnd(Duration limit) throws InterruptedException, CellException {
    Child running = child;
    if (running != null && !running.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new CellException("linedisc did not leave in " + limit.toSeconds() + " s");
    }
  }

  void kill() throws InterruptedException {
    if (child != null) {
      child.process().destroyForcibly().waitFor();
    }
  }

  /// All events, and what went to standard error.
  String log() throws IOException {
    var text = new StringBuilder();
    synchronized (events) {
      events.forEach(event -> text.append(event).append('\n'));
    }
    Path errors = folder.resolve("stderr");
    return text + (Files.exists(errors) ? Files.readString(errors) : "");
  }

  @Override
  public void close() throws IOException {
    if (child != null) {
      // The end of its input is the program's own end, in which it unlocks its port.
      child.process().outputWriter(StandardCharsets.UTF_8).close();
      try {
        boolean _ = child.process().waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      child.close();
      child = null;
    }
  }

  private void collect(BufferedReader lines) {
    try {
      String line = lines.readLine();
      while (line != null) {
        take(Event.parse(line));
        line = lines.readLine();
      }
    } catch (IOException e) {
      take(new Event(Map.of("event", "lost", "why", String.valueOf(e.getMessage()))));
    }
    synchronized (events) {
      ended = true;
      events.notifyAll();
    }
  }

  private void take(Event event) {
    synchronized (events) {
      events.add(event);
      latest.put(event.name(), event);
      if (event.name().equals("down")) {
        latest.remove("up");
      }
      events.notifyAll();
    }
  }
}
