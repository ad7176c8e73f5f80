package linedisc.examples.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads cells from text, one a line:
///
/// ```
/// END CALLER END | STEP; STEP ...
/// ppp mru {296,1500} -> {pppd@usb,ppp} asyncmap 0 | up; ping; udp 64k
/// ```
///
/// An end is `ppp` or `sl`, which are linedisc's, `linedisc` with one of its programs' command
/// lines and `PTY` for the port, or `pppd@usb`, `pppd@uart`, `slattach@usb`, `slattach@uart`, which
/// are the guest's, followed by its options, of which those with blanks stand in single quotes.
/// `->` and `<-` say who calls; with `<->` both do. Between two ends of the guest's may be a third
/// one, `sl` or `ppp`: linedisc as a router with a line to either, on which `loss PERCENT` of the
/// frames vanish. Alternatives in braces make a cell each; several braces multiply. Lines that
/// begin with `#` are comments.
///
/// | step | what must happen |
/// |---|---|
/// | `up` | both ends have a network |
/// | `addresses LEFT RIGHT` | these are their addresses |
/// | `mtu LEFT RIGHT` | these are the interfaces' MTUs |
/// | `agreed` | each end has acknowledged those LCP options that the other's words call for, no others |
/// | `ping [SIZE]` | ICMP echo both ways |
/// | `pings left [SIZE]`, `pings right [SIZE]` | ICMP echo from that end |
/// | `pings6 right [SIZE]` | ICMPv6 echo from that end, which is the guest's, to the other's link-local address |
/// | `udp SIZE` | a transfer both ways at once, whole, in order, without an error; `64k`, `1M` |
/// | `tcp SIZE` | as `udp`; from guest to guest through a router, since linedisc has no TCP |
/// | `compressed COUNT` | so many packets at least were compressed, each way on either line of a router |
/// | `lost COUNT` | so many frames at least have vanished |
/// | `left says "REGEX"`, `right says "REGEX"` | the log of that end comes to have a match |
/// | `signal left NAME` | that end, which is `linedisc` or the guest's, gets a signal |
/// | `leaves left STATUS` | that end, which is `linedisc` or the guest's, leaves by itself with this exit status |
/// | `start right`, `stop right`, `kill right` | that end is started again, told to leave, killed |
final class Cells {
  /// A piece of a line: what stands in quotes is left alone.
  private static final Pattern BRACES = Pattern.compile("\"[^\"]*\"|\\{([^{}\"]*)}");

