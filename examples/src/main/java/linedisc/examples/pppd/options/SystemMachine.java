package linedisc.examples.pppd.options;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The machine that the program runs on.
public final class SystemMachine implements Machine {
  private static final int TYPE = 0170000;
  private static final int CHARACTER_DEVICE = 0020000;

  private final Privilege privilege = Privilege.ofThisProcess();
  private final Path configuration;

  /// The machine as it is.
  public SystemMachine() {
    this(Path.of("/etc/ppp"));
  }

  /// The machine, with a folder for system-wide files.
  ///
  /// @param configuration `/etc/ppp`
  public SystemMachine(Path configuration) {
    this.configuration = configuration;
  }

  @Override
  public Path configuration() {
    return configuration;
  }

  @Override
  public @Nullable Path home() {
    String home = System.getProperty("user.home", "");
    return home.isEmpty() || home.equals("?") ? null : Path.of(home);
  }

  @Override
  public Path devices() {
    return Path.of("/dev");
  }

  @Override
  public @Nullable Path terminal() {
    try {
      Path input = Path.of("/proc/self/fd/0").toRealPath();
      boolean terminal = input.startsWith("/dev") && isCharacterDevice(input);
      return terminal && !input.equals(Path.of("/dev/null")) ? input : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public boolean isCharacterDevice(Path path) {
    try {
      return Files.getAttribute(path, "unix:mode") instanceof Integer mode
          && (mode & TYPE) == CHARACTER_DEVICE;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public @Nullable Inet4Address resolve(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address instanceof Inet4Address four) {
          return four;
        }
      }
      return null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  @Override
  public String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public Privilege privilege() {
    return privilege;
  }
}
