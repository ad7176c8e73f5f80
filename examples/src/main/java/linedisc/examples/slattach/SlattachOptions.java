package linedisc.examples.slattach;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.TransportOption;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.AddressPair;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.port.SerialBackend;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipMode;
import org.jspecify.annotations.Nullable;

/// slattach's command line. As in net-tools a flag given twice is off again, flags may share a
/// dash, and a value may follow its letter at once: `-Lqs9600`.
///
/// @param port what to open; `-`: standard input and output
/// @param backend opens it
/// @param slip null: put the line back to a plain tty
/// @param addresses of both ends, or null
/// @param command what to run when the line has gone, or null
/// @param noHost whether no device of the host is to be made
record SlattachOptions(
    String port,
    SerialBackend backend,
    PortSettings settings,
    @Nullable SlipConfig slip,
    @Nullable AddressPair addresses,
    @Nullable String command,
    boolean privateDevice,
    boolean quiet,
    boolean verbose,
    boolean debug,
    boolean noHost) {
  private static final String FLAGS = "dehlLmnqv";
  private static final String VALUED = "ckops";

  private static final String ADDRESS = "(\\[[^\\[\\]]+]|[^:\\[\\]]+)";
  private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + ":" + ADDRESS);

  /// Whether standard input and output are the line.
  boolean isStandardStreams() {
    return port.equals("-");
  }

  static SlattachOptions parse(List<String> words) throws CommandException {
    Set<Character> flags = new HashSet<>();
    Map<Character, String> values = new HashMap<>();
    String port = null;
    AddressPair addresses = null;
    boolean noHost = false;
    String mtu = null;
    String transport = null;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--no-host")) {
        noHost = true;
      } else if (word.equals("--debug")) {
        flags.add('d');
      } else if (word.equals("--mtu") && i + 1 < words.size()) {
        mtu = words.get(++i);
      } else if (word.equals(TransportOption.NAME) && i + 1 < words.size()) {
        transport = words.get(++i);
      } else if (word.startsWith("-") && word.length() > 1) {
        i += letters(word, i + 1 < words.size() ? words.get(i + 1) : null, flags, values);
      } else if (port == null) {
        port = word;
      } else if (addresses == null && word.indexOf(':') >= 0) {
        addresses = addresses(word);
      } else {
        throw CommandException.usage("unexpected argument '" + word + "'");
      }
    }
    if (port == null) {
      throw CommandException.usage("needs a port, or - for standard input and output");
    }
    refuse(flags);
    return new SlattachOptions(
        port,
        TransportOption.of(transport),
        settings(flags, values),
        slip(values, mtu),
        addresses,
        values.get('c'),
        flags.contains('n'),
        flags.contains('q'),
        flags.contains('v'),
        flags.contains('d'),
        noHost);
  }

  /// Takes a word of letters apart.
  ///
  /// @return how many of the following words it has used up: 0 or 1
  private static int letters(
      String word, @Nullable String next, Set<Character> flags, Map<Character, String> values)
      throws CommandException {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (FLAGS.indexOf(letter) >= 0) {
        if (!flags.remove(letter)) {
          flags.add(letter);
        }
      } else if (VALUED.indexOf(letter) >= 0) {
        if (i + 1 < word.length()) {
          values.put(letter, word.substring(i + 1));
          return 0;
        }
        if (next == null) {
          throw CommandException.usage("option -" + letter + " needs a value");
        }
        values.put(letter, next);
        return 1;
      } else {
        String name = word.startsWith("--") ? word : "-" + letter;
        throw CommandException.usage("unknown option " + name + "; --help lists the options");
      }
    }
    return 0;
  }

  private static void refuse(Set<Character> flags) throws CommandException {
    if (flags.contains('e')) {
      throw CommandException.usage(
          "-e is not possible: the link lives in this process and ends with it; start it in the"
              + " background instead");
    }
    if (flags.contains('m')) {
      throw CommandException.usage(
          "-m is not possible: a line that is not raw would swallow octets; -s and -L say how else it"
              + " is set");
    }
  }

  private static PortSettings settings(Set<Character> flags, Map<Character, String> values)
      throws CommandException {
    int speed = number(values.get('s'), 's', PortSettings.DEFAULT.speed(), 50, 4_000_000);
    return PortSettings.builder()
        .speed(speed)
        .flow(flags.contains('L') ? FlowControl.NONE : FlowControl.RTS_CTS)
        .modem(flags.contains('h'))
        .build();
  }

  private static @Nullable SlipConfig slip(Map<Character, String> values, @Nullable String mtu)
      throws CommandException {
    String protocol = values.getOrDefault('p', "cslip");
    SlipMode mode =
        switch (protocol) {
          case "slip" -> SlipMode.SLIP;
          case "cslip" -> SlipMode.CSLIP;
          case "slip6" -> SlipMode.SLIP6;
          case "cslip6" -> SlipMode.CSLIP6;
          case "adaptive" -> SlipMode.ADAPTIVE;
          case "tty" -> null;
          case "ppp" -> throw CommandException.usage("ppp is not SLIP; 'linedisc pppd' runs it");
          default ->
              throw CommandException.usage(
                  "option -p needs one of slip, cslip, slip6, cslip6, adaptive, tty, and not '"
                      + protocol
                      + "'");
        };
    if (mode == null) {
      return null;
    }
    SlipConfig.Builder config =
        SlipConfig.builder()
            .mode(mode)
            .keepalive(number(values.get('k'), 'k', 0, 0, SlipConfig.MAX_PERIOD))
            .outfill(number(values.get('o'), 'o', 0, 0, SlipConfig.MAX_PERIOD));
    if (mtu != null) {
      try {
        config.mtu(Integer.parseInt(mtu));
        return config.build();
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(
            "option --mtu needs a number of octets from 68 to 65535, and not '" + mtu + "'");
      }
    }
    return config.build();
  }

  private static int number(@Nullable String text, char letter, int fallback, int least, int most)
      throws CommandException {
    if (text == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw CommandException.usage(
        "option -"
            + letter
            + " needs a whole number from "
            + least
            + " to "
            + most
            + ", and not '"
            + text
            + "'");
  }

  /// Takes a pair of addresses apart; those of IPv6 stand in brackets.
  private static AddressPair addresses(String word) throws CommandException {
    Matcher pair = ADDRESSES.matcher(word);
    if (!pair.matches()) {
      throw CommandException.usage(
          "'" + word + "' is not LOCAL:REMOTE, or [LOCAL]:[REMOTE] with addresses of IPv6");
    }
    try {
      return new AddressPair(
          Prefix.address(withoutBrackets(pair.group(1))),
          Prefix.address(withoutBrackets(pair.group(2))));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("'" + word + "' is not LOCAL:REMOTE: " + e.getMessage());
    }
  }

  private static String withoutBrackets(String address) {
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }
}