  private static final Pattern CALLER = Pattern.compile(" (->|<-|<->) ");
  private static final Pattern SAYS = Pattern.compile("(left|right) says \"([^\"]*)\"");
  private static final Pattern WORD = Pattern.compile("(?:[^ ']|'[^']*')+");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,7})([kM]?)");

  private Cells() {}

  /// The cells of a text.
  ///
  /// @param file its name, for messages
  /// @throws IllegalArgumentException for a line that is no cell; the message begins `file:line: `
  static List<Cell> parse(String file, List<String> lines) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String source = file + ":" + (i + 1);
      try {
        for (String text : expand(line)) {
          cells.add(cell(source, text));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
      }
    }
    return cells;
  }

  /// Replaces the first braces by each alternative in turn, until none are left.
  private static List<String> expand(String line) {
    Matcher matcher = BRACES.matcher(line);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        var lines = new ArrayList<String>();
        for (String alternative : matcher.group(1).split(",", -1)) {
          lines.addAll(
              expand(
                  line.substring(0, matcher.start())
                      + alternative
                      + line.substring(matcher.end())));
        }
        return lines;
      }
    }
    return List.of(line);
  }

  private static Cell cell(String source, String text) {
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw new IllegalArgumentException("no | between the ends and the steps");
    }
    String ends = text.substring(0, bar);
    String steps = text.substring(bar + 1).strip();
    Matcher matcher = CALLER.matcher(ends);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no ->, <- or <-> between the ends");
    }
    End left = end(ends.substring(0, matcher.start()));
    Cell.Caller caller = caller(matcher.group(1));
    End middle = null;
    int rest = matcher.end();
    if (matcher.find(rest - 1)) {
      middle = end(ends.substring(rest, matcher.start()));
      rest = matcher.end();
    }
    End right = end(ends.substring(rest));
    var cell = new Cell(source, left, caller, middle, right, steps(steps), steps);
    check(cell);
    return cell;
  }

  private static void check(Cell cell) {
    End middle = cell.middle();
    if (middle != null
        && !(cell.left().program().inGuest()
            && cell.right().program().inGuest()
            && (middle.program() == End.Program.SL || middle.program() == End.Program.PPP))) {
      throw new IllegalArgumentException("only sl or ppp goes between two ends of the guest's");
    }
    for (Step step : cell.steps()) {
      boolean needsRouter =
          step instanceof Step.Tcp || step instanceof Step.Compressed || step instanceof Step.Lost;
      if (needsRouter && middle == null) {
        throw new IllegalArgumentException("nothing between the ends for tcp, compressed, lost");
      }
    }
  }

  private static Cell.Caller caller(String sign) {
    for (Cell.Caller caller : Cell.Caller.values()) {
      if (caller.sign().equals(sign)) {
        return caller;
      }
    }
    throw new IllegalArgumentException("no caller is written " + sign);
  }

  private static End end(String text) {
    List<String> words = words(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("an end is missing");
    }
    String name = words.getFirst();
    int at = name.indexOf('@');
    End.Program program =
        constant(End.Program.class, "program", at < 0 ? name : name.substring(0, at));
    if (program.inGuest() == at < 0) {
      throw new IllegalArgumentException(
          program.inGuest() ? name + " has no port: @usb or @uart" : name + " takes no port");
    }
    return new End(
        program,
        at < 0 ? null : constant(Lane.Port.class, "port", name.substring(at + 1)),
        words.subList(1, words.size()));
  }

  private static List<Step> steps(String text) {
    var steps = new ArrayList<Step>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (text.charAt(i) == ';' && !quoted)) {
        steps.add(step(text.substring(start, i).strip()));
        start = i + 1;
      } else if (text.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return steps;
  }

  private static Step step(String text) {
    Matcher says = SAYS.matcher(text);
    if (says.matches()) {
      return new Step.Says(where(says.group(1)), pattern(says.group(2)));
    }
    List<String> words = words(text);
    String name = words.isEmpty() ? "" : words.getFirst();
    List<String> arguments = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (name + "/" + arguments.size()) {
      case "up/0" -> new Step.Up();
      case "addresses/2" -> new Step.Addresses(arguments.get(0), arguments.get(1));
      case "mtu/2" -> new Step.Mtu(size(arguments.get(0)), size(arguments.get(1)));
      case "agreed/0" -> new Step.Agreed();
      case "ping/0" -> new Step.Ping(0);
      case "ping/1" -> new Step.Ping(size(arguments.get(0)));
      case "pings/1" -> new Step.Pings(where(arguments.get(0)), 0);
      case "pings/2" -> new Step.Pings(where(arguments.get(0)), size(arguments.get(1)));
      case "pings6/1" -> new Step.Pings6(where(arguments.get(0)), 0);
      case "pings6/2" -> new Step.Pings6(where(arguments.get(0)), size(arguments.get(1)));
      case "udp/1" -> new Step.Udp(size(arguments.get(0)));
      case "tcp/1" -> new Step.Tcp(size(arguments.get(0)));
      case "compressed/1" -> new Step.Compressed(size(arguments.get(0)));
      case "lost/1" -> new Step.Lost(size(arguments.get(0)));
      case "start/1" -> new Step.Start(where(arguments.get(0)));
      case "stop/1" -> new Step.Stop(where(arguments.get(0)));
      case "signal/2" -> new Step.Signals(where(arguments.get(0)), arguments.get(1));
      case "leaves/2" -> new Step.Leaves(where(arguments.get(0)), size(arguments.get(1)));
      case "kill/1" -> new Step.Kill(where(arguments.get(0)));
      default -> throw new IllegalArgumentException("unknown step '" + text + "'");
    };
  }

  /// Words as a shell takes them apart, with no other quotes than single ones.
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group().replace("'", ""));
    }
    return words;
  }

  private static Step.Where where(String word) {
    return constant(Step.Where.class, "end", word);
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("'" + regex + "' is no regular expression", e);
    }
  }

  private static int size(String word) {
    Matcher matcher = SIZE.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + word + "' is no size");
    }
    int unit =
        switch (matcher.group(2)) {
          case "k" -> 1 << 10;
          case "M" -> 1 << 20;
          default -> 1;
        };
    return Math.multiplyExact(Integer.parseInt(matcher.group(1)), unit);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String what, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unknown " + what + " '" + word + "'");
  }
}
