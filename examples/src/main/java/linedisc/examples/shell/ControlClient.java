package linedisc.examples.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.examples.cli.CommandException;

/// Has a linedisc that listens on a control socket carry out a command.
public final class ControlClient {
  private static final Pattern STATUS = Pattern.compile("\"status\":(\\d+)");
  private static final String TEXT = "\"text\":\"";

  /// The last of an answer's members; within a string its quotes would be escaped.
  private static final String DATA = ",\"data\":";

  /// What it has answered.
  ///
  /// @param status 0: done; 1: it failed; 2: it was not understood
  /// @param text for people, without a final newline; may be empty
  /// @param json the reply as it came: one JSON object
  /// @param data what it holds for programs, in JSON; empty: nothing
  public record Reply(int status, String text, String json, String data) {}

  private ControlClient() {}

  /// Asks, and waits for the answer.
  ///
  /// @param path the socket
  /// @param line the command
  /// @throws CommandException when nobody listens, or what answers is something else
  public static Reply ask(String path, String line) throws CommandException {
    String reply = reply(path, line);
    Matcher status = STATUS.matcher(reply);
    if (!status.find()) {
      throw CommandException.failed(path + " gave no answer");
    }
    int text = reply.indexOf(TEXT);
    int data = reply.indexOf(DATA);
    return new Reply(
        Integer.parseInt(status.group(1)),
        text < 0 ? "" : string(reply, text + TEXT.length()),
        reply,
        data < 0 ? "" : reply.substring(data + DATA.length(), reply.length() - 1));
  }

  private static String reply(String path, String line) throws CommandException {
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
