package linedisc.serial.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.serial.net.NetException;
import org.jspecify.annotations.Nullable;

/// Makes a cellular modem ready for a packet data call: its SIM is unlocked, the access point is
/// set, and a network is found.
///
/// A PIN is tried once and never again: after three wrong ones a SIM locks itself.
///
/// See [3GPP TS 27.007](https://www.3gpp.org/dynareport/27007.htm).
public final class CellularSetup {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(20);
  private static final Duration SIM_LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /// Circuit-switched, GPRS and LTE registration; a modem knows some of them.
  private static final List<String> REGISTRATIONS = List.of("+CEREG", "+CGREG", "+CREG");

  private static final Pattern STATE =
      Pattern.compile("\\+C(?:E|G)?REG: *\\d+, *(?<state>\\d{1,3}).*");
  private static final Pattern SIGNAL = Pattern.compile("\\+CSQ: *(?<level>\\d{1,3}).*");
  private static final Pattern OPERATOR = Pattern.compile("\\+COPS:[^\"]*\"(?<name>[^\"]*)\".*");
  private static final int HOME = 1;
  private static final int SEARCHING = 2;
  private static final int DENIED = 3;
  private static final int ROAMING = 5;
  private static final int UNKNOWN_SIGNAL = 99;

  private final HayesModem modem;
  private final Consumer<String> progress;

  /// A modem that answers to commands.
  ///
  /// @param progress is told of each step in a few words
  public CellularSetup(HayesModem modem, Consumer<String> progress) {
    this.modem = modem;
    this.progress = progress;
  }

  /// Whether a text can be an access point name.
  public static boolean isAccessPoint(String name) {
    return name.matches("[A-Za-z0-9._-]{0,100}");
  }

  /// Whether a text can be a PIN.
  public static boolean isPin(String pin) {
    return pin.matches("\\d{4,8}");
  }

  /// Goes through all steps.
  ///
  /// @param accessPoint see [#isAccessPoint]
  /// @param pin see [#isPin]; null: the SIM is expected to ask for none
  /// @param limit for the network to be found
  /// @throws ModemException when a step fails, with a sentence
  public void prepare(String accessPoint, @Nullable String pin, Duration limit)
      throws ModemException, NetException, InterruptedException {
    if (!isAccessPoint(accessPoint) || (pin != null && !isPin(pin))) {
      throw new IllegalArgumentException("no access point name, or no PIN");
    }
    unlock(pin);
    List<String> _ = modem.command("AT+CGDCONT=1,\"IP\",\"" + accessPoint + "\"", COMMAND_LIMIT);
    progress.accept("context 1 is " + accessPoint);
    register(limit);
  }

  private void unlock(@Nullable String pin)
      throws ModemException, NetException, InterruptedException {
    String state = simState();
    if (state.equals("SIM PIN")) {
      if (pin == null) {
        throw new ModemException(state, "The SIM asks for its PIN.");
      }
      progress.accept("SIM asks for its PIN");
      modem.hide(pin);
      try {
        List<String> _ = modem.command("AT+CPIN=\"" + pin + "\"", COMMAND_LIMIT);
      } catch (ModemException e) {
        throw new ModemException(
            e.result(), "The SIM refuses the PIN; after three wrong ones it locks itself.");
      }
      long deadline = System.nanoTime() + SIM_LIMIT.toNanos();
      state = simState();
      while (!state.equals("READY") && deadline - System.nanoTime() > 0) {
        pause();
        state = simState();
      }
    }
    if (!state.equals("READY")) {
      throw new ModemException(state, "The SIM is not ready: " + state + ".");
    }
    progress.accept("SIM is ready");
  }

  private String simState() throws ModemException, NetException, InterruptedException {
    for (String line : modem.command("AT+CPIN?", COMMAND_LIMIT)) {
      if (line.startsWith("+CPIN:")) {
        return line.substring("+CPIN:".length()).strip();
      }
    }
    return "unknown";
  }

  private void register(Duration limit) throws ModemException, NetException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int before = -1;
    for (; ; ) {
      int state = registration();
      if (state != before) {
        progress.accept(words(state) + ", " + signal());
        before = state;
      }
      if (state == HOME || state == ROAMING) {
        break;
      }
      if (state == DENIED) {
        throw new ModemException("", "The network has denied the registration.");
      }
      if (deadline - System.nanoTime() <= 0) {
        throw new ModemException(
            "", "No network was found in " + limit.toSeconds() + " s (" + signal() + ").");
      }
      pause();
    }
    String operator = find("AT+COPS?", OPERATOR, "name");
    if (operator != null) {
      progress.accept("operator " + operator);
    }
  }

  /// The best of what the modem says of its registrations.
  private int registration() throws NetException, InterruptedException {
    int best = 0;
    for (String command : REGISTRATIONS) {
      String state = find("AT" + command + "?", STATE, "state");
      int number = state == null ? 0 : Integer.parseInt(state);
      if (number == HOME || number == ROAMING) {
        return number;
      }
      if (number == SEARCHING || (number == DENIED && best == 0)) {
        best = number;
      }
    }
    return best;
  }

  private static String words(int state) {
    return switch (state) {
      case HOME -> "registered";
      case ROAMING -> "registered, roaming";
      case DENIED -> "registration denied";
      case SEARCHING -> "searching a network";
      default -> "not registered";
    };
  }

  private String signal() throws NetException, InterruptedException {
    String level = find("AT+CSQ", SIGNAL, "level");
    int number = level == null ? UNKNOWN_SIGNAL : Integer.parseInt(level);
    return number > 31 ? "signal unknown" : "signal " + (2 * number - 113) + " dBm";
  }

  /// A part of the answer to a question that the modem may not understand.
  private @Nullable String find(String command, Pattern pattern, String group)
      throws NetException, InterruptedException {
    try {
      for (String line : modem.command(command, COMMAND_LIMIT)) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.matches() && matcher.group(group).length() < 30) {
          return matcher.group(group);
        }
      }
    } catch (ModemException e) {
      // It does not.
    }
    return null;
  }

  private static void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
  }
}
