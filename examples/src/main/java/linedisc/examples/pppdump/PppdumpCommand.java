package linedisc.examples.pppdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.serial.capture.RecordDump;

/// `linedisc pppdump`.
public final class PppdumpCommand implements Command {
  private static final String STANDARD_INPUT = "-";

  /// The command.
  public PppdumpCommand() {}

  @Override
  public String name() {
    return "pppdump";
  }

  @Override
  public String summary() {
    return "show what pppd's option 'record' has recorded";
  }

  @Override
  public String help() {
    return """
    usage: linedisc pppdump [-h | -p] [-r] [-a] [-m MRU] [FILE...]

    Shows recordings of a line, from standard input if no FILE is named.

      -h       octets in hexadecimal instead of as strings
      -p       PPP frames instead of octets
      -r       as the other end of the line saw it
      -a       times of day and totals instead of the time that passed
      -m MRU   mark frames with more octets of information (default 1500)

    Exit status: 0 shown, 1 a file can't be read or is no recording, 2 the command line was not
    understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal) throws CommandException {
    Arguments arguments =
        Arguments.parse(apart(words), Set.of("-h", "-p", "-r", "-a"), Set.of("-m"));
    var style =
        new RecordDump.Style(
            arguments.has("-h"),
            arguments.has("-p"),
            arguments.has("-r"),
            arguments.has("-a"),
            (int) arguments.number("-m", 1500, 1, 65535),
            ZoneId.systemDefault());
    List<String> files =
        arguments.operands().isEmpty() ? List.of(STANDARD_INPUT) : arguments.operands();
    var out = new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.US_ASCII));
    for (String file : files) {
      try (InputStream in = open(file)) {
        if (!RecordDump.dump(in, out, style)) {
          throw CommandException.failed(
              (file.equals(STANDARD_INPUT) ? "standard input" : file)
                  + " is no recording of pppd's");
        }
      } catch (NoSuchFileException e) {
        throw CommandException.failed("there is no file " + file, e);
      } catch (IOException | InvalidPathException e) {
        throw CommandException.failed("can't read " + file, e);
      } finally {
        out.flush();
      }
    }
    return 0;
  }

  /// Letters that share a hyphen get one each.
  private static List<String> apart(List<String> words) {
    var apart = new ArrayList<String>();
    for (String word : words) {
      if (word.matches("-[hpra]{2,}")) {
        word.chars().skip(1).forEach(letter -> apart.add("-" + (char) letter));
      } else {
        apart.add(word);
      }
    }
    return apart;
  }

  private static InputStream open(String file) throws IOException {
    return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
  }
}
