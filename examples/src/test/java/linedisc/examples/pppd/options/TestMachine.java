package linedisc.examples.pppd.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A machine below a folder: `etc/ppp`, `home`, `dev`, where any file named in `devices` is a
/// device.
public final class TestMachine implements Machine {
  final Path root;

  /// Names of devices below `/dev`.
  public final Set<String> characterDevices = new HashSet<>(Set.of("ttyS0", "ttyS1", "term/a"));

  /// Hosts and their addresses.
  public final Map<String, String> hosts = new HashMap<>();

  @Nullable Path terminal;
  Privilege privilege = new Privilege(0, true, false);

  /// A machine that is all in `root`.
  public TestMachine(Path root) {
    this.root = root;
    try {
      Files.createDirectories(configuration().resolve("peers"));
      Files.createDirectories(root.resolve("home"));
      int user = (int) Files.getAttribute(configuration(), "unix:uid");
      privilege = new Privilege(user, true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file below the root.
  public Path write(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.writeString(file, text);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An ordinary user of a program that gained rights by being started.
  void lendRights() {
    privilege = new Privilege(1000, true, true);
  }

  @Override
  public Path configuration() {
    return root.resolve("etc/ppp");
  }

  @Override
  public Path home() {
    return root.resolve("home");
  }

  @Override
  public Path devices() {
    return Path.of("/dev");
  }

  @Override
  public @Nullable Path terminal() {
    return terminal;
  }

  @Override
  public boolean isCharacterDevice(Path path) {
    return path.startsWith("/dev")
        && characterDevices.contains(Path.of("/dev").relativize(path).toString());
  }

  @Override
  public @Nullable Inet4Address resolve(String host) {
    String address = hosts.get(host);
    return address == null ? null : (Inet4Address) InetAddress.ofLiteral(address);
  }

  @Override
  public String hostName() {
    return "here";
  }

  @Override
  public Privilege privilege() {
    return privilege;
  }
}
