package linedisc.examples.term;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.TransportOption;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.AddressPair;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.port.PortSettings.Parity;
import linedisc.serial.port.PortSettings.StopBits;
import linedisc.serial.port.SerialBackend;
import org.jspecify.annotations.Nullable;

/// The command line: picocom's options, short or long.
///
/// @param backend opens it
/// @param escape the octet before a command; -1: none
/// @param log where to append what is received, or null
/// @param exitAfterMillis end when nothing has passed for so long; -1: don't
/// @param addresses of a PPP or SLIP interface's ends, or null
record TermOptions(
    String port,
    SerialBackend backend,
    PortSettings settings,
    int escape,
    boolean echo,
    boolean noInit,
    boolean noReset,
    boolean noLock,
    boolean quiet,
    @Nullable Path log,
    long exitAfterMillis,
    String initString,
    CharacterMap input,
    CharacterMap output,
    CharacterMap echoed,
    @Nullable AddressPair addresses) {
  private static final int SLOWEST = 50;
  private static final int FASTEST = 20_000_000;
  private static final int DEFAULT_SPEED = 9600;

  private static final Set<String> FLAGS =
      Set.of(
          "-c",
          "--echo",
          "-i",
          "--noinit",
          "-r",
          "--noreset",
          "-l",
          "--nolock",
          "-q",
          "--quiet",
          "-n",
          "--no-escape",
          "--modem",
          "--lower-rts",
          "--lower-dtr",
          "--debug");
  private static final Set<String> OPTIONS =
      Set.of(
          "-b",
          "--baud",
          "-f",
          "--flow",
          "-y",
          "--parity",
          "-d",
          "--databits",
          "-p",
          "--stopbits",
          "-e",
          "--escape",
          "-g",
          "--logfile",
          "-x",
          "--exit-after",
          "-t",
          "--initstring",
          "--imap",
          "--omap",
          "--emap",
          "--addresses",
          TransportOption.NAME);

  static TermOptions parse(List<String> words) throws CommandException {
    Arguments args = Arguments.parse(words, FLAGS, OPTIONS);
    if (args.operands().size() != 1) {
      throw CommandException.usage("needs one port");
    }
    PortSettings settings =
        PortSettings.builder()
            .speed((int) number(args, "-b", "--baud", DEFAULT_SPEED, SLOWEST, FASTEST))
            .dataBits((int) number(args, "-d", "--databits", 8, 5, 8))
            .parity(parity(args))
            .stopBits(number(args, "-p", "--stopbits", 1, 1, 2) == 1 ? StopBits.ONE : StopBits.TWO)
            .flow(flow(args))
            .modem(args.has("--modem"))
            .dtrAtOpen(!args.has("--lower-dtr"))
            .rtsAtOpen(!args.has("--lower-rts"))
            // A person waits longer than a protocol.
            .stallLimit(Duration.ZERO)
            .build();
    return new TermOptions(
        args.operands().getFirst(),
        TransportOption.of(args),
        settings,
        escape(args),
        has(args, "-c", "--echo"),
        has(args, "-i", "--noinit"),
        has(args, "-r", "--noreset"),
        has(args, "-l", "--nolock"),
        has(args, "-q", "--quiet"),
        log(args),
        number(args, "-x", "--exit-after", -1, 0, Integer.MAX_VALUE),
        text(args, "-t", "--initstring", ""),
        map(args, "--imap", ""),
        map(args, "--omap", ""),
        map(args, "--emap", "crcrlf,delbs"),
        addresses(args));
  }

  private static boolean has(Arguments args, String letter, String name) {
    return args.has(letter) || args.has(name);
  }

  private static String text(Arguments args, String letter, String name, String fallback) {
    String given = args.value(letter) == null ? args.value(name) : args.value(letter);
    return given == null ? fallback : given;
  }

  private static long number(
      Arguments args, String letter, String name, long fallback, long least, long most)
      throws CommandException {
    return args.number(args.value(letter) == null ? name : letter, fallback, least, most);
  }

  private static Parity parity(Arguments args) throws CommandException {
    String word = text(args, "-y", "--parity", "none").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "n", "none" -> Parity.NONE;
      case "o", "odd" -> Parity.ODD;
      case "e", "even" -> Parity.EVEN;
      case "m", "mark" -> Parity.MARK;
      case "s", "space" -> Parity.SPACE;
      default ->
          throw CommandException.usage(
              "option --parity needs one of none, odd, even, mark, space, and not '" + word + "'");
    };
  }

  private static FlowControl flow(Arguments args) throws CommandException {
    String word = text(args, "-f", "--flow", "none").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "n", "none" -> FlowControl.NONE;
      case "h", "hard", "rtscts" -> FlowControl.RTS_CTS;
      case "s", "soft", "x", "xonxoff" -> FlowControl.XON_XOFF;
      default ->
          throw CommandException.usage(
              "option --flow needs one of none, hard, soft, and not '" + word + "'");
    };
  }

  private static int escape(Arguments args) throws CommandException {
    if (has(args, "-n", "--no-escape")) {
      return -1;
    }
    String key = text(args, "-e", "--escape", "a");
    if (key.length() != 1 || key.charAt(0) < '@' || key.charAt(0) > 'z') {
      throw CommandException.usage(
          "option --escape needs a letter, a for C-a, and not '" + key + "'");
    }
    return Key.control(key.charAt(0));
  }

  private static @Nullable Path log(Arguments args) throws CommandException {
    String file = text(args, "-g", "--logfile", "");
    try {
      return file.isEmpty() ? null : Path.of(file);
    } catch (InvalidPathException e) {
      throw CommandException.usage("'" + file + "' is no file name");
    }
  }

  private static CharacterMap map(Arguments args, String option, String fallback)
      throws CommandException {
    String value = args.value(option);
    try {
      return CharacterMap.parse(value == null ? fallback : value);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "option "
              + option
              + " needs some of "
              + CharacterMap.names()
              + ", separated by commas, and not '"
              + value
              + "'");
    }
  }

  private static @Nullable AddressPair addresses(Arguments args) throws CommandException {
    String pair = args.value("--addresses");
    if (pair == null) {
      return null;
    }
    int colon = pair.indexOf(':');
    try {
      return new AddressPair(
          Prefix.address(pair.substring(0, Math.max(0, colon))),
          Prefix.address(pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("'" + pair + "' is not LOCAL:REMOTE: " + e.getMessage());
    }
  }
}
