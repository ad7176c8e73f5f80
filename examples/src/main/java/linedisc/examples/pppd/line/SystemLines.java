package linedisc.examples.pppd.line;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import linedisc.examples.pppd.options.OwnOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.TtyOptions;
import linedisc.examples.pppd.options.TtyOptions.FlowControl;
import linedisc.serial.port.DeviceChanges;
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
import org.jspecify.annotations.Nullable;

/// This machine's lines.
public final class SystemLines implements Lines {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

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
    boolean modem = options.get(TtyOptions.MODEM);
    SerialTransport line =
        opener(options).openAsFound(device(options), PortSettings.builder().modem(modem).build());
    try {
      set(line, options);
      return line;
    } catch (PortException e) {
      line.close();
      throw e;
    }
  }

  @Override
  public @Nullable DeviceChanges changes(PppdOptions options) {
    String device = device(options);
    return device.isEmpty() ? null : opener(options).changes(List.of(device));
  }

  private static PortOpener opener(PppdOptions options) {
    PortLocks locks = options.get(TtyOptions.LOCK) ? new PortLocks() : new PortLocks(NO_LOCKS);
    return new PortOpener(new SerialPorts(), locks, backend(options));
  }

  private static SerialBackend backend(PppdOptions options) {
    return SerialBackend.named(options.get(OwnOptions.TRANSPORT));
  }

  /// Sets what options name, and the character format, as pppd does; the speed and RTS/CTS stay as
  /// they were found if no option is about them.
  private static void set(SerialTransport line, PppdOptions options) throws PortException {
    PortSettings found = line.settings();
    if (found == null) {
      return;
    }
    int speed = options.get(TtyOptions.SPEED);
    PortSettings wanted =
        found.toBuilder()
            .speed(speed > 0 ? speed : found.speed())
            .dataBits(8)
            .parity(PortSettings.Parity.NONE)
            .stopBits(
                options.get(TtyOptions.STOP_BITS) == 2
                    ? PortSettings.StopBits.TWO
                    : PortSettings.StopBits.ONE)
            .flow(flow(options.get(TtyOptions.FLOW_CONTROL), found.flow()))
            .build();
    if (!wanted.equals(found)) {
      line.apply(wanted);
    }
  }

  private static PortSettings.FlowControl flow(FlowControl wanted, PortSettings.FlowControl found) {
    return switch (wanted) {
      case UNCHANGED ->
          found == PortSettings.FlowControl.RTS_CTS ? found : PortSettings.FlowControl.NONE;
      case NONE -> PortSettings.FlowControl.NONE;
      case RTS_CTS -> PortSettings.FlowControl.RTS_CTS;
      case XON_XOFF -> PortSettings.FlowControl.XON_XOFF;
    };
  }
}
