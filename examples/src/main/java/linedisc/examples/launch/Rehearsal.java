package linedisc.examples.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import linedisc.examples.Main;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.PppdCommand;
import linedisc.examples.pppd.ProcessSignals;
import linedisc.examples.pppd.ServiceNotifier;
import linedisc.examples.pppd.ShellLauncher;
import linedisc.examples.pppd.Signals;
import linedisc.examples.pppd.Surroundings;
import linedisc.examples.pppd.line.SystemLines;
import linedisc.examples.pppd.options.SystemMachine;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.tty.PppDiscipline;

/// Brings a PPP link over a pty up and down as `linedisc pppd` does, so that the JVM can record
/// what a start loads and links: see [JEP 514](https://openjdk.org/jeps/514). Nothing of it is seen
/// outside this process: no device of the host, no file of the system, no line in its log.
public final class Rehearsal {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PAUSE_MILLIS = 20;
  private static final String ADDRESSES = "192.0.2.1:192.0.2.2";

  private final Path folder;
  private volatile Runnable end = () -> {};

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /// Runs it, and ends the process.
  ///
  /// @param args none
  public static void main(String[] args)
      throws IOException, NetException, PortException, InterruptedException {
    Thread _ = Thread.ofPlatform().daemon().start(Rehearsal::giveUp);
    var silent = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var terminal = new Terminal(silent, silent, false);
    Path folder = Files.createTempDirectory("linedisc");
    System.setProperty("user.home", folder.toString());
    int status = Main.run(List.of("--help"), terminal);
    new Rehearsal(folder).link(terminal);
    remove(folder);
    System.exit(status);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        // The line's own thread may remove its link at the same time.
        boolean _ = Files.deleteIfExists(file);
      }
    }
    Files.delete(folder);
  }

  private static void giveUp() {
    try {
      Thread.sleep(2 * PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private void link(Terminal terminal) throws NetException, PortException, InterruptedException {
    try (var peer = new Station()) {
      Path device = folder.resolve("line");
      NetInterface far =
          peer.open(PtyTransport.openPersistent(device))
              .bind(new PppDiscipline(PppConfig.DEFAULT, SecureRandom::new))
              .netInterface();
      Thread _ = Thread.ofPlatform().daemon().start(() -> endOnceUp(far));
      pppd(terminal, device, "nohost");
      // There is a device of that name on every host, and so none is made.
      pppd(terminal, device, "ifname", "lo");
    }
  }

  private void pppd(Terminal terminal, Path device, String... more) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(device.toString()));
    words.addAll(List.of("nodetach", "noauth", "local", ADDRESSES));
    words.addAll(List.of(more));
    int _ = new PppdCommand(this::surroundings).run(words, terminal);
  }

  private void endOnceUp(NetInterface far) {
    try {
      for (int i = 0; i < PATIENCE_MILLIS / PAUSE_MILLIS && !far.is(InterfaceFlag.RUNNING); i++) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.run();
  }

  private Surroundings surroundings(Terminal terminal) {
    return new Surroundings(
        new SystemMachine(folder),
        terminal,
        new SystemLines(),
        listener -> {
          new ProcessSignals().listen(listener);
          end = () -> listener.accept(Signals.Name.TERM);
        },
        ShellLauncher.ofThisProcess(),
        ServiceNotifier.ofThisProcess(),
        folder,
        folder.resolve("log").toString());
  }
}
