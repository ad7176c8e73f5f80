package linedisc.examples.pppd.options;

import java.util.List;
import linedisc.examples.pppd.words.Word;
import linedisc.serial.port.SerialBackend;

/// Options that pppd does not have.
public final class OwnOptions {
  /// Whether the link gets a network device of the host.
  public static final Setting<Boolean> HOST = Setting.of("host", true);

  /// What serial ports are opened by: a name that [SerialBackend#named] knows.
  public static final Setting<String> TRANSPORT = Setting.of("transport", "jserialcomm");

  private OwnOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.OWN)
        .flag("nohost", HOST, false, "No network device: this process itself answers pings")
        .alias("--no-host")
        .special(
            "transport",
            "jserialcomm|posix",
            OwnOptions::transport,
            "What opens the device: jSerialComm, or the C library (Linux)")
        .alias("--transport")
        .list();
  }

  private static void transport(OptionDraft draft, Word word) throws OptionException {
    try {
      SerialBackend _ = SerialBackend.named(word.text());
    } catch (IllegalArgumentException e) {
      throw draft.mistake(String.valueOf(e.getMessage()));
    }
    draft.set(TRANSPORT, word.text());
  }
}
