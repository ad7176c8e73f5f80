package linedisc.examples.pppdump;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PppdumpCommandTest {
  @TempDir Path folder;

  @Test
  void filesAreShownInTurn() throws IOException, CommandException {
    Path one = Files.write(folder.resolve("one"), HexFormat.of().parseHex("01000141"));
    Path two = Files.write(folder.resolve("two"), HexFormat.of().parseHex("02000142"));
    assertEquals("sent \"A\"\nrcvd \"B\"\n", shown(one.toString(), two.toString()));
    assertEquals(
        "rcvd   41                                               A\n",
        shown("-hr", one.toString()));
    assertEquals("", shown("-p", "-m", "600", one.toString()));
  }

  @Test
  void whatIsNoRecordingIsNotShown() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertEquals(text + " is no recording of pppd's", refused(text.toString()));
    Path empty = Files.createFile(folder.resolve("empty"));
    assertEquals("", assertDoesNotThrow(() -> shown(empty.toString())));
  }

  @Test
  void mistakesAreOneSentence() {
    assertEquals("there is no file /nowhere/x", refused("/nowhere/x"));
    assertEquals("can't read " + folder, refused(folder.toString()));
    assertEquals("unknown option -z; --help lists the options", refused("-z"));
    assertEquals("option -m needs a whole number from 1 to 65535, and not '0'", refused("-m", "0"));
  }

  private static String refused(String... words) {
    return assertThrows(CommandException.class, () -> shown(words)).sentence();
  }

  private static String shown(String... words) throws CommandException {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.US_ASCII);
    assertEquals(0, new PppdumpCommand().run(List.of(words), new Terminal(stream, stream, false)));
    return out.toString(StandardCharsets.US_ASCII);
  }
}
