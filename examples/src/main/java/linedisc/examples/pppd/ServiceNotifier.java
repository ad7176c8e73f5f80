package linedisc.examples.pppd;

import java.nio.charset.StandardCharsets;
import linedisc.serial.ffi.UnixDatagram;

/// Tells a service manager how things stand; replaced in tests.
///
/// See [sd_notify](https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html).
@FunctionalInterface
public interface ServiceNotifier {
  /// Sends variables, one a line.
  void send(String variables);

  /// The manager that has started this process, if there is one.
  static ServiceNotifier ofThisProcess() {
    String socket = System.getenv("NOTIFY_SOCKET");
    return variables -> {
      if (socket != null && !socket.isEmpty()) {
        boolean _ = UnixDatagram.send(socket, variables.getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
