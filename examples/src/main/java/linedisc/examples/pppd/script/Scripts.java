package linedisc.examples.pppd.script;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import linedisc.examples.pppd.log.DaemonLog;
import linedisc.examples.pppd.options.DaemonOptions.Script;
import linedisc.examples.pppd.options.Machine;
import org.jspecify.annotations.Nullable;

/// Runs the scripts. They need not exist; those that do belong to root, or to the user we run as,
/// and can be changed by nobody else. Their streams are empty and their environment is ours.
///
/// A down script begins when its up script has ended, as in pppd: the two never overlap. For one
/// thread, apart from the ends of scripts.
public final class Scripts {
  private static final int ROOT = 0;

  /// A script that is to run.
  private record Run(Script script, Path path, List<String> arguments, Map<String, String> env) {}

  /// Scripts that never overlap: up and down of one protocol.
  private static final class Lane {
    final Queue<Run> waiting = new ArrayDeque<>();
    @Nullable Process running;
    String runningName = "";
  }

  private final Machine machine;
  private final DaemonLog log;
  private final Lane net = new Lane();
  private final Lane auth = new Lane();
  private final Lane ip = new Lane();
  private final Lane ipv6 = new Lane();

  /// No scripts yet.
  public Scripts(Machine machine, DaemonLog log) {
    this.machine = machine;
    this.log = log;
  }

  private Lane lane(Script script) {
    return switch (script) {
      case NET_INIT, NET_PRE_UP, NET_DOWN -> net;
      case AUTH_UP, AUTH_DOWN -> auth;
      case IP_PRE_UP, IP_UP, IP_DOWN -> ip;
      case IPV6_UP, IPV6_DOWN -> ipv6;
    };
  }

  /// Runs a script after those of its lane; does not wait.
  ///
  /// @param given its path; empty: below the configuration folder
  public void start(
      Script script, String given, List<String> arguments, Map<String, String> environment) {
    Path path = path(script, given);
    if (isRunnable(path)) {
      Lane lane = lane(script);
      synchronized (lane) {
        lane.waiting.add(new Run(script, path, arguments, environment));
        next(lane);
      }
    }
  }

  /// Runs a script and waits for its end.
  public void run(
      Script script, String given, List<String> arguments, Map<String, String> environment)
      throws InterruptedException {
    Path path = path(script, given);
    if (!isRunnable(path)) {
      return;
    }
    Process process = process(new Run(script, path, arguments, environment));
    if (process != null) {
      finished(path.toString(), process.pid(), process.waitFor());
    }
  }

  /// Waits for scripts that run, and ends those that take too long.
  ///
  /// @param limit how long to wait
  public void await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Lane lane : List.of(net, auth, ip, ipv6)) {
      for (Process process = running(lane); process != null; process = running(lane)) {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          log.warning("sending SIGTERM to process " + process.pid());
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
          synchronized (lane) {
            lane.waiting.clear();
            lane.running = null;
          }
        } else {
          ended(lane, process);
        }
      }
    }
  }

  private static @Nullable Process running(Lane lane) {
    synchronized (lane) {
      return lane.running;
    }
  }

  private void next(Lane lane) {
    while (lane.running == null && !lane.waiting.isEmpty()) {
      Run run = lane.waiting.remove();
      Process process = process(run);
      if (process != null) {
        lane.running = process;
        lane.runningName = run.path.toString();
        var _ = process.onExit().thenAccept(done -> ended(lane, done));
      }
    }
  }

  private void ended(Lane lane, Process process) {
    synchronized (lane) {
      // Whoever comes first, the waiting thread or the process's own.
      if (process.equals(lane.running)) {
        lane.running = null;
        finished(lane.runningName, process.pid(), process.exitValue());
        next(lane);
      }
    }
  }

  private void finished(String name, long pid, int status) {
    log.debug("Script " + name + " finished (pid " + pid + "), status = 0x" + hex(status));
  }

  private static String hex(int status) {
    return Integer.toHexString(status);
  }

  private @Nullable Process process(Run run) {
    var command = new ArrayList<String>();
    command.add(run.path.toString());
    command.addAll(run.arguments);
    var builder = new ProcessBuilder(command);
    builder.directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(run.env);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      log.debug("Script " + run.path + " started (pid " + process.pid() + ")");
      return process;
    } catch (IOException e) {
      log.error("Can't execute " + run.path + ": " + e.getMessage());
      return null;
    }
  }

  private Path path(Script script, String given) {
    return given.isEmpty() ? machine.configuration().resolve(script.fileName()) : Path.of(given);
  }

  private boolean isRunnable(Path path) {
    if (!Files.exists(path)) {
      return false;
    }
    try {
      if (!Files.isRegularFile(path)) {
        throw new IOException("it is no regular file");
      }
      if (!Files.isExecutable(path)) {
        throw new IOException("it is not executable");
      }
      Object owner = Files.getAttribute(path, "unix:uid");
      if (!owner.equals(ROOT) && !owner.equals(machine.privilege().user())) {
        throw new IOException("it belongs to another user");
      }
      var permissions = Files.getPosixFilePermissions(path, new LinkOption[0]);
      if (permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException("others may write to it");
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      log.warning("Can't execute " + path + ": " + e.getMessage());
      return false;
    }
  }
}
