package linedisc.examples.pppd.options;

import java.util.List;

/// Options that pppd does not have.
public final class OwnOptions {
  /// Whether the link gets a network device of the host.
  public static final Setting<Boolean> HOST = Setting.of("host", true);

  private OwnOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.OWN)
        .flag("nohost", HOST, false, "No network device: this process itself answers pings")
        .alias("--no-host")
        .list();
  }
}
