package linedisc.examples.term;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may follow the escape key. Most are control characters, as in picocom.
enum Key {
  QUIT(control('X'), "end, and put the port back as it was"),
  QUIT_AS_SET(control('Q'), "end, and leave the port as it is"),
  SPEED(control('B'), "set the speed"),
  FASTER(control('U'), "the next higher speed"),
  SLOWER(control('D'), "the next lower speed"),
  FLOW(control('F'), "next flow control: none, RTS/CTS, XON/XOFF"),
  PARITY(control('Y'), "next parity: none, odd, even"),
  DATA_BITS(control('I'), "next number of data bits, 5 to 8"),
  STOP_BITS(control('J'), "one or two stop bits"),
  DTR(control('T'), "DTR on or off"),
  DTR_PULSE(control('P'), "DTR off for a second"),
  RTS(control('G'), "RTS on or off"),
  RTS_PULSE(control('R'), "RTS off for a second"),
  BREAK(control('\\'), "send a break"),
  ECHO(control('C'), "local echo on or off"),
  LOG(control('L'), "pause the log, or go on with it"),
  STATUS(control('V'), "show how things are"),
  HELP(control('H'), "show these keys"),
  PPP('P', "hand the line to PPP, and take it back"),
  SLIP('S', "hand the line to SLIP, and take it back");

  private final int octet;
  private final String meaning;

  Key(int octet, String meaning) {
    this.octet = octet;
    this.meaning = meaning;
  }

  /// What a control key and a letter make.
  static int control(int letter) {
    return Character.toUpperCase(letter) & 0x1f;
  }

  /// The command of an octet; null: it is none. A letter's case does not matter.
  static @Nullable Key of(int octet) {
    for (Key key : values()) {
      if (key.octet == octet || (key.octet >= 0x20 && key.octet == Character.toUpperCase(octet))) {
        return key;
      }
    }
    return null;
  }

  /// "C-x".
  static String name(int octet) {
    return octet < 0x20
        ? "C-" + Character.toString(octet + 0x40).toLowerCase(Locale.ROOT)
        : Character.toString(octet);
  }

  /// A line for each.
  static String help(int escape) {
    var text = new StringBuilder();
    for (Key key : values()) {
      text.append(String.format("  %s %-4s %s%n", name(escape), name(key.octet), key.meaning));
    }
    return text.append(
            String.format("  %s %-4s send %s itself%n", name(escape), name(escape), name(escape)))
        .toString();
  }
}
