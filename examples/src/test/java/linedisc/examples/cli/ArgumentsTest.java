package linedisc.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static Arguments parse(String... words) throws CommandException {
    return Arguments.parse(List.of(words), Set.of("--json"), Set.of("--rate", "--line"));
  }

  @Test
  void flagsOptionsAndOperandsInAnyOrder() throws CommandException {
    Arguments args = parse("a", "--rate", "5", "--json", "b", "--line=null", "-", "--", "--json");
    assertTrue(args.has("--json"));
    assertEquals("5", args.value("--rate"));
    assertEquals("null", args.value("--line"));
    assertEquals(List.of("a", "b", "-", "--json"), args.operands());
  }

  @Test
  void whatWasNotGivenIsAbsent() throws CommandException {
    Arguments args = parse();
    assertFalse(args.has("--json"));
    assertNull(args.value("--rate"));
    assertEquals(7, args.number("--rate", 7, 0, 9));
    assertEquals("x", args.word("--line", "x", List.of("x", "y")));
    args.refuseOperands();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bogus            | unknown option --bogus; --help lists the options",
        "--json=1           | option --json takes no value",
        "--rate             | option --rate needs a value",
      })
  void refusesWhatItDoesNotKnow(String word, String sentence) {
    var e = assertThrows(CommandException.class, () -> parse(word));
    assertEquals(sentence, e.sentence());
    assertEquals(2, e.exitStatus());
  }

  @ParameterizedTest
  @CsvSource({"10", "-1", "x", "''", "5x", "99999999999999999999"})
  void refusesNumbersOutOfRange(String text) throws CommandException {
    Arguments args = parse("--rate=" + text);
    var e = assertThrows(CommandException.class, () -> args.number("--rate", 1, 0, 9));
    assertEquals(
        "option --rate needs a whole number from 0 to 9, and not '" + text + "'", e.sentence());
  }

  @ParameterizedTest
  @CsvSource({"NaN", "1.5", "-0.1", "x"})
  void refusesDecimalsOutOfRange(String text) throws CommandException {
    Arguments args = parse("--rate=" + text);
    assertThrows(CommandException.class, () -> args.decimal("--rate", 0, 0, 1));
  }

  @Test
  void refusesOperandsWhereThereAreNone() throws CommandException {
    Arguments args = parse("extra");
    var e = assertThrows(CommandException.class, args::refuseOperands);
    assertEquals("unexpected argument 'extra'", e.sentence());
  }
}
