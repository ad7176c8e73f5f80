package linedisc.examples.pppd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import linedisc.examples.pppd.Inbox.Happening;
import linedisc.examples.pppd.line.ObservedTransport;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.Setting;
import linedisc.examples.pppd.options.TtyOptions;
import linedisc.examples.pppd.script.LineCommands;
import linedisc.serial.capture.RecordWriter;
import linedisc.serial.chat.ChatCommand;
import linedisc.serial.host.HostException;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// One connection, from opening the line to closing it. For one thread, once.
final class Call {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  /// As long as pppd lets a modem see that its terminal has gone.
  private static final Duration DTR_OFF = Duration.ofSeconds(1);

  private final Parts parts;
  private final PppdOptions options;
  private final @Nullable HostedInterface kept;
  private final Session.User user;

  private @Nullable Tty tty;
  private @Nullable EventStream<TtyEvent> events;
  private boolean lineGone;

  /// A connection that has not begun.
  ///
  /// @param kept the interface to use, which outlives the connection; null: one of its own
  /// @param user told how far the link is
  Call(Parts parts, @Nullable HostedInterface kept, Session.User user) {
    this.parts = parts;
    this.kept = kept;
    this.options = parts.options();
    this.user = user;
  }

  /// Connects, and stays until that has ended.
  ///
  /// @return why
  ExitStatus run() throws InterruptedException {
    if (!PeerAccess.isNumberAllowed(options)) {
      String number = options.get(AuthenticationOptions.REMOTE_NUMBER);
      parts.log().warning("calling number " + number + " is not authorized");
      return ExitStatus.NUMBER_REFUSED;
    }
    // First, so that nothing is dialled in vain by those who may have no interface.
    HostedInterface hosted;
    try {
      hosted = kept == null ? HostedInterface.open(parts) : kept;
    } catch (HostException e) {
      return HostedInterface.refused(parts, e);
    } catch (NetException e) {
      parts.log().error("Couldn't create the interface: " + e.getMessage());
      return ExitStatus.FATAL_ERROR;
    }
    try {
      return run(hosted);
    } finally {
      if (kept == null) {
        hosted.remove();
      }
    }
  }

  private ExitStatus run(HostedInterface hosted) throws InterruptedException {
    ObservedTransport line;
    try {
      line = observed(parts.around().lines().open(options));
    } catch (PortException e) {
      parts.log().error("Failed to open " + lineName() + ": " + e.getMessage());
      return refusal(e);
    }
    // Those of the connection before.
    parts.environment().unset("CONNECT_TIME", "BYTES_SENT", "BYTES_RCVD", "PEERNAME");
    parts.environment().set("SPEED", Integer.toString(line.speed()));
    try {
      ExitStatus failure = dial(line);
      if (failure != null) {
        return failure;
      }
      // Who was told to stop while it dialled has a call to end all the same.
      ExitStatus status =
          parts.control().isStopped() ? ExitStatus.USER_REQUEST : converse(hosted, line);
      disconnect(line);
      return status;
    } finally {
      close(line);
    }
  }

  private ExitStatus converse(HostedInterface hosted, ObservedTransport line)
      throws InterruptedException {
    Tty opened = open(line);
    var session = new Session(parts, hosted, opened, lineName(), user);
    ExitStatus status = session.run();
    lineGone = session.isLineGone();
    // The command that disconnects has the line to itself.
    Removal _ = opened.unbind();
    return status;
  }

  private String lineName() {
    return lineName(options);
  }

  /// What users know the line by.
  static String lineName(PppdOptions options) {
    if (options.get(TtyOptions.NOTTY)) {
      return "stdin";
    }
    for (Setting<String> name : List.of(TtyOptions.SOCKET, TtyOptions.DEVICE)) {
      if (!options.get(name).isEmpty()) {
        return options.get(name);
      }
    }
    return "pty";
  }

  private ExitStatus refusal(PortException e) {
    if (!options.get(TtyOptions.PTY).isEmpty()) {
      return ExitStatus.PTY_COMMAND_FAILED;
    }
    return e.reason() == PortException.Reason.BUSY && options.get(TtyOptions.LOCK)
        ? ExitStatus.LOCK_FAILED
        : ExitStatus.OPEN_FAILED;
  }

