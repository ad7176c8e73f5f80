package linedisc.examples.pppd.line;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import linedisc.examples.pppd.options.OwnOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.TtyOptions;
import linedisc.examples.pppd.options.TtyOptions.FlowControl;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Termios;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.ProcessTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.SocketTransport;
import linedisc.serial.port.StdioTransport;

/// This machine's lines.
public final class SystemLines implements Lines {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final int STRUCTURE_OCTETS = 64;

  /// Where no lock files are made.
  private static final Path NO_LOCKS = Path.of("/dev/null");

  /// This machine's lines.
  public SystemLines() {}

  @Override
  public String device(PppdOptions options) {
    return options.get(TtyOptions.DEVICE);
  }

  @Override
  public SerialTransport open(PppdOptions options) throws PortException {
    if (options.get(TtyOptions.NOTTY)) {
      return StdioTransport.open();
    }
    String command = options.get(TtyOptions.PTY);
    if (!command.isEmpty()) {
      return ProcessTransport.onPty(List.of("/bin/sh", "-c", command), backend(options).loop());
    }
    String socket = options.get(TtyOptions.SOCKET);
    if (!socket.isEmpty()) {
      int colon = socket.lastIndexOf(':');
      String host = socket.substring(0, colon).replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(socket.substring(colon + 1));
      return SocketTransport.connect(host, port, CONNECT_LIMIT);
    }
    boolean lock = options.get(TtyOptions.LOCK);
    var opener =
        new PortOpener(
            new SerialPorts(), lock ? new PortLocks() : new PortLocks(NO_LOCKS), backend(options));
    return opener.open(options.get(TtyOptions.DEVICE), settings(options));
  }

  private static SerialBackend backend(PppdOptions options) {
    return SerialBackend.named(options.get(OwnOptions.TRANSPORT));
  }

  private static PortSettings settings(PppdOptions options) {
    PortSettings.Builder settings = PortSettings.builder();
    int speed = options.get(TtyOptions.SPEED);
    if (speed == 0) {
      speed = presentSpeed(options.get(TtyOptions.DEVICE));
    }
    if (speed > 0) {
      settings.speed(speed);
    }
    return settings
        .stopBits(
            options.get(TtyOptions.STOP_BITS) == 2
                ? PortSettings.StopBits.TWO
                : PortSettings.StopBits.ONE)
        .flow(flow(options.get(TtyOptions.FLOW_CONTROL)))
        .modem(options.get(TtyOptions.MODEM))
        .build();
  }

  private static PortSettings.FlowControl flow(FlowControl flow) {
    return switch (flow) {
      case UNCHANGED, NONE -> PortSettings.FlowControl.NONE;
      case RTS_CTS -> PortSettings.FlowControl.RTS_CTS;
      case XON_XOFF -> PortSettings.FlowControl.XON_XOFF;
    };
  }

  /// The speed that a device has now; 0 if that can't be told.
  private static int presentSpeed(String device) {
    if (!Platform.supported()) {
      return 0;
    }
    var libc = new Libc(STRUCTURE_OCTETS);
    int fd = libc.open(device, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    if (fd < 0) {
      return 0;
    }
    var termios = new Termios();
    int answer = termios.load(libc, fd);
    libc.close(fd);
    return answer < 0 ? 0 : termios.speed();
  }
}
