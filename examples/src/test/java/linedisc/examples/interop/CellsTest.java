package linedisc.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  private static List<Cell> parse(String... lines) {
    return Cells.parse("cells.txt", List.of(lines));
  }

  @Test
  void cellHasEndsCallerAndSteps() {
    Cell cell =
        parse("", "# comment", "ppp mru 296 -> pppd@usb  asyncmap 0 | up; udp 64k").getFirst();

    assertEquals("cells.txt:3", cell.source());
    assertEquals("ppp mru 296 -> pppd@usb asyncmap 0", cell.name());
    assertEquals(new End(End.Program.PPP, null, List.of("mru", "296")), cell.left());
    assertEquals(Lane.Port.USB, cell.right().port());
    assertEquals(Cell.Caller.LEFT, cell.caller());
    assertEquals(List.of(new Step.Up(), new Step.Udp(65536)), cell.steps());
    assertEquals("up; udp 64k", cell.text());
  }

  @Test
  void bracesMultiply() {
    List<Cell> cells = parse("ppp {,pcomp,nopcomp} <-> {pppd@uart,ppp} mru 1500 | {up,ping 1000}");

    assertEquals(12, cells.size());
    assertEquals("ppp <-> pppd@uart mru 1500", cells.getFirst().name());
    assertEquals("ppp nopcomp <-> ppp mru 1500", cells.getLast().name());
    assertEquals(List.of(new Step.Ping(1000)), cells.getLast().steps());
  }

  @Test
  void routerMayBeBetweenTheEnds() {
    Cell cell =
        parse("slattach@usb cslip <-> sl cslip loss 1 <-> slattach@uart slip | up; tcp 64k")
            .getFirst();

    assertEquals(new End(End.Program.SL, null, List.of("cslip", "loss", "1")), cell.middle());
    assertEquals(Lane.Port.UART, cell.right().port());
    assertEquals("slattach@usb cslip <-> sl cslip loss 1 <-> slattach@uart slip", cell.name());
  }

  @Test
  void wordsWithBlanksStandInQuotes() {
    Cell cell = parse("linedisc pppd PTY connect 'chat -v \"\" AT' <-> ppp | up").getFirst();

    assertEquals(List.of("pppd", "PTY", "connect", "chat -v \"\" AT"), cell.left().options());
  }

  @Test
  void quotedTextIsLeftAlone() {
    Step step =
        parse("sl slip <-> sl slip | left says \"a{1,2}; [b|c]\"").getFirst().steps().getFirst();

    Step.Says says = assertInstanceOf(Step.Says.class, step);
    assertEquals(Step.Where.LEFT, says.where());
    assertTrue(says.pattern().matcher("say aa; b").find());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "ppp -> pppd@usb ! no | between the ends and the steps",
        "ppp pppd@usb | up ! no ->, <- or <-> between the ends",
        "-> ppp | up ! no ->, <- or <-> between the ends",
        "pppd -> ppp | up ! pppd has no port: @usb or @uart",
        "ppp@usb -> ppp | up ! ppp@usb takes no port",
        "pppd@modem -> ppp | up ! unknown port 'modem'",
        "kermit -> ppp | up ! unknown program 'kermit'",
        "ppp -> ppp | ! unknown step ''",
        "ppp -> ppp | up; pnig ! unknown step 'pnig'",
        "ppp -> ppp | udp ! unknown step 'udp'",
        "ppp -> ppp | udp 64g ! '64g' is no size",
        "ppp -> ppp | leaves left ! unknown step 'leaves left'",
        "ppp -> ppp | kill middle ! unknown end 'middle'",
        "ppp -> sl slip -> ppp | up ! only sl or ppp goes between two ends of the guest's",
        "ppp -> ppp | tcp 1k ! nothing between the ends for tcp, compressed, lost",
        "ppp -> ppp | left says \"(\" ! '(' is no regular expression",
      })
  void mistakesAreToldWithFileAndLine(String line, String message) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> parse("# first", line));

    assertEquals("cells.txt:2: " + message, thrown.getMessage());
  }
}
