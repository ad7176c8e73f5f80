package linedisc.examples.pppd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import linedisc.examples.pppd.Inbox.Happening;
import linedisc.examples.pppd.log.DaemonLog;
import linedisc.examples.pppd.log.DescriptorTarget;
import linedisc.examples.pppd.log.LogTarget;
import linedisc.examples.pppd.log.StreamTarget;
import linedisc.examples.pppd.log.SyslogTarget;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.DaemonOptions.Detach;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.TtyOptions;
import linedisc.examples.pppd.policy.Redial;
import linedisc.examples.pppd.script.Environment;
import linedisc.examples.pppd.script.LineCommands;
import linedisc.examples.pppd.script.Scripts;
import linedisc.examples.pppd.secrets.Credentials;
import linedisc.examples.stack.DeviceWatch;
import linedisc.examples.stack.Station;
import linedisc.serial.host.HostException;
import linedisc.serial.net.NetException;
import linedisc.serial.port.DeviceChanges;
import org.jspecify.annotations.Nullable;

/// One connection after another, as the options say, until there is to be no other. For one thread.
public final class Daemon {
  private static final int STANDARD_OUTPUT = 1;

  private final PppdOptions options;
  private final Surroundings around;
  private final DaemonLog log;
  private final LogTarget terminal;
  private final Inbox inbox = new Inbox();
  private final Control control;
  private final Redial redial;
  private boolean detached;

  /// A daemon that has not begun.
  public Daemon(PppdOptions options, Surroundings around) {
    this.options = options;
    this.around = around;
    this.log = new DaemonLog(options.get(DaemonOptions.DEBUG) > 0);
    this.terminal = StreamTarget.of(around.terminal().out());
    this.control = new Control(inbox, log);
    this.redial =
        new Redial(
            new Redial.Policy(
                options.get(DaemonOptions.PERSIST),
                options.get(DaemonOptions.MAX_FAIL),
                Duration.ofSeconds(options.get(DaemonOptions.HOLDOFF))));
  }

  /// Runs to the end.
  ///
  /// @return why it has ended
  public ExitStatus run() throws InterruptedException {
    try (Station station = new Station()) {
      station.report("pppd");
      return run(station);
    }
  }

  /// Runs to the end.
  ///
  /// @param station where interfaces and ports are made; stays the caller's
  /// @return why it has ended
  public ExitStatus run(Station station) throws InterruptedException {
    if (!openLog()) {
      return ExitStatus.OPTION_ERROR;
    }
    around.signals().listen(signal -> inbox.put(new Happening.Signalled(signal)));
    options.messages().forEach(log::warning);
    log.notice(
        "pppd (linedisc) started by "
            + System.getProperty("user.name")
            + ", uid "
            + around.machine().privilege().user());
    var credentials = new Credentials(options, around.machine(), log::warning);
    if (!PeerAccess.isPossible(options, around, credentials)) {
      log.error("The remote system is required to authenticate itself");
      log.error("but I couldn't find any suitable secret (password) for it to use to do so.");
      return ExitStatus.FATAL_ERROR;
    }
    if (options.get(DaemonOptions.DETACH) == Detach.AT_START) {
      detach();
    }
    var scripts = new Scripts(around.machine(), log);
    var parts =
        new Parts(
            options,
            around,
            log,
            inbox,
            control,
            station,
            credentials,
            environment(),
            scripts,
            new LineCommands(log),
            new PidFiles(around.runtime(), log));
    try {
      return calls(parts);
    } finally {
      scripts.await(Duration.ofSeconds(options.get(DaemonOptions.CHILD_TIMEOUT)));
      log.info("Exit.");
      log.close();
    }
  }

  private ExitStatus calls(Parts parts) throws InterruptedException {
    Demand demand = options.get(DaemonOptions.DEMAND) ? new Demand(parts) : null;
    try {
      for (; ; ) {
        control.beginConnection();
        HostedInterface kept = demand == null ? null : demand.await();
        if (demand != null && kept == null) {
          if (control.isQuit()) {
            return ExitStatus.USER_REQUEST;
          }
          continue;
        }
        redial.begin();
        ExitStatus status = new Call(parts, kept, new Progress(demand)).run();
        if (control.isQuit()) {
          return ExitStatus.USER_REQUEST;
        }
        switch (redial.ended(ending(status), System.nanoTime())) {
          case Redial.Decision.Stop() -> {
            return status;
          }
          case Redial.Decision.Again(long at) -> {
            if (!holdOff(at, status)) {
              return ExitStatus.USER_REQUEST;
            }
          }
        }
      }
    } catch (HostException e) {
      return HostedInterface.refused(parts, e);
    } catch (NetException e) {
      log.error("Couldn't create the interface: " + e.getMessage());
      return ExitStatus.FATAL_ERROR;
    } finally {
      if (demand != null) {
        demand.end();
      }
    }
  }

