package linedisc.examples.dial;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.TransportOption;
import linedisc.serial.chat.CellularSetup;
import linedisc.serial.chat.HayesModem;
import linedisc.serial.forward.Prefix;
import linedisc.serial.host.DefaultRoute;
import linedisc.serial.host.HostSettings;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.SerialBackend;
import org.jspecify.annotations.Nullable;

/// The command line of `linedisc dial`.
///
/// @param port what to open
/// @param backend opens it
/// @param settings null: as the kind of port suggests
/// @param number null: a call is taken
/// @param local our IPv4 address; null: the peer gives us one
/// @param remote the peer's IPv4 address; null: it says it
/// @param inits commands for the modem, in order
/// @param timeout until CONNECT
/// @param guard the silence around `+++`
/// @param chat file of a chat script that is played after CONNECT, or null
/// @param apn access point of a cellular network, or null
/// @param pin of the SIM, or null
/// @param search how long to wait for a cellular network
/// @param linkless whether CONNECT is the end
/// @param slip SLIP instead of PPP; a call that is taken says itself what it is
/// @param host what the link is to be on the host; null: packets stay in this process
/// @param user the name that we go by, or null
/// @param passwordFile its first line proves that, or null
/// @param pings how many are sent before hanging up; 0: the link stays
/// @param calls how many are made or taken
/// @param redials how many times a call that fails is tried again
/// @param redialDelay time between two calls
record DialOptions(
    String port,
    SerialBackend backend,
    @Nullable PortSettings settings,
    @Nullable String number,
    @Nullable InetAddress local,
    @Nullable InetAddress remote,
    List<String> inits,
    Duration timeout,
    Duration guard,
    @Nullable String chat,
    @Nullable String apn,
    @Nullable String pin,
    Duration search,
    boolean linkless,
    boolean slip,
    @Nullable HostSettings host,
    @Nullable String user,
    @Nullable String passwordFile,
    int pings,
    int calls,
    int redials,
    Duration redialDelay,
    boolean verbose,
    boolean debug) {
  private static final Set<String> FLAGS =
      Set.of(
          "--answer", "--no-link", "--slip", "--host", "--default-route", "--verbose", "--debug");
  private static final Set<String> OPTIONS =
      Set.of(
          "--init",
          "--timeout",
          "--guard",
          "--speed",
          "--chat",
          "--apn",
          "--pin",
          "--pin-file",
          "--number",
          "--search",
          "--user",
          "--password-file",
          "--resolv-file",
          "--ping",
          "--calls",
          "--redial",
          "--redial-delay",
          TransportOption.NAME);
  private static final String PACKET_DATA = "*99***1#";

  /// Without the PIN.
  @Override
  public String toString() {
    return "DialOptions[port=" + port + ", number=" + number + "]";
  }

  static DialOptions parse(List<String> words) throws CommandException {
    Arguments arguments = Arguments.parse(words, FLAGS, OPTIONS);
    List<String> operands = arguments.operands();
    boolean answer = arguments.has("--answer");
    String apn = arguments.value("--apn");
    String pin = pin(arguments);
    String number = arguments.value("--number");
    if (number == null && apn != null) {
      number = PACKET_DATA;
    }
    // Without another way to name the number it is the second operand.
    int next = 1;
    if (number == null && !answer) {
      if (operands.size() < 2) {
        throw CommandException.usage("needs a port and a number, or --answer, or --apn");
      }
      number = operands.get(next++);
    }
    if (operands.isEmpty()) {
      throw CommandException.usage("needs a port");
    }
    check(answer, number, apn, pin);
    InetAddress[] addresses = {null, null};
    if (operands.size() > next) {
      addresses = addresses(operands.get(next++));
    }
    if (operands.size() > next) {
      throw CommandException.usage("unexpected argument '" + operands.get(next) + "'");
    }
    if (arguments.has("--slip") && (addresses[0] == null || addresses[1] == null)) {
      throw CommandException.usage("--slip needs both addresses, LOCAL:REMOTE");
    }
    String port = operands.getFirst();
    int comma = port.lastIndexOf(',');
    return new DialOptions(
        comma > 0 ? port.substring(0, comma) : port,
        TransportOption.of(arguments),
        settings(comma > 0 ? port.substring(comma + 1) : null, arguments),
        answer ? null : number,
        addresses[0],
        addresses[1],
        arguments.values("--init"),
        seconds(arguments, "--timeout", 60),
        seconds(arguments, "--guard", HayesModem.GUARD.toMillis() / 1000.0),
        arguments.value("--chat"),
        apn,
        pin,
        seconds(arguments, "--search", 60),
        arguments.has("--no-link"),
        arguments.has("--slip"),
        host(arguments),
        arguments.value("--user"),
        arguments.value("--password-file"),
        (int) arguments.number("--ping", 0, 1, 10_000),
        (int) arguments.number("--calls", 1, 1, Integer.MAX_VALUE),
        (int) arguments.number("--redial", 0, 0, Integer.MAX_VALUE),
        seconds(arguments, "--redial-delay", 5),
        arguments.has("--verbose") || arguments.has("--debug"),
        arguments.has("--debug"));
  }

  private static void check(
      boolean answer, @Nullable String number, @Nullable String apn, @Nullable String pin)
      throws CommandException {
    if (answer && (number != null || apn != null)) {
      throw CommandException.usage(
          "--answer waits for a call, and so takes no number and no --apn");
    }
    if (number != null && !number.matches("[ -~]{1,200}")) {
      throw CommandException.usage("the number has characters that no telephone has");
    }
    if (apn != null && !CellularSetup.isAccessPoint(apn)) {
      throw CommandException.usage("'" + apn + "' is no access point name");
    }
    if (pin != null && (apn == null || !CellularSetup.isPin(pin))) {
      throw CommandException.usage("a PIN has 4 to 8 digits, and needs --apn");
    }
  }

  private static @Nullable String pin(Arguments arguments) throws CommandException {
    String pin = arguments.value("--pin");
    String file = arguments.value("--pin-file");
    if (file == null) {
      return pin;
    }
    if (pin != null) {
      throw CommandException.usage("--pin and --pin-file are two ways to say one thing");
    }
    byte[] line = SecretFile.firstLine("--pin-file", file);
    String said = new String(line, StandardCharsets.ISO_8859_1);
    Arrays.fill(line, (byte) 0);
    if (!CellularSetup.isPin(said)) {
      throw CommandException.failed("--pin-file: the first line of " + file + " is no PIN");
    }
    return said;
  }

  private static Duration seconds(Arguments arguments, String option, double fallback)
      throws CommandException {
    return Duration.ofMillis((long) (1000 * arguments.decimal(option, fallback, 0, 86_400)));
  }

  private static @Nullable PortSettings settings(@Nullable String text, Arguments arguments)
      throws CommandException {
    PortSettings settings = null;
    if (text != null) {
      try {
        settings = PortSettings.parse(text);
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(String.valueOf(e.getMessage()));
      }
    }
    if (arguments.value("--speed") == null) {
      return settings;
    }
    int speed = (int) arguments.number("--speed", 0, 50, 4_000_000);
    return (settings == null ? PortSettings.DEFAULT : settings).toBuilder().speed(speed).build();
  }

  private static @Nullable HostSettings host(Arguments arguments) throws CommandException {
    boolean defaultRoute = arguments.has("--default-route");
    String resolvFile = arguments.value("--resolv-file");
    if (!defaultRoute && !arguments.has("--host")) {
      if (resolvFile != null) {
        throw CommandException.usage("--resolv-file is for links of the host, and so needs --host");
      }
      return null;
    }
    if (arguments.value("--ping") != null) {
      throw CommandException.usage("--ping is for links within this process; the host has its own");
    }
    return HostSettings.builder()
        .defaultRoute(defaultRoute ? DefaultRoute.ADD : DefaultRoute.NONE, 0)
        .resolvFile(resolvFile == null ? null : Path.of(resolvFile))
        .build();
  }

  /// `LOCAL:REMOTE`, either of which may be left out.
  private static InetAddress[] addresses(String word) throws CommandException {
    int colon = word.indexOf(':');
    if (colon < 0) {
      throw CommandException.usage("unexpected argument '" + word + "'");
    }
    return new InetAddress[] {
      address(word.substring(0, colon), word), address(word.substring(colon + 1), word)
    };
  }

  private static @Nullable InetAddress address(String text, String word) throws CommandException {
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (Prefix.address(text) instanceof Inet4Address address) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw CommandException.usage("'" + word + "' is not LOCAL:REMOTE, two IPv4 addresses");
  }
}
