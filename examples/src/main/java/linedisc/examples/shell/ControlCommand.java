package linedisc.examples.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;

/// `linedisc ifconfig --control PATH …`: a command carried out by a shell or daemon that listens.
public final class ControlCommand implements Command {
  private static final Pattern STATUS = Pattern.compile("\"status\":(\\d+)");
  private static final String TEXT = "\"text\":\"";

  /// The command.
  public ControlCommand() {}

  @Override
  public String name() {
    return "ifconfig";
  }

  @Override
  public String summary() {
    return "interfaces of a running linedisc, over its control socket";
  }

  @Override
  public String help() {
    return """
    usage: linedisc ifconfig --control PATH [--json] ARGUMENT...

    Has the linedisc that listens on PATH ('linedisc shell --listen PATH') carry out 'ifconfig' with
    these arguments; 'help' in the shell lists them.

      --json   the reply as it came: one JSON object

    Exit status: 0 done, 1 it failed, 2 it was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal) throws CommandException {
    // By hand: what is ifconfig's own may begin with a dash.
    List<String> rest = new ArrayList<>(words);
    boolean json = rest.remove("--json");
    int control = rest.indexOf("--control");
    if (control < 0 || control + 1 == rest.size()) {
      throw CommandException.usage("needs --control PATH, the socket of a linedisc that listens");
    }
    String path = rest.remove(control + 1);
    String _ = rest.remove(control);
    String line =
        "ifconfig " + rest.stream().map(ControlCommand::quote).collect(Collectors.joining(" "));
    String reply = ask(path, line);
    Matcher status = STATUS.matcher(reply);
    if (!status.find()) {
      throw CommandException.failed(path + " gave no answer");
    }
    int code = Integer.parseInt(status.group(1));
    int text = reply.indexOf(TEXT);
    String shown = text < 0 ? "" : string(reply, text + TEXT.length());
    if (json) {
      terminal.out().println(reply);
    } else if (code == 0) {
      terminal.out().print(shown.isEmpty() ? "" : shown + "\n");
    } else {
      terminal.err().println("linedisc: ifconfig: " + shown);
    }
    return code;
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String ask(String path, String line) throws CommandException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      boolean _ = channel.connect(UnixDomainSocketAddress.of(path));
      for (ByteBuffer out = UTF_8.encode(line + "\n"); out.hasRemaining(); ) {
        int _ = channel.write(out);
      }
      String reply = new BufferedReader(Channels.newReader(channel, UTF_8)).readLine();
      return reply == null ? "" : reply;
    } catch (IOException e) {
      throw CommandException.failed(
          "nobody answers on " + path + ": " + e.getMessage() + "; is it listening?", e);
    }
  }

  /// The JSON string whose content begins at `from`: undoes what [linedisc.examples.cli.Json] does.
  private static String string(String json, int from) {
    var plain = new StringBuilder();
    for (int i = from; i < json.length() && json.charAt(i) != '"'; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      c = json.charAt(++i);
      switch (c) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'u' -> {
          plain.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(c);
      }
    }
    return plain.toString();
  }
}
