package linedisc.examples.pppd.options;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import linedisc.examples.pppd.words.Word;

/// Options of compression and encryption.
public final class CcpOptions {
  private static final int MIN_WINDOW = 8;
  private static final int MIN_WORKING_WINDOW = 9;
  private static final int MIN_CODE = 9;
  private static final int MAX_SIZE = 15;
  private static final String SIZES = "RECEIVE[,SEND]";
  private static final String NOT_SPOKEN = "the link comes up without it; deflate is there";

  /// Sizes of the Deflate window as powers of two; 0: not at all.
  ///
  /// @param receive what we ask the peer to send
  /// @param send the most we let the peer ask for
  public record Deflate(int receive, int send) {}

  /// Whether CCP runs.
  public static final Setting<Boolean> CCP = Setting.of("ccp", true);

  /// Deflate.
  public static final Setting<Deflate> DEFLATE =
      Setting.of("deflate", new Deflate(MAX_SIZE, MAX_SIZE));

  /// Whether Deflate's draft number is used beside its final one.
  public static final Setting<Boolean> DEFLATE_DRAFT = Setting.of("deflate draft", true);

  /// Lengths of MPPE keys, in bits, of which one is required: 40, 128. None: no encryption.
  public static final Setting<SortedSet<Integer>> MPPE =
      Setting.of("mppe", Collections.emptySortedSet());

  /// Whether the peer may choose MPPE's stateful mode.
  public static final Setting<Boolean> MPPE_STATEFUL = Setting.of("mppe-stateful", false);

  private CcpOptions() {}

  static List<PppdOption> rows() {
    return Stream.of(compression(), encryption()).flatMap(List::stream).toList();
  }

  private static List<PppdOption> compression() {
    return new Rows(Area.CCP)
        .flag("noccp", CCP, false, "No compression and no encryption")
        .alias("-ccp")
        .special(
            "bsdcomp",
            SIZES,
            (draft, word) -> sizes(draft, word, MIN_CODE),
            "BSD-Compress with codes of 9 to 15 bits")
        .withoutEffect("BSD-Compress is not spoken; " + NOT_SPOKEN)
        .keeps()
        .word("nobsdcomp", (draft, word) -> {}, "Do without BSD-Compress")
        .alias("-bsdcomp")
        .under("bsdcomp")
        .special("deflate", SIZES, CcpOptions::deflate, "Deflate with windows of 2^8 to 2^15")
        .keeps()
        .flag("nodeflate", DEFLATE, new Deflate(0, 0), "Do without Deflate")
        .alias("-deflate")
        .under("deflate")
        .flag("nodeflatedraft", DEFLATE_DRAFT, false, "Don't use Deflate's draft number")
        .accepted(
            "predictor1",
            new Argument.None(),
            "Predictor-1 is not spoken; " + NOT_SPOKEN,
            "Predictor-1")
        .keeps()
        .word("nopredictor1", (draft, word) -> {}, "Do without Predictor-1")
        .alias("-predictor1")
        .under("predictor1")
        .word("noecp", (draft, word) -> {}, "Do without ECP, which is never used")
        .alias("-ecp")
        .list();
  }

  private static List<PppdOption> encryption() {
    return new Rows(Area.CCP)
        .word("require-mppe", mppe(Set.of(40, 128), Set.of()), "Require MPPE encryption")
        .alias("+mppe")
        .keeps()
        .rule(Rule.ADDS)
        .word("nomppe", mppe(Set.of(), Set.of(40, 128)), "Do without MPPE encryption")
        .alias("-mppe")
        .under("require-mppe")
        .word("require-mppe-40", mppe(Set.of(40), Set.of()), "Require MPPE with keys of 40 bits")
        .under("require-mppe")
        .rule(Rule.ADDS)
        .word("+mppe-40", mppe(Set.of(40), Set.of()), "Require MPPE with keys of 40 bits")
        .under("require-mppe")
        .rule(Rule.ADDS)
        .word("nomppe-40", mppe(Set.of(), Set.of(40)), "Do without MPPE with keys of 40 bits")
        .alias("-mppe-40")
        .under("require-mppe")
        .rule(Rule.ADDS)
        .word("require-mppe-128", mppe(Set.of(128), Set.of()), "Require MPPE with keys of 128 bits")
        .alias("+mppe-128")
        .under("require-mppe")
        .rule(Rule.ADDS)
        .word("nomppe-128", mppe(Set.of(), Set.of(128)), "Do without MPPE with keys of 128 bits")
        .alias("-mppe-128")
        .under("require-mppe")
        .rule(Rule.ADDS)
        .flag("mppe-stateful", MPPE_STATEFUL, true, "Let the peer choose MPPE's stateful mode")
        .keeps()
        .flag("nomppe-stateful", MPPE_STATEFUL, false, "Allow MPPE's stateless mode only")
        .under("mppe-stateful")
        .list();
  }

  private static PppdOption.Effect mppe(Set<Integer> more, Set<Integer> fewer) {
    return (draft, word) -> {
      var lengths = new TreeSet<>(draft.get(MPPE));
      lengths.addAll(more);
      lengths.removeAll(fewer);
      draft.set(MPPE, Collections.unmodifiableSortedSet(lengths));
    };
  }

  private static void deflate(OptionDraft draft, Word word) throws OptionException {
    Deflate asked = sizes(draft, word, MIN_WINDOW);
    if (asked.receive == MIN_WINDOW || asked.send == MIN_WINDOW) {
      // The smallest window that can be negotiated is one that compressors don't do.
      draft.message("deflate " + MIN_WINDOW + " is taken as " + MIN_WORKING_WINDOW);
    }
    draft.set(DEFLATE, new Deflate(working(asked.receive), working(asked.send)));
  }

  private static int working(int window) {
    return window == MIN_WINDOW ? MIN_WORKING_WINDOW : window;
  }

  /// Two sizes in bits, of which the second is the first if it is left out.
  private static Deflate sizes(OptionDraft draft, Word word, int least) throws OptionException {
    String[] parts = word.text().split(",", -1);
    if (parts.length > 2) {
      throw draft.mistake("'" + word.text() + "' is not of the form " + SIZES);
    }
    int receive = size(draft, parts[0], least);
    return new Deflate(receive, parts.length == 1 ? receive : size(draft, parts[1], least));
  }

  private static int size(OptionDraft draft, String text, int least) throws OptionException {
    Long size = Numbers.whole(text);
    if (size == null || (size != 0 && (size < least || size > MAX_SIZE))) {
      throw draft.mistake("'" + text + "' is out of range: 0, or " + least + " to " + MAX_SIZE);
    }
    return size.intValue();
  }
}
