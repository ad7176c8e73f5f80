package linedisc.examples.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder with a copy of the launcher, whose Java and Maven are shell scripts, and an environment
/// in which only a few tools are found. The Java that it needs is so new that no other is taken.
final class FakeInstallation implements AutoCloseable {
  private static final String MAIN = "linedisc.examples/linedisc.examples.Main";
  private static final long PATIENCE_SECONDS = 20;
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "basename",
          "cat",
          "dirname",
          "find",
          "head",
          "mkdir",
          "mkfifo",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "flock");

  /// Tells what it was given, and does what it is told.
  private static final String JAVA =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in
          -XX:AOTCacheOutput=*) output=${word#*=} ;;
          *.Rehearsal)
            echo rehearsal >>"$FAKE/log"
            [ -n "${FAKE_REHEARSAL:-}" ] && exit "$FAKE_REHEARSAL"
            : >"$output"
            exit
            ;;
        esac
      done
      printf '%s\\0' "$@" >"$FAKE/words"
      echo $$ >"$FAKE/pid"
      eval "$FAKE_DOES"
      """;

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> processes = new ArrayList<>();

  /// One with a build and without sources.
  FakeInstallation(Path root) throws IOException {
    this.root = root;
    for (String name :
        List.of("examples/bin", "examples/target/linedisc/lib", "tools", "temporary")) {
      Files.createDirectories(root.resolve(name));
    }
    String script = Files.readString(Path.of("bin", "linedisc"));
    write(launcher(), script.replaceFirst("(?m)^NEEDED=\\d+$", "NEEDED=99"));
    touchBuild();
    for (String name : TOOLS) {
      Path found =
          Arrays.stream(System.getenv("PATH").split(":"))
              .map(folder -> Path.of(folder, name))
              .filter(Files::isExecutable)
              .findFirst()
              .orElse(null);
      if (found != null) {
        tool(name, found);
      }
    }
    set("PATH", path("tools"));
    set("HOME", path("home"));
    set("TMPDIR", path("temporary"));
    set("FAKE", path(""));
  }

  Path launcher() {
    return root.resolve("examples/bin/linedisc");
  }

  String path(String name) {
    return root.resolve(name).toString();
  }

  void set(String name, String value) {
    environment.put(name, value);
  }

  void jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(root.resolve(name).resolve("bin"));
    write(bin.resolve("java"), JAVA);
    Files.writeString(
        bin.resolveSibling("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  /// Puts a program on the path, in place of another of that name.
  void tool(String name, Path program) throws IOException {
    Path link = root.resolve("tools").resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, program);
  }

  void maven(String does) throws IOException {
    write(root.resolve("tools/mvn"), "#!/bin/sh\n" + does + "\n");
  }

  /// Has sources, and no build.
  void sources() throws IOException {
    Files.createDirectories(root.resolve("examples/src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("examples/pom.xml"), "");
    Files.delete(root.resolve("examples/target/linedisc/built"));
  }

  void touchSources() throws IOException {
    touch(root.resolve("examples/pom.xml"));
  }

  void touchBuild() throws IOException {
    touch(root.resolve("examples/target/linedisc/built"));
  }

  /// Makes a file newer than all others, whatever the steps of the file system's clock.
  private static void touch(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(50)));
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// What a process has left.
  record Result(long pid, int status, String out, String err) {}

  /// Starts the launcher; its Java does what the script says.
  Running start(String does, String... words) throws IOException {
    return start(root, launcher(), does, words);
  }

  Running start(Path folder, Path program, String does, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("FAKE_DOES", does);
    // Files, and not pipes, which a program that goes on alone would hold open.
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    processes.add(process);
    return new Running(process, out, err);
  }

  Result run(String does, String... words) throws IOException, InterruptedException {
    return start(does, words).end();
  }

  Result runWithInput(String input, String does, String... words)
      throws IOException, InterruptedException {
    Running running = start(does, words);
    try (var stream = running.process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return running.end();
  }

  /// A launcher that has been started.
  record Running(Process process, Path out, Path err) {
    long pid() {
      return process.pid();
    }

    Result end() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end: " + Files.readString(err));
      }
      return new Result(
          process.pid(), process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /// All words that Java was given last.
  private List<String> given() throws IOException {
    String text = Files.readString(root.resolve("words"));
    return List.of(text.substring(0, text.length() - 1).split("\0", -1));
  }

  /// The program's words that Java was given last.
  List<String> words() throws IOException {
    List<String> given = given();
    return given.subList(given.indexOf(MAIN) + 1, given.size());
  }

  /// The words before those.
  List<String> options() throws IOException {
    List<String> given = given();
    return given.subList(0, given.indexOf(MAIN));
  }

  /// What was made ready, in order.
  List<String> log() throws IOException {
    Path log = root.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /// The process that Java was last.
  long pid() throws IOException {
    return Long.parseLong(Files.readString(root.resolve("pid")).strip());
  }

  void awaitFile(String name) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(root.resolve(name))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never: " + name);
      }
      Thread.sleep(5);
    }
  }

  void signal(long pid, String name) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start().waitFor();
  }

  /// What Java has heard, once that is so many signals.
  List<String> signals(int count) throws IOException, InterruptedException {
    awaitFile("signals");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<String> heard;
    while ((heard = Files.readAllLines(root.resolve("signals"))).size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("heard only " + heard);
      }
      Thread.sleep(5);
    }
    return heard;
  }

  /// Ends what still runs, and removes what leads out of the folder.
  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    try (Stream<Path> tools = Files.list(root.resolve("tools"))) {
      for (Path tool : tools.toList()) {
        Files.delete(tool);
      }
    }
  }
}
