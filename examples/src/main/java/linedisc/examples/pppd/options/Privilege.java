package linedisc.examples.pppd.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a process may do, and whether it owes that to its user.
///
/// pppd's rules keep an ordinary user of a pppd that gained privileges by being started from using
/// them freely. A process that gained none has only what its user has, and there is nothing to keep
/// from its user: all options are his, while authentication is still asked for unless he says
/// otherwise.
///
/// @param user the user's number, 0 for root
/// @param administrator root, or a holder of CAP_NET_ADMIN
/// @param gained privileges were gained by being started (setuid or file capabilities)
public record Privilege(int user, boolean administrator, boolean gained) {
  private static final int CAP_NET_ADMIN = 12;

  /// Whether what the user says may use every option.
  public boolean ofUser() {
    return !gained;
  }

  /// Whether the peer need not prove who it is unless an option says so.
  public boolean trustsPeers() {
    return administrator && !gained;
  }

  /// This process's.
  public static Privilege ofThisProcess() {
    try {
      Privilege privilege = ofStatus(Files.readString(Path.of("/proc/self/status")));
      if (privilege != null) {
        return privilege;
      }
    } catch (IOException e) {
      // No such file system: the name must do.
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    return new Privilege(root ? 0 : -1, root, false);
  }

  /// From the text of Linux's `/proc/PID/status`; null if it isn't that.
  static @Nullable Privilege ofStatus(String status) {
    String[] users = field(status, "Uid:");
    String[] groups = field(status, "Gid:");
    String[] effective = field(status, "CapEff:");
    String[] ambient = field(status, "CapAmb:");
    if (users.length < 2 || groups.length < 2 || effective.length < 1) {
      return null;
    }
    try {
      int user = Integer.parseInt(users[0]);
      boolean root = user == 0;
      long capabilities = Long.parseUnsignedLong(effective[0], 16);
      long inherited = ambient.length < 1 ? 0 : Long.parseUnsignedLong(ambient[0], 16);
      boolean gained =
          !users[0].equals(users[1])
              || !groups[0].equals(groups[1])
              || (!root && (capabilities & ~inherited) != 0);
      return new Privilege(user, root || (capabilities >> CAP_NET_ADMIN & 1) != 0, gained);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String[] field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(name.length()).trim().split("\\s+", -1))
        .orElse(new String[0]);
  }
}
