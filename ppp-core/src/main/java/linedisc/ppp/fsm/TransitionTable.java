package linedisc.ppp.fsm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state transition table of RFC 1661 section 4.1, in the notation of the RFC: actions, a
/// slash, the number of the new state, the letter of a footnote; a dash where the event cannot
/// occur.
@SuppressWarnings("EnumOrdinal") // The RFC numbers the states and orders the events.
public final class TransitionTable {
  private static final String TABLE =
      """
             0      1          2          3              4      5      6          7          8          9
      Up     2      irc,scr/6  -          -              -      -      -          -          -          -
      Down   -      -          0          tls/1          0      1      1          1          1          tld/1
      Open   tls/1  1          irc,scr/6  3r             5r     5r     6          7          8          9r
      Close  0      tlf/0      2          2              4      4      irc,str/4  irc,str/4  irc,str/4  tld,irc,str/4
      TO+    -      -          -          -              str/4  str/5  scr/6      scr/6      scr/8      -
      TO-    -      -          -          -              tlf/2  tlf/3  tlf/3p     tlf/3p     tlf/3p     -
      RCR+   -      -          sta/2      irc,scr,sca/8  4      5      sca/8      sca,tlu/9  sca/8      tld,scr,sca/8
      RCR-   -      -          sta/2      irc,scr,scn/6  4      5      scn/6      scn/7      scn/6      tld,scr,scn/6
      RCA    -      -          sta/2      sta/3          4      5      irc/7      scr/6x     irc,tlu/9  tld,scr/6x
      RCN    -      -          sta/2      sta/3          4      5      irc,scr/6  scr/6x     irc,scr/8  tld,scr/6x
      RTR    -      -          sta/2      sta/3          sta/4  sta/5  sta/6      sta/6      sta/6      tld,zrc,sta/5
      RTA    -      -          2          3              tlf/2  tlf/3  6          6          8          tld,scr/6
      RUC    -      -          scj/2      scj/3          scj/4  scj/5  scj/6      scj/7      scj/8      scj/9
      RXJ+   -      -          2          3              4      5      6          6          8          9
      RXJ-   -      -          tlf/2      tlf/3          tlf/2  tlf/3  tlf/3      tlf/3      tlf/3      tld,irc,str/5
      RXR    -      -          2          3              4      5      6          7          8          ser/9
      """;

  private static final Map<State, Map<Event, Transition>> CELLS = parse();

  private TransitionTable() {}

  /// The cell for an event in a state, or null where the event is illegal.
  public static @Nullable Transition on(State state, Event event) {
    Map<Event, Transition> column = CELLS.get(state);
    return column == null ? null : column.get(event);
  }

  private static Map<State, Map<Event, Transition>> parse() {
    List<String[]> rows = TABLE.lines().skip(1).map(row -> row.trim().split(" +", -1)).toList();
    Map<State, Map<Event, Transition>> cells = new EnumMap<>(State.class);
    for (State state : State.values()) {
      Map<Event, Transition> column = new EnumMap<>(Event.class);
      for (Event event : Event.values()) {
        String cell = rows.get(event.ordinal())[1 + state.ordinal()];
        if (!cell.equals("-")) {
          column.put(event, transition(cell));
        }
      }
      cells.put(state, column);
    }
    return cells;
  }

  private static Transition transition(String cell) {
    int slash = cell.indexOf('/');
    List<Action> actions = new ArrayList<>();
    if (slash >= 0) {
      for (String action : cell.substring(0, slash).split(",", -1)) {
        actions.add(Action.valueOf(action.toUpperCase(Locale.ROOT)));
      }
    }
    State next = State.values()[cell.charAt(slash + 1) - '0'];
    Transition.Note note =
        switch (cell.charAt(cell.length() - 1)) {
          case 'p' -> Transition.Note.PASSIVE;
          case 'r' -> Transition.Note.RESTART;
          case 'x' -> Transition.Note.CROSSED;
          default -> Transition.Note.NONE;
        };
    return new Transition(actions, next, note);
  }
}
