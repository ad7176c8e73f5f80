package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of linedisc's programs as its users start it, on the command line. It takes no commands: of
/// pings and transfers only the other end can tell.
final class CommandStation implements Station {
  private static final Pattern STARTED =
      Pattern.compile("started on \\S+ interface|Using interface");
  private static final Duration OPEN = Duration.ofSeconds(20);
  private static final String PORT = "PTY";
  private static final int DEFAULT_MTU = 296;

  private final End end;
  private final Path device;
  private final Path folder;
  private final Path log;
  private @Nullable Child child;

  /// @param end its options are the program's name and arguments, `PTY` for the port
  /// @param device the tty to open
  /// @param folder for files of this process; its own
  CommandStation(End end, Path device, Path folder) {
    this.end = end;
    this.device = device;
    this.folder = folder;
    this.log = folder.resolve("log");
  }

  @Override
  public void start(boolean waits)
      throws IOException, InterruptedException, CellException, UnavailableException {
    close();
    Files.createDirectories(folder);
    List<String> command = LinediscProcess.java(folder, "linedisc.examples.Main");
    for (String word : end.options()) {
      command.add(word.equals(PORT) ? device.toString() : word);
    }
    child =
        Child.start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    awaitSaid(STARTED, OPEN);
  }

  @Override
  public Link awaitUp(Duration limit) throws IOException, InterruptedException, CellException {
    awaitSaid(STARTED, limit);
    for (String word : end.options()) {
      int colon = word.indexOf(':');
      if (colon > 0) {
        return new Link(word.substring(0, colon), word.substring(colon + 1), DEFAULT_MTU);
      }
    }
    throw new CellException(this + " was given no addresses");
  }

  @Override
  public void ping(String address, int size) throws CellException {
    throw cannot("ping");
  }

  @Override
  public void ping6(int size) throws CellException {
    throw cannot("ping");
  }

  @Override
  public void receive(Transport transport, int port, int octets) throws CellException {
    throw cannot("receive");
  }

  @Override
  public void send(Transport transport, String address, int port, int size, byte[] payload)
      throws CellException {
    throw cannot("send");
  }

  @Override
  public String received(Duration limit) throws CellException {
    throw cannot("receive");
  }

  @Override
  public long receiveErrors() throws CellException {
    throw cannot("count errors");
  }

  private CellException cannot(String what) {
    return new CellException(this + " can't be told to " + what);
  }

  @Override
  public void stop(Duration limit) throws InterruptedException, CellException {
    Child running = child;
    if (running == null) {
      return;
    }
    Process process = running.process();
    process.destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new CellException(this + " did not leave in " + limit.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new CellException(this + " left with status " + process.exitValue());
    }
  }

  @Override
  public int awaitExit(Duration limit) throws InterruptedException, CellException {
    Child running = child;
    if (running == null || !running.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new CellException(this + " did not leave in " + limit.toSeconds() + " s");
    }
    return running.process().exitValue();
  }

  @Override
  public void kill() throws InterruptedException {
    if (child != null) {
      child.process().destroyForcibly().waitFor();
    }
  }

  @Override
  public void awaitSaid(Pattern pattern, Duration limit)
      throws IOException, InterruptedException, CellException {
    long deadline = System.nanoTime() + limit.toNanos();
    Matcher matcher = pattern.matcher(log());
    while (!matcher.find()) {
      boolean ended = child == null || !child.process().isAlive();
      if (ended || System.nanoTime() - deadline > 0) {
        throw new CellException(
            "%s %s \"%s\": %s"
                .formatted(this, ended ? "ended without" : "did not say", pattern, log()));
      }
      TimeUnit.MILLISECONDS.sleep(20);
      matcher = pattern.matcher(log());
    }
  }

  @Override
  public String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public String counters() {
    return "";
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }

  @Override
  public String toString() {
    return "linedisc " + (end.options().isEmpty() ? "" : end.options().getFirst());
  }
}
