package linedisc.examples.interop;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options of LCP that one end of PPP asks for and the other acknowledges, in pppd's notation:
/// what the words of a cell call for, and what an end's log says. A magic number is random and goes
/// without its value.
final class LcpAgreement {
  private static final Pattern ACK =
      Pattern.compile("^.*sent \\[LCP ConfAck id=\\S+(.*)]$", Pattern.MULTILINE);
  private static final Pattern OPTION = Pattern.compile("<([^>]*)>");

  /// Not asked for, since they hold without a word.
  private static final String DEFAULT_MRU = "1500";

  private static final String DEFAULT_MAP = "ffffffff";

  private LcpAgreement() {}

  /// The options of `asking` that `answering` must acknowledge. What either end has switched off is
  /// not among them.
  static Set<String> wanted(End asking, End answering) {
    var options = new TreeSet<String>();
    String mru = value(asking, "mru", DEFAULT_MRU);
    if (!mru.equals(DEFAULT_MRU) && isLeftOn(asking, answering, "default-mru")) {
      options.add("mru " + mru);
    }
    String map = value(asking, "asyncmap", "0");
    if (!map.equals(DEFAULT_MAP) && isLeftOn(asking, answering, "default-asyncmap")) {
      options.add("asyncmap 0x" + map);
    }
    if (isLeftOn(asking, answering, "nomagic")) {
      options.add("magic");
    }
    if (isLeftOn(asking, answering, "nopcomp")) {
      options.add("pcomp");
    }
    if (isLeftOn(asking, answering, "noaccomp")) {
      options.add("accomp");
    }
    return options;
  }

  /// The options in the last Configure-Ack that an end has sent.
  ///
  /// @param log what that end has said
  static Set<String> acknowledged(String log) {
    var options = new TreeSet<String>();
    Matcher acks = ACK.matcher(log);
    while (acks.find()) {
      options.clear();
      Matcher option = OPTION.matcher(acks.group(1));
      while (option.find()) {
        options.add(option.group(1).replaceFirst("^magic .*", "magic"));
      }
    }
    return options;
  }

  private static boolean isLeftOn(End asking, End answering, String off) {
    return !asking.options().contains(off) && !answering.options().contains(off);
  }

  private static String value(End end, String word, String otherwise) {
    List<String> options = end.options();
    int at = options.indexOf(word);
    return at < 0 ? otherwise : options.get(at + 1);
  }
}
