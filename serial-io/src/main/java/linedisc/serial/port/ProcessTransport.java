package linedisc.serial.port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A line to a command: what we send is its standard input, what it prints is what we receive; its
/// errors go where ours go. The line hangs up when the command ends, and the command is ended when
/// the line is closed.
public final class ProcessTransport implements SerialTransport {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// The shell opens the pty itself: opened by us it could become our controlling terminal.
  private static final String ON_PTY = "exec 0<>\"$0\" 1>&0 && exec \"$@\"";

  private final String name;
  private final Process process;
  private final Driver driver;

  private ProcessTransport(String name, Process process, Driver driver) {
    this.name = name;
    this.process = process;
    this.driver = driver;
  }

  /// Runs a command on a new raw pty.
  ///
  /// @param command the program and its arguments
  /// @throws PortException when there are no ptys
  public static ProcessTransport onPty(List<String> command) throws PortException {
    return onPty(command, null);
  }

  /// The same.
  ///
  /// @param loop drives the pty; null: threads of its own do
  public static ProcessTransport onPty(List<String> command, @Nullable EpollLoop loop)
      throws PortException {
    PtyTransport pty = PtyTransport.open(loop);
    List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", ON_PTY, pty.slave()));
    shell.addAll(command);
    try {
      return new ProcessTransport(command.getFirst(), run(shell), pty.driver());
    } catch (PortException e) {
      pty.close();
      throw e;
    }
  }

  /// Runs a command between two pipes.
  ///
  /// @param command the program and its arguments
  /// @throws PortException when there is no such program
  public static ProcessTransport onPipes(List<String> command) throws PortException {
    String name = command.getFirst();
    Process process = run(command);
    Line streams =
        new StreamLine(process.getInputStream(), process.getOutputStream(), process::destroy);
    return new ProcessTransport(name, process, new LineDriver(name, streams, Duration.ZERO));
  }

  private static Process run(List<String> command) throws PortException {
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.NOT_FOUND,
          "The command " + command.getFirst() + " can't be run: " + e.getMessage() + ".");
    }
  }

  /// The command that runs.
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public void workReady() {
    driver.workReady();
  }

  @Override
  public CloseResult close(Duration drain) {
    CloseResult result = driver.close(drain);
    process.destroy();
    if (!awaitEnd()) {
      process.destroyForcibly();
      awaitEnd();
    }
    // The command's end ends what waited for it.
    return result == CloseResult.ZOMBIE ? driver.close(PATIENCE) : result;
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
