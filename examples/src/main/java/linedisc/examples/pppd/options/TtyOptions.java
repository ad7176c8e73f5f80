package linedisc.examples.pppd.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import linedisc.examples.pppd.words.Word;
import org.jspecify.annotations.Nullable;

/// Options of the serial port: which, how it is driven, what runs on it before PPP does.
public final class TtyOptions {
  /// Rows of bare words.
  static final String DEVICE_NAME = "device name";

  static final String TTY_SPEED = "tty speed";

  /// The one option of the line that a link negotiates by.
  static final String ESCAPE_NAME = "escape";

  /// Octets of the longest path.
  static final int MAX_PATH = 4095;

  /// Octets of the longest command.
  static final int MAX_COMMAND = 65535;

  private static final int XON_XOFF_MAP = 0x000A0000;
  private static final int MAX_ESCAPE = 0xFF;
  private static final int CIRCUMFLEX = 0x5E;

  /// How the line tells its two ends to wait.
  public enum FlowControl {
    /// As the port was found.
    UNCHANGED,
    /// None.
    NONE,
    /// RTS and CTS.
    RTS_CTS,
    /// XON and XOFF, which are then escaped in packets.
    XON_XOFF
  }

  /// The device, an absolute path; empty: the one on standard input.
  public static final Setting<String> DEVICE = Setting.of(DEVICE_NAME, "");

  /// Bits per second; 0: as the port was found.
  public static final Setting<Integer> SPEED = Setting.of(TTY_SPEED, 0);

  /// Whether a lock file is made.
  public static final Setting<Boolean> LOCK = Setting.of("lock", false);

  /// Command that prepares the device.
  public static final Setting<String> INIT = Setting.of("init", "");

  /// Command that makes the connection.
  public static final Setting<String> CONNECT = Setting.of("connect", "");

  /// Command that ends the connection.
  public static final Setting<String> DISCONNECT = Setting.of("disconnect", "");

  /// Command that greets a caller.
  public static final Setting<String> WELCOME = Setting.of("welcome", "");

  /// Command whose standard input and output are the line.
  public static final Setting<String> PTY = Setting.of("pty", "");

  /// Standard input and output are the line, and no terminal.
  public static final Setting<Boolean> NOTTY = Setting.of("notty", false);

  /// `HOST:PORT` that is the line.
  public static final Setting<String> SOCKET = Setting.of("socket", "");

  /// File to which the line's octets are recorded.
  public static final Setting<String> RECORD = Setting.of("record", "");

  /// Flow control.
  public static final Setting<FlowControl> FLOW_CONTROL =
      Setting.of("flow control", FlowControl.UNCHANGED);

  /// 1 or 2.
  public static final Setting<Integer> STOP_BITS = Setting.of("stop-bits", 1);

  /// Whether DCD and DTR mean something.
  public static final Setting<Boolean> MODEM = Setting.of("modem", true);

  /// Octets that we escape beyond those the peer asks for.
  public static final Setting<SortedSet<Integer>> ESCAPE =
      Setting.of(ESCAPE_NAME, Collections.emptySortedSet());

