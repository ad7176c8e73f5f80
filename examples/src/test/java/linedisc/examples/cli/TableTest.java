package linedisc.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsNamesLeftAndFiguresRight() {
    var table = new Table("link", "packets");
    table.row("ppp0", "7");
    table.row("sl0-long", "12345678");
    assertEquals("link       packets\nppp0             7\nsl0-long  12345678\n", table.toString());
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThrows(IllegalArgumentException.class, () -> new Table("a").row("b", "c"));
  }
}