  private ObservedTransport observed(SerialTransport line) {
    String file = options.get(TtyOptions.RECORD);
    RecordWriter writer = null;
    if (!file.isEmpty()) {
      try {
        var stream =
            Files.newOutputStream(
                Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Instant now = Instant.now();
        writer = new RecordWriter(stream, now.getEpochSecond() * 1_000_000_000L + now.getNano());
      } catch (IOException e) {
        parts.log().error("Couldn't open record file " + file + ": " + e.getMessage());
      }
    }
    return new ObservedTransport(line, writer, parts.log()::warning);
  }

  /// Runs what prepares and makes the connection, until a signal says that there is to be none.
  ///
  /// @return why a command failed; null: none did, and there may be a call to end
  private @Nullable ExitStatus dial(ObservedTransport line) throws InterruptedException {
    dropDtr(line);
    if (parts.control().isStopped()) {
      return ExitStatus.USER_REQUEST;
    }
    int status = command(TtyOptions.INIT, line);
    if (status != 0) {
      return interrupted(ExitStatus.INIT_FAILED, "Initializer script failed");
    }
    if (has(TtyOptions.INIT)) {
      parts.log().info("Serial port initialized.");
    }
    if (parts.control().isStopped()) {
      return null;
    }
    status = command(TtyOptions.CONNECT, line);
    if (status != 0) {
      return interrupted(ExitStatus.CONNECT_FAILED, "Connect script failed");
    }
    if (has(TtyOptions.CONNECT)) {
      parts.log().info("Serial connection established.");
      pause(Duration.ofMillis(options.get(DaemonOptions.CONNECT_DELAY)));
    }
    if (!parts.control().isStopped() && command(TtyOptions.WELCOME, line) != 0) {
      parts.log().warning("Welcome script failed");
    }
    return null;
  }

  /// Ends what call the modem may still be in.
  private void dropDtr(ObservedTransport line) throws InterruptedException {
    boolean dials = has(TtyOptions.INIT) || has(TtyOptions.CONNECT);
    if (dials && options.get(TtyOptions.MODEM) && line.setDtr(false)) {
      pause(DTR_OFF);
      boolean _ = line.setDtr(true);
    }
  }

  private boolean has(Setting<String> command) {
    return !options.get(command).isEmpty();
  }

  private ExitStatus interrupted(ExitStatus otherwise, String message) {
    if (parts.control().isStopped()) {
      return ExitStatus.USER_REQUEST;
    }
    parts.log().error(message);
    return lineGone ? ExitStatus.HANGUP : otherwise;
  }

  private void pause(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (!parts.control().isStopped() && parts.control().await(end) != null) {
      // What happens on the port is told again by its state.
    }
  }

  /// Runs one of the commands and waits for its end.
  ///
  /// @return its exit status; 0 also if there is none to run
  private int command(Setting<String> setting, ObservedTransport line) throws InterruptedException {
    if (!has(setting)) {
      return 0;
    }
    String command = options.get(setting);
    parts.log().debug(setting + ": running " + command);
    var token = new Object();
    LineCommands.Running running = start(command, line, token);
    for (; ; ) {
      switch (parts.control().await(Long.MAX_VALUE)) {
        case Happening.CommandEnded(Object ended, int status) when ended.equals(token) -> {
          return status;
        }
        case Happening.Signalled(Signals.Name signal) when signal.ends() -> running.cancel();
        case Happening.OnPort(Tty _, TtyEvent.HungUp _) -> lineGone = true;
        case null, default -> {}
      }
    }
  }

  private LineCommands.Running start(String command, ObservedTransport line, Object token) {
    Map<String, String> environment = parts.environment().snapshot();
    IntConsumer ended = status -> parts.inbox().put(new Happening.CommandEnded(token, status));
    var chat = ChatCommand.ofShell(command);
    if (chat != null) {
      return parts.commands().chat(chat, open(line), environment, ended);
    }
    String device = parts.around().lines().device(options);
    boolean isUnread = tty == null;
    return isUnread && !device.isEmpty()
        ? parts.commands().onDevice(command, device, environment, ended)
        : parts.commands().onPipes(command, open(line), line::octetsSent, environment, ended);
  }

  /// The tty of the line; begins to read it.
  private Tty open(ObservedTransport line) {
    Tty present = tty;
    if (present == null) {
      Tty opened = parts.station().open(line);
      events =
          opened.events(
              parts.station().executor(),
              event -> parts.inbox().put(new Happening.OnPort(opened, event)));
      tty = opened;
      return opened;
    }
    return present;
  }

  private void disconnect(ObservedTransport line) throws InterruptedException {
    if (options.isSet(TtyOptions.DISCONNECT) && !lineGone) {
      if (command(TtyOptions.DISCONNECT, line) != 0) {
        parts.log().warning("disconnect script failed");
      } else {
        parts.log().info("Serial link disconnected.");
      }
    }
  }

  private void close(ObservedTransport line) throws InterruptedException {
    Tty opened = tty;
    if (opened == null) {
      var _ = line.close(Duration.ZERO);
      return;
    }
    Removal removal = opened.close(CLOSE_LIMIT);
    if (!removal.await(CLOSE_LIMIT.multipliedBy(2))) {
      parts.log().warning(opened.name() + " can't be closed: what it has to send never leaves");
    }
    if (events != null) {
      events.close();
    }
  }
}
