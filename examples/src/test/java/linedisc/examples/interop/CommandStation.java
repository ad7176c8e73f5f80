package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of linedisc's programs as its users start it, on the command line. It takes no commands: of
/// transfers only the other end can tell, and of pings too unless it is a `pppd` with a device.
///
/// `pppd` has a network namespace of its own, where this machine lets it have one; else it goes
/// without a device. Its configuration folder knows the user of [PppWords], and `bob` with the same
/// secret, who may only have the right end's address. What its `ip-up` is told joins the log.
final class CommandStation implements Station {
  private static final Pattern STARTED =
      Pattern.compile("started on \\S+ interface|Using interface");

  /// With a command that connects there is no interface before it has ended.
  private static final Pattern CONNECTING = Pattern.compile("started by");

  private static final Pattern ADDRESSES =
      Pattern.compile("local +IP address (\\S+)\\R(?s:.*?)remote IP address (\\S+)");

  private static final String DAEMON = "pppd";

  /// What a daemon ends with that was told to end.
  private static final int USER_REQUEST = 5;

  private static final String SECRETS =
      "%1$s * %2$s *\nbob * %2$s %3$s\n"
          .formatted(PppWords.USER, PppWords.SECRET, Trial.RIGHT_ADDRESS);

  private static final Duration PINGS = Duration.ofSeconds(20);
  private static final Duration OPEN = Duration.ofSeconds(40);
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
    var command = new ArrayList<String>();
    if (isDaemon() && hasNamespace()) {
      command.addAll(List.of("unshare", "-Urn"));
    }
    command.addAll(LinediscProcess.java(folder, "linedisc.examples.Main"));
    if (isDaemon()) {
      configure();
      command.add(command.size() - 1, "-Dlinedisc.pppd.configuration=" + folder);
      command.add(command.size() - 1, "-Dlinedisc.pppd.runtime=" + folder);
    }
    for (String word : end.options()) {
      command.add(word.equals(PORT) ? device.toString() : word);
    }
    if (isDaemon() && !hasNamespace()) {
      command.add("nohost");
    }
    child =
        Child.start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    awaitSaid(end.options().contains("connect") ? CONNECTING : STARTED, OPEN);
  }

  private boolean isDaemon() {
    return end.options().getFirst().equals(DAEMON);
  }

  private static boolean hasNamespace() throws IOException, InterruptedException {
    return Files.exists(Path.of("/dev/net/tun"))
        && Child.isInstalled("unshare")
        && Child.isInstalled("nsenter")
        && new ProcessBuilder("unshare", "-Urn", "true").start().waitFor() == 0;
  }

  private void configure() throws IOException {
    for (String name : List.of("chap-secrets", "pap-secrets")) {
      write(name, SECRETS, "rw-------");
    }
    write(
        "ip-up",
        "#!/bin/sh\n{ echo ip-up \"$@\"; /usr/bin/env; } >>" + scripts() + "\n",
        "rwx------");
  }

  private void write(String name, String text, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Path scripts() {
    return folder.resolve("scripts.log");
  }

  @Override
  public Link awaitUp(Duration limit) throws IOException, InterruptedException, CellException {
    if (isDaemon()) {
      awaitSaid(ADDRESSES, limit);
      MatchResult said = ADDRESSES.matcher(log()).results().toList().getLast();
      return new Link(said.group(1), said.group(2), DEFAULT_MTU);
    }
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
  public void ping(String address, int size)
      throws IOException, InterruptedException, CellException {
    Child running = child;
    if (running == null || !isDaemon() || !hasNamespace() || !Child.isInstalled("ping")) {
      throw cannot("ping");
    }
    var command = new ArrayList<String>();
    command.addAll(List.of("nsenter", "--preserve-credentials", "-U", "-n", "-t"));
    command.add(Long.toString(running.process().pid()));
    command.addAll(List.of("ping", "-c", "3", "-i", "0.2", "-W", "5"));
    if (size > 0) {
      command.addAll(List.of("-s", Integer.toString(size)));
    }
    command.add(address);
    Process ping =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(scripts().toFile()))
            .start();
    if (!ping.waitFor(PINGS.toSeconds(), TimeUnit.SECONDS) || ping.exitValue() != 0) {
      ping.destroyForcibly();
      throw new CellException(this + " gets no answer from " + address);
    }
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
    if (process.exitValue() != (isDaemon() ? USER_REQUEST : 0)) {
      throw new CellException(this + " left with status " + process.exitValue());
    }
  }

  @Override
  public void signal(String name) throws IOException, InterruptedException {
    if (child != null) {
      String pid = Long.toString(child.process().pid());
      int _ = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
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
    return read(log) + read(scripts());
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
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
