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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// linedisc, as a process of its own that runs an [Endpoint].
final class LinediscStation implements Station {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(5);

  private final End end;
  private final String addresses;
  private final Path device;
  private final Path folder;
  private final List<Event> events = new ArrayList<>();

  /// The last event of each name, without those that no longer hold.
  private final Map<String, Event> latest = new HashMap<>();

  private boolean ended;
  private @Nullable Child child;

  /// @param addresses `LOCAL:REMOTE`, unless the end's options say otherwise
  /// @param device the tty to open
  /// @param folder for files of this process; its own
  LinediscStation(End end, String addresses, Path device, Path folder) {
    this.end = end;
    this.addresses = addresses;
    this.device = device;
    this.folder = folder;
  }

  @Override
  public void start(boolean waits)
      throws IOException, InterruptedException, CellException, UnavailableException {
    close();
    Files.createDirectories(folder);
    var command =
        new ArrayList<String>(
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
                "linedisc.examples.interop.Endpoint",
                device.toString(),
                end.program().name().toLowerCase(Locale.ROOT)));
    command.addAll(end.options());
    if (!end.hasAddresses()) {
      command.add(addresses);
    }
    if (waits && end.program() == End.Program.PPP) {
      command.add("silent");
    }
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
    await("open its port", Duration.ofSeconds(20), "opened");
  }

  @Override
  public Link awaitUp(Duration limit) throws IOException, InterruptedException, CellException {
    Event up = await("bring its network up", limit, "up");
    return new Link(up.get("local"), up.get("remote"), up.number("mtu"));
  }

  @Override
  public void ping(String address, int size)
      throws IOException, InterruptedException, CellException {
    Event answer = ask("ping " + address + " 3 " + size, "ping", Duration.ofSeconds(20));
    if (!answer.get("sent").equals(answer.get("received"))) {
      throw new CellException("ping %s: %s".formatted(address, answer));
    }
  }

  @Override
  public void receive(int port, int octets)
      throws IOException, InterruptedException, CellException {
    synchronized (events) {
      latest.remove("received");
    }
    ask("receive " + port + " " + octets, "listening", ANSWER);
  }

  @Override
  public void send(String address, int port, int size, byte[] payload) throws IOException {
    Path file = folder.resolve("payload");
    Files.write(file, payload);
    tell("send " + address + " " + port + " " + size + " " + file);
  }

  @Override
  public String received(Duration limit) throws IOException, InterruptedException, CellException {
    return await("receive everything", limit, "received").get("sha256");
  }

  @Override
  public long receiveErrors() throws IOException, InterruptedException, CellException {
    return ask("errors", "errors", ANSWER).number("receive");
  }

  @Override
  public void stop(Duration limit) throws IOException, InterruptedException, CellException {
    Child running = child;
    tell("stop");
    if (running != null && !running.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new CellException("linedisc did not leave in " + limit.toSeconds() + " s");
    }
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

  @Override
  public String log() throws IOException {
    var text = new StringBuilder();
    synchronized (events) {
      events.forEach(event -> text.append(event).append('\n'));
    }
    Path errors = folder.resolve("stderr");
    return text + (Files.exists(errors) ? Files.readString(errors) : "");
  }

  @Override
  public String counters() throws IOException, InterruptedException {
    try {
      return ask("counters", "counters", ANSWER).get("text");
    } catch (CellException e) {
      return String.valueOf(e.getMessage());
    }
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

  @Override
  public String toString() {
    return "linedisc";
  }

  /// Gives a command, and waits for the event that answers it.
  private Event ask(String command, String answer, Duration limit)
      throws IOException, InterruptedException, CellException {
    synchronized (events) {
      latest.remove(answer);
    }
    tell(command);
    return await(command, limit, answer);
  }

  private void tell(String command) throws IOException {
    if (child != null) {
      Writer commands = child.process().outputWriter(StandardCharsets.UTF_8);
      commands.write(command + "\n");
      commands.flush();
    }
  }

  /// Waits for an event, unless the last of its name still holds.
  private Event await(String doing, Duration limit, String name)
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