  private TtyOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.TTY)
        .bare(DEVICE_NAME, "DEVICE", TtyOptions::device, "The device; without / below /dev")
        .shown(options -> Rows.quoted(options.get(DEVICE)))
        .rule(Rule.NAMES_LINE)
        .rule(Rule.KEEPS_PRIORITY)
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .bare(
            TTY_SPEED,
            "BITS-PER-SECOND",
            (draft, word) -> draft.set(SPEED, draft.number(word, 1, Integer.MAX_VALUE)),
            "The device's speed")
        .shown(options -> options.get(SPEED).toString())
        .keeps()
        .flag("lock", LOCK, true, "Lock the device with a UUCP lock file")
        .keeps()
        .flag("nolock", LOCK, false, "Don't lock the device with a UUCP lock file")
        .under("lock")
        .privileged()
        .text("init", INIT, MAX_COMMAND, "Command that prepares the device")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .text("connect", CONNECT, MAX_COMMAND, "Command that makes the connection")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .text("disconnect", DISCONNECT, MAX_COMMAND, "Command that ends the connection")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .text("welcome", WELCOME, MAX_COMMAND, "Command that greets a caller")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .text("pty", PTY, MAX_COMMAND, "Command that is the line, by its input and output")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .rule(Rule.NAMES_LINE)
        .flag("notty", NOTTY, true, "Standard input and output are the line, and no terminal")
        .rule(Rule.NAMES_LINE)
        .special(
            "socket", "HOST:PORT", TtyOptions::socket, "A TCP connection to HOST:PORT is the line")
        .keeps()
        .rule(Rule.NAMES_LINE)
        .text("record", RECORD, MAX_PATH, "Record the line's octets to a file")
        .keeps()
        .flag("crtscts", FLOW_CONTROL, FlowControl.RTS_CTS, "Flow control by RTS and CTS")
        .keeps()
        .refused(
            "cdtrcts",
            new Argument.None(),
            "use crtscts, with the cable's DTR wired as RTS",
            "Flow control by DTR and CTS")
        .under("crtscts")
        .flag("nocrtscts", FLOW_CONTROL, FlowControl.NONE, "No flow control by lines")
        .alias("-crtscts", "nocdtrcts")
        .under("crtscts")
        .word(
            "xonxoff",
            (draft, word) -> {
              draft.set(FLOW_CONTROL, FlowControl.XON_XOFF);
              draft.set(LcpOptions.ASYNCMAP, draft.get(LcpOptions.ASYNCMAP) | XON_XOFF_MAP);
              draft.set(LcpOptions.NEGOTIATE_ASYNCMAP, true);
            },
            "Flow control by XON and XOFF")
        .under("crtscts")
        .number("stop-bits", STOP_BITS, 1, 2, "Number of stop bits")
        .keeps()
        .rule(Rule.FIXED_BY_PRIVILEGE)
        .flag("modem", MODEM, true, "Use the modem control lines")
        .keeps()
        .flag("local", MODEM, false, "Ignore the modem control lines")
        .under("modem")
        .refused(
            "sync",
            new Argument.None(),
            "leave it out on both ends; the framing here is always asynchronous",
            "Synchronous framing")
        .accepted(
            "datarate",
            new Argument.Whole(0, Integer.MAX_VALUE),
            "the line takes octets as fast as it can send them",
            "Octets a second at most (pty, notty, socket, record)")
        .keeps()
        .special(ESCAPE_NAME, "HEX,...", TtyOptions::escape, "Octets to escape when sending")
        .shown(options ->
            options.get(ESCAPE).stream()
                .map(Integer::toHexString)
                .collect(Collectors.joining(",", ESCAPE_NAME + " ", "")))
        .list();
  }

  /// Whether the word names a character device. A word of the form of a path is taken for one, so
  /// that a wrong one is called a device that does not exist.
  static boolean isDevice(String word, Machine machine) {
    Path path = devicePath(word, machine);
    return path != null && (word.startsWith("/") || machine.isCharacterDevice(path));
  }

  /// Whether the line is something else than a device.
  static boolean isLineWithoutDevice(OptionDraft draft) {
    return draft.get(NOTTY) || draft.isSet(PTY) || draft.isSet(SOCKET);
  }

  static boolean isSpeed(String word) {
    Long speed = Numbers.whole(word);
    return speed != null && speed != 0;
  }

  private static void device(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    Path path = devicePath(text, draft.machine());
    if (path == null || !draft.machine().isCharacterDevice(path)) {
      throw draft.mistake("there is no device " + text);
    }
    draft.set(DEVICE, path.toString());
  }

  private static @Nullable Path devicePath(String word, Machine machine) {
    if (word.isEmpty()) {
      return null;
    }
    try {
      return machine.devices().resolve(word);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static void socket(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    int colon = text.lastIndexOf(':');
    Long port = colon > 0 ? Numbers.whole(text.substring(colon + 1)) : null;
    if (port == null || port < 1 || port > 65535) {
      throw draft.mistake("'" + text + "' is not of the form HOST:PORT");
    }
    draft.set(SOCKET, text);
  }

  private static void escape(OptionDraft draft, Word word) throws OptionException {
    var octets = new TreeSet<>(draft.get(ESCAPE));
    for (String code : word.text().split("[, ]+", -1)) {
      if (code.isEmpty()) {
        continue;
      }
      Integer octet = Numbers.bits(code);
      if (octet == null || octet < 0 || octet > MAX_ESCAPE) {
        throw draft.mistake("'" + code + "' is not a hexadecimal number up to ff");
      }
      if (octet == CIRCUMFLEX || (octet >= 0x20 && octet <= 0x3F)) {
        // Escaped they would become a flag, an escape or a control character.
        throw draft.mistake(
            "octet "
                + code.toLowerCase(Locale.ROOT)
                + " can't be escaped: 5e and 20 to 3f never are");
      }
      octets.add(octet);
    }
    draft.set(ESCAPE, Collections.unmodifiableSortedSet(octets));
  }
}
