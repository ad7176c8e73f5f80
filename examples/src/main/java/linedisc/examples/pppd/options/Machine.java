package linedisc.examples.pppd.options;

import java.net.Inet4Address;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What reading options asks of the machine: replaced in tests.
public interface Machine {
  /// The folder of system-wide files, `/etc/ppp`.
  Path configuration();

  /// The user's own folder, or null if there is none.
  @Nullable Path home();

  /// The folder in which devices are looked up that are named without one, `/dev`.
  Path devices();

  /// The terminal on standard input, or null if there is none.
  @Nullable Path terminal();

  /// Whether the path names a character device.
  boolean isCharacterDevice(Path path);

  /// The IPv4 address of a host, or null if it has none.
  @Nullable Inet4Address resolve(String host);

  /// This machine's name.
  String hostName();

  /// What the process may do.
  Privilege privilege();
}
