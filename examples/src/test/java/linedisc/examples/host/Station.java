package linedisc.examples.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.examples.Main;
import org.junit.jupiter.api.Assumptions;

/// A `linedisc shell` in a network namespace of its own, and the programs that run there beside it.
final class Station {
  private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader replies;
  private final List<Process> started = new ArrayList<>();

  /// Starts one; it has `lo` and nothing else.
  Station() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", "-Urn"));
    command.addAll(linedisc("shell", "--json"));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    commands = process.outputWriter(UTF_8);
    replies = process.inputReader(UTF_8);
    shell("ifconfig -C");
    succeeds("ip", "link", "set", "lo", "up");
  }

  /// Skips the test where there is no TUN or no namespace to be had.
  static void assumePossible() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/dev/net/tun")), "this machine has no /dev/net/tun");
    Command unshare = Command.run(List.of("unshare", "-Urn", "ip", "link"));
    Assumptions.assumeTrue(
        unshare.status() == 0, "no network namespace can be made here: " + unshare.output());
  }

  /// Has the shell carry out a command, which must succeed.
  ///
  /// @return its text
  String shell(String command) throws IOException {
    String reply = ask(command);
    assertTrue(reply.contains("\"ok\":true"), () -> command + ": " + reply);
    Matcher text = TEXT.matcher(reply);
    assertTrue(text.find(), reply);
    return text.group(1);
  }

  /// Has the shell carry out a command.
  ///
  /// @return its reply, a JSON object
  String ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String reply = replies.readLine();
    assertTrue(reply != null, () -> "the shell has ended at: " + command);
    return reply;
  }

  /// Runs a program in this network to its end.
  Command run(String... words) throws IOException, InterruptedException {
    return Command.run(here(words));
  }

  /// Runs a program in this network, which must succeed.
  ///
  /// @return what it wrote
  String succeeds(String... words) throws IOException, InterruptedException {
    Command command = run(words);
    assertEquals(0, command.status(), () -> List.of(words) + ": " + command.output());
    return command.output();
  }

  /// Starts a program in this network; it ends with this station.
  Process start(String... words) throws IOException {
    Process begun =
        new ProcessBuilder(here(words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(begun);
    return begun;
  }

  /// Starts a program of linedisc's in this network; it ends with this station.
  Process startLinedisc(String... words) throws IOException {
    return start(linedisc(words).toArray(new String[0]));
  }

  /// The command that runs a program of linedisc's.
  static List<String> linedisc(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-ea"));
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  /// Waits until what a program of this network says contains something.
  void await(String part, String... words) throws IOException, InterruptedException {
    String last = "";
    for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end; ) {
      last = run(words).output();
      if (last.contains(part)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("'" + part + "' never came up in: " + last);
  }

  private List<String> here(String... words) {
    List<String> command = new ArrayList<>(List.of("nsenter", "--preserve-credentials"));
    command.addAll(List.of("-U", "-n", "-t", Long.toString(process.pid())));
    command.addAll(List.of(words));
    return command;
  }

  /// Ends the shell and everything that was started here.
  void close() throws IOException, InterruptedException {
    started.forEach(Process::destroyForcibly);
    try {
      commands.write("exit\n");
      commands.flush();
    } catch (IOException e) {
      // It has ended already.
    }
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
