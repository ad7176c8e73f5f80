package linedisc.examples.modem;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The cellular half of a modem: a SIM, a network to register in, packet data contexts.
///
/// See [3GPP TS 27.007](https://www.3gpp.org/dynareport/27007.htm).
final class Cellular {
  private static final String OPERATOR = "\"linedisc\"";
  private static final String IMEI = "490154203237518";
  private static final String IMSI = "001010123456789";
  private static final int GUESSES = 3;
  private static final int HOME = 1;
  private static final int SEARCHING = 2;
  private static final int LONGEST_CONTEXT = 200;
  private static final int LAST_CONTEXT = 16;

  private static final Reply PIN_NEEDED = new Reply.Failed(11, "SIM PIN required");
  private static final Reply PUK_NEEDED = new Reply.Failed(12, "SIM PUK required");
  private static final Reply WRONG_PIN = new Reply.Failed(16, "incorrect password");
  private static final Reply NO_NETWORK = new Reply.Failed(30, "no network service");

  private final String pin;
  private final long searchNanos;
  private final int signal;
  private final Map<Integer, String> contexts = new TreeMap<>();
  private final Map<String, Integer> reporting = new TreeMap<>();
  private boolean locked;
  private int guesses = GUESSES;
  private boolean on = true;
  private boolean attached = true;

  /// When the network is found; negative: not while the SIM is locked or the radio off.
  private long foundAt;

  /// A modem that was just switched on.
  ///
  /// @param pin that the SIM asks for; empty: none
  /// @param search how long it takes to find the network
  /// @param signal strength as `+CSQ` has it, 0 to 31 (above -53 dBm)
  Cellular(String pin, Duration search, int signal) {
    this.pin = pin;
    this.searchNanos = search.toNanos();
    this.signal = signal;
    this.locked = !pin.isEmpty();
    this.foundAt = locked ? -1 : searchNanos;
  }

  /// Whether a packet data call can be made.
  boolean isReady(long now) {
    return registration(now) == HOME && attached;
  }

  /// Carries out a command of this half.
  ///
  /// @return null: it is none of this half
  @Nullable Reply execute(AtCommand.Extended command, long now) {
    String value = command.value().strip();
    return switch (command.name()) {
      case "+CPIN" -> pin(command.operation(), value.replace("\"", ""), now);
      case "+CGSN" -> information(IMEI);
      case "+CIMI" -> locked ? lockedReply() : information(IMSI);
      case "+CCID", "+ICCID" -> locked ? lockedReply() : information(command.name() + ": 8900101");
      case "+CSQ" -> test(command, "+CSQ: " + (on ? signal : 99) + ",99", "(0-31,99),(99)");
      case "+CREG", "+CGREG", "+CEREG" -> registration(command, value, now);
      case "+COPS" -> operator(command, now);
      case "+CGATT" -> attach(command.operation(), value, now);
      case "+CFUN" -> function(command.operation(), value, now);
      case "+CGDCONT" -> context(command.operation(), value);
      case "+CGACT", "+CGPADDR", "+CGQREQ", "+CGQMIN", "+CGEREP", "+CPMS", "+CNMI", "+CMGF" ->
          locked ? lockedReply() : Reply.OK;
      default -> null;
    };
  }

  private static Reply information(String text) {
    return new Reply.Done(text);
  }

  private static Reply test(AtCommand.Extended command, String answer, String range) {
    return command.operation() == AtCommand.Operation.TEST
        ? information(command.name() + ": " + range)
        : information(answer);
  }

  private Reply lockedReply() {
    return guesses == 0 ? PUK_NEEDED : PIN_NEEDED;
  }

  private Reply pin(AtCommand.Operation operation, String guess, long now) {
    return switch (operation) {
      case TEST -> Reply.OK;
      case ACT, READ ->
          information("+CPIN: " + (!locked ? "READY" : guesses == 0 ? "SIM PUK" : "SIM PIN"));
      case SET -> {
        if (!locked) {
          yield Reply.ERROR;
        }
        if (guesses == 0) {
          yield PUK_NEEDED;
        }
        if (!guess.equals(pin)) {
          guesses--;
          yield WRONG_PIN;
        }
        locked = false;
        guesses = GUESSES;
        foundAt = now + searchNanos;
        yield Reply.OK;
      }
    };
  }

  private int registration(long now) {
    if (locked || !on) {
      return 0;
    }
    return now >= foundAt ? HOME : SEARCHING;
  }

  private Reply registration(AtCommand.Extended command, String value, long now) {
    return switch (command.operation()) {
      case TEST -> information(command.name() + ": (0-2)");
      case ACT, READ ->
          information(
              command.name()
                  + ": "
                  + reporting.getOrDefault(command.name(), 0)
                  + ","
                  + registration(now));
      case SET -> {
        if (!value.matches("[012]")) {
          yield Reply.ERROR;
        }
        reporting.put(command.name(), Integer.valueOf(value));
        yield Reply.OK;
      }
    };
  }

  private Reply operator(AtCommand.Extended command, long now) {
    boolean registered = registration(now) == HOME;
    return switch (command.operation()) {
      case TEST ->
          information("+COPS: (2," + OPERATOR + "," + OPERATOR + ",\"00101\",7),,(0),(0,2)");
      case ACT, READ -> information("+COPS: 0" + (registered ? ",0," + OPERATOR + ",7" : ""));
      case SET -> locked ? lockedReply() : Reply.OK;
    };
  }

  private Reply attach(AtCommand.Operation operation, String value, long now) {
    return switch (operation) {
      case TEST -> information("+CGATT: (0,1)");
      case ACT, READ -> information("+CGATT: " + (isReady(now) ? 1 : 0));
      case SET -> {
        if (locked) {
          yield lockedReply();
        }
        if (registration(now) != HOME) {
          yield NO_NETWORK;
        }
        attached = value.equals("1");
        yield Reply.OK;
      }
    };
  }

  private Reply function(AtCommand.Operation operation, String value, long now) {
    return switch (operation) {
      case TEST -> information("+CFUN: (0,1,4)");
      case ACT, READ -> information("+CFUN: " + (on ? 1 : 0));
      case SET -> {
        if (!value.matches("[014](,[01])?")) {
          yield Reply.ERROR;
        }
        boolean wanted = value.startsWith("1");
        if (wanted && !on && !locked) {
          foundAt = now + searchNanos;
        }
        on = wanted;
        yield Reply.OK;
      }
    };
  }

  private Reply context(AtCommand.Operation operation, String value) {
    return switch (operation) {
      case TEST -> information("+CGDCONT: (1-" + LAST_CONTEXT + "),\"IP\",,,(0),(0)");
      case ACT, READ -> {
        var lines = new StringBuilder();
        contexts.forEach((number, settings) ->
            lines
                .append(lines.isEmpty() ? "" : "\n")
                .append(String.format(Locale.ROOT, "+CGDCONT: %d,%s", number, settings)));
        yield information(lines.toString());
      }
      case SET -> {
        String[] parts = value.split(",", 2);
        if (!parts[0].strip().matches("\\d{1,2}") || value.length() > LONGEST_CONTEXT) {
          yield Reply.ERROR;
        }
        int number = Integer.parseInt(parts[0].strip());
        if (number < 1 || number > LAST_CONTEXT) {
          yield Reply.ERROR;
        }
        if (parts.length == 1) {
          contexts.remove(number);
        } else {
          contexts.put(number, parts[1].strip());
        }
        yield Reply.OK;
      }
    };
  }
}
