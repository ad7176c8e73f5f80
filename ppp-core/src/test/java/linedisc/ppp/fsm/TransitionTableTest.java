package linedisc.ppp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Compares the automaton cell by cell with the table as RFC 1661 prints it.
@SuppressWarnings("EnumOrdinal") // The RFC prints numbers.
class TransitionTableTest {
  private static List<String> rfc() throws IOException {
    try (InputStream in = TransitionTableTest.class.getResourceAsStream("rfc1661-table.txt")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  @Test
  void everyCellIsThatOfTheRfc() throws IOException {
    int compared = 0;
    int firstState = 0;
    for (String line : rfc()) {
      int bar = line.indexOf('|');
      if (bar < 0) {
        continue;
      }
      String label = line.substring(0, bar).trim();
      String[] cells = line.substring(bar + 1).trim().split(" +", -1);
      if (label.isEmpty() && cells[0].matches("\\d")) {
        firstState = Integer.parseInt(cells[0]);
      } else if (label.equals("Events")) {
        for (int i = 0; i < cells.length; i++) {
          assertEquals(State.values()[firstState + i].toString(), cells[i]);
        }
      } else if (!label.isEmpty()) {
        Event event =
            Arrays.stream(Event.values())
                .filter(e -> e.toString().equals(label))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < cells.length; i++) {
          check(State.values()[firstState + i], event, cells[i]);
          compared++;
        }
      }
    }
    assertEquals(State.values().length * Event.values().length, compared);
  }

  private static void check(State state, Event event, String cell) {
    String context = event + " in " + state;
    Transition transition = TransitionTable.on(state, event);
    if (cell.equals("-")) {
      assertNull(transition, context);
      return;
    }
    assertNotNull(transition, context);
    StringBuilder text = new StringBuilder();
    for (Action action : transition.actions()) {
      text.append(text.isEmpty() ? "" : ",").append(action.name().toLowerCase(Locale.ROOT));
    }
    text.append(text.isEmpty() ? "" : "/").append(transition.next().ordinal());
    text.append(
        switch (transition.note()) {
          case NONE -> "";
          case PASSIVE -> "p";
          case RESTART -> "r";
          case CROSSED -> "x";
        });
    assertEquals(cell, text.toString(), context);
  }
}
