package linedisc.examples.pppd;

import java.nio.file.Path;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.line.Lines;
import linedisc.examples.pppd.line.SystemLines;
import linedisc.examples.pppd.log.SyslogTarget;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.pppd.options.SystemMachine;

/// What the daemon finds around it; tests have their own.
///
/// @param machine files and names
/// @param terminal where it writes unless options say otherwise
/// @param lines opens ports
/// @param signals what comes from outside
/// @param launcher who waits for it to detach
/// @param notifier the service manager
/// @param runtime folder of PID files
/// @param syslog socket of the system's log
public record Surroundings(
    Machine machine,
    Terminal terminal,
    Lines lines,
    Signals signals,
    Launcher launcher,
    ServiceNotifier notifier,
    Path runtime,
    String syslog) {

  /// Another folder than `/etc/ppp`, for tests of the whole program.
  private static final String CONFIGURATION = "linedisc.pppd.configuration";

  /// Another folder than `/run`.
  private static final String RUNTIME = "linedisc.pppd.runtime";

  /// This process's.
  public static Surroundings system(Terminal terminal) {
    return new Surroundings(
        new SystemMachine(Path.of(System.getProperty(CONFIGURATION, "/etc/ppp"))),
        terminal,
        new SystemLines(),
        new ProcessSignals(),
        ShellLauncher.ofThisProcess(),
        ServiceNotifier.ofThisProcess(),
        Path.of(System.getProperty(RUNTIME, "/run")),
        SyslogTarget.SOCKET);
  }
}