  private static Redial.Ending ending(ExitStatus status) {
    return switch (status) {
      case HANGUP, PEER_DEAD -> Redial.Ending.LOST;
      case USER_REQUEST, IDLE_TIMEOUT, CONNECT_TIME, TRAFFIC_LIMIT -> Redial.Ending.OURS;
      case PEER_AUTH_FAILED, AUTH_TO_PEER_FAILED, NUMBER_REFUSED -> Redial.Ending.REFUSED;
      case OK,
          FATAL_ERROR,
          OPTION_ERROR,
          NOT_ROOT,
          NO_KERNEL_SUPPORT,
          LOCK_FAILED,
          OPEN_FAILED,
          CONNECT_FAILED,
          PTY_COMMAND_FAILED,
          NEGOTIATION_FAILED,
          CALLBACK,
          LOOPBACK,
          INIT_FAILED ->
          Redial.Ending.ORDINARY;
    };
  }

  /// Waits until the next connection; HUP ends the wait, and so does a device that comes, if its
  /// absence may be why the last one failed.
  ///
  /// @return false: there is to be none
  private boolean holdOff(long until, ExitStatus last) throws InterruptedException {
    control.beginConnection();
    try (DeviceWatch _ = last == ExitStatus.OPEN_FAILED ? watch() : null) {
      long left = until - System.nanoTime();
      if (left > 0) {
        log.debug("holding off for " + Duration.ofNanos(left).toMillis() + " ms");
      }
      boolean come = false;
      while (!come && !control.isStopped() && until - System.nanoTime() > 0) {
        come = control.await(until) instanceof Happening.DevicesChanged && isDeviceThere();
      }
    }
    return !control.isQuit();
  }

  private @Nullable DeviceWatch watch() {
    DeviceChanges changes = around.lines().changes(options);
    return changes == null
        ? null
        : DeviceWatch.start(changes, () -> inbox.put(new Happening.DevicesChanged()));
  }

  private boolean isDeviceThere() {
    return Files.exists(Path.of(around.lines().device(options)));
  }

  /// How far a connection is.
  private final class Progress implements Session.User {
    private final @Nullable Demand demand;

    Progress(@Nullable Demand demand) {
      this.demand = demand;
    }

    @Override
    public void up() {
      redial.up();
      if (demand != null) {
        demand.connected();
      }
      if (options.get(DaemonOptions.DETACH) == Detach.WHEN_UP) {
        detach();
      }
    }

    @Override
    public void complete() {
      if (options.get(DaemonOptions.DETACH) == Detach.NEVER_AND_NOTIFY) {
        long pid = ProcessHandle.current().pid();
        around.notifier().send("READY=1\nSTATUS=Connected\nMAINPID=" + pid + "\n");
      }
    }
  }

  private void detach() {
    if (detached) {
      return;
    }
    detached = true;
    if (around.launcher().detach()) {
      log.remove(terminal);
    } else {
      log.debug("staying in the foreground: nobody waits for this process to leave it");
    }
  }

  private boolean openLog() {
    log.add(new SyslogTarget(around.syslog(), "pppd"));
    String file = options.get(DaemonOptions.LOG_FILE);
    int descriptor = options.get(DaemonOptions.LOG_DESCRIPTOR);
    try {
      if (!file.isEmpty()) {
        log.add(StreamTarget.appendTo(Path.of(file)));
      } else if (descriptor == STANDARD_OUTPUT) {
        log.add(terminal);
      } else if (descriptor >= 0) {
        log.add(DescriptorTarget.of(descriptor));
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      around.terminal().err().println("pppd: Can't open log file " + file + ": " + e.getMessage());
      return false;
    }
  }

  private Environment environment() {
    var environment = new Environment(options.get(DaemonOptions.ENVIRONMENT));
    environment.set("DEVICE", Call.lineName(options));
    environment.set("SPEED", Integer.toString(options.get(TtyOptions.SPEED)));
    environment.set("PPPD_PID", Long.toString(ProcessHandle.current().pid()));
    environment.set("ORIG_UID", Integer.toString(around.machine().privilege().user()));
    environment.set("PPPLOGNAME", System.getProperty("user.name"));
    String link = options.get(DaemonOptions.LINK_NAME);
    if (!link.isEmpty()) {
      environment.set("LINKNAME", link);
    }
    String number = options.get(AuthenticationOptions.REMOTE_NUMBER);
    if (!number.isEmpty()) {
      environment.set("REMOTENUMBER", number);
    }
    String call = options.get(DaemonOptions.CALL_FILE);
    if (!call.isEmpty()) {
      environment.set("CALL_FILE", call);
    }
    return environment;
  }
}
