package linedisc.serial.port;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Opens a line by the name that somebody gave it.
///
/// | name | line |
/// |---|---|
/// | `/dev/ttyUSB0`, `ttyUSB0`, `COM3` | a serial port, by a [SerialBackend] |
/// | `0403:6001:A50285BI/0` | a USB adapter's port, wherever it is plugged in; see [SerialPorts#find] |
/// | `tcp://host:port` | a TCP connection |
/// | `rfc2217://host:port` | a terminal server's port, with its line settings |
/// | `exec:command` | a shell command on a pty |
/// | `pty:/run/modem0` | a new pty, which others find and open under that name |
/// | `-` | standard input and output |
public final class PortOpener {
  private static final Pattern NETWORK =
      Pattern.compile("(?<kind>tcp|rfc2217)://(?<host>\\[[^]]+]|[^:/\\[\\]]+):(?<port>\\d{1,5})/?");
  private static final String COMMAND = "exec:";
  private static final String PTY = "pty:";
  private static final String STDIO = "-";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int LARGEST_PORT = 65_535;

  private final SerialPorts ports;
  private final PortLocks locks;
  private final SerialBackend backend;

  /// An opener for this process, by jSerialComm.
  public PortOpener(SerialPorts ports, PortLocks locks) {
    this(ports, locks, new SerialBackend.JSerialComm());
  }

  /// An opener for this process.
  ///
  /// @param backend opens serial ports; if it has a loop, that drives ptys too
  public PortOpener(SerialPorts ports, PortLocks locks, SerialBackend backend) {
    this.ports = ports;
    this.locks = locks;
    this.backend = backend;
  }

  /// Opens a line. May wait some seconds for a connection.
  ///
  /// @param settings for lines that have any
  /// @throws PortException with a sentence about the name
  public SerialTransport open(String name, PortSettings settings) throws PortException {
    if (name.equals(STDIO)) {
      return StdioTransport.open();
    }
    if (name.startsWith(COMMAND)) {
      String command = name.substring(COMMAND.length());
      return ProcessTransport.onPty(List.of("/bin/sh", "-c", command), backend.loop());
    }
    if (name.startsWith(PTY)) {
      return PtyTransport.openPersistent(Path.of(name.substring(PTY.length())), backend.loop());
    }
    if (name.contains("://")) {
      return connect(name, settings);
    }
    return backend.open(ports.find(name), settings, locks);
  }

  /// Opens a line with the speed, character format and flow control that it has at the moment,
  /// where it is a serial port; otherwise as [#open].
  ///
  /// @param others the settings but for those
  /// @throws PortException with a sentence about the name
  public SerialTransport openAsFound(String name, PortSettings others) throws PortException {
    return isPort(name) ? backend.openAsFound(ports.find(name), others, locks) : open(name, others);
  }

  private static boolean isPort(String name) {
    return !name.equals(STDIO)
        && !name.startsWith(COMMAND)
        && !name.startsWith(PTY)
        && !name.contains("://");
  }

  /// Opens a line, and waits for it where that can't be done yet: not plugged in, under another
  /// name than before, not yet ours by udev's doing, still held by who had it. It is tried again
  /// when a device comes or goes, and after a pause that grows to ten seconds.
  ///
  /// @param settings for lines that have any
  /// @param limit how long to wait
  /// @throws PortException when it could not be opened in time, or never will
  public SerialTransport await(String name, PortSettings settings, Duration limit)
      throws PortException, InterruptedException {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    try (DeviceChanges changes = changes(List.of(name))) {
      for (; ; ) {
        try {
          return open(name, settings);
        } catch (PortException e) {
          Duration left = limit.minusNanos(System.nanoTime() - start);
          if (!left.isPositive() || e.reason() == PortException.Reason.NOT_A_PORT) {
            throw e;
          }
          boolean changed = changes.await(left.compareTo(pause) < 0 ? left : pause);
          pause = changed ? FIRST_PAUSE : pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
      }
    }
  }

  /// Watches the folders where the files of lines come and go, for who opens many of them.
  ///
  /// @param names as for [#open], or patterns of paths; others than files are left out
  public DeviceChanges changes(Collection<String> names) {
    Set<Path> folders = new LinkedHashSet<>(ports.folders());
    for (String name : names) {
      Path parent = isFile(name) ? Path.of(name).toAbsolutePath().getParent() : null;
      if (parent != null) {
        folders.add(parent);
      }
    }
    return DeviceChanges.in(List.copyOf(folders));
  }

  private static boolean isFile(String name) {
    return isPort(name) && name.indexOf('/') >= 0 && name.indexOf('\0') < 0;
  }

  private static SerialTransport connect(String name, PortSettings settings) throws PortException {
    Matcher network = NETWORK.matcher(name);
    if (!network.matches()) {
      throw new PortException(
          PortException.Reason.NOT_FOUND,
          name + " is no line; there are tcp://host:port and rfc2217://host:port.");
    }
    int port = Integer.parseInt(network.group("port"));
    if (port == 0 || port > LARGEST_PORT) {
      throw new PortException(
          PortException.Reason.NOT_FOUND, name + " has a port number above 65535 or of 0.");
    }
    String host = network.group("host").replaceAll("[\\[\\]]", "");
    SerialTransport line = SocketTransport.connect(host, port, CONNECT_LIMIT);
    return network.group("kind").equals("tcp") ? line : new Rfc2217Transport(line, settings);
  }
}
