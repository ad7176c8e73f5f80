package linedisc.examples.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import linedisc.examples.launch.FakeInstallation.Result;
import linedisc.examples.launch.FakeInstallation.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `bin/linedisc` does, with a JDK and a Maven that only tell what is asked of them.
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  /// Ends when it is told to, and writes down what it is told.
  private static final String LISTENS =
      """
      for name in HUP USR1 USR2; do trap "echo $name >>\\"$FAKE/signals\\"" $name; done
      trap 'echo TERM >>"$FAKE/signals"; exit 5' TERM
      : >"$FAKE/listens"
      left=1500
      while [ $left -gt 0 ]; do left=$((left - 1)); sleep 0.02; done\
      """;

  private static final String DETACHES = "echo detached >/proc/self/fd/3; " + LISTENS;

  @TempDir Path folder;
  private FakeInstallation there;

  @BeforeEach
  void install() throws Exception {
    there = new FakeInstallation(folder.resolve("a folder"));
    there.jdk("new jdk", "99.0.1");
    there.set("JAVA_HOME", there.path("new jdk"));
  }

  @AfterEach
  void endAll() throws Exception {
    there.close();
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    String[] words = {
      "demo", "two words", "*", "", "it's", "\"quoted\"", "$HOME `id` \\n", "a\nb", "-x"
    };
    assertEquals(0, there.run("", words).status());
    assertEquals(List.of(words), there.words());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 19, 255})
  void theStatusIsTheProgramsOwn(int status) throws Exception {
    assertEquals(status, there.run("exit " + status, "demo").status());
    assertEquals(status, there.run("exit " + status, "pppd", "/dev/null").status());
    assertEquals(status, there.run("exit " + status, "pppd", "/dev/null", "updetach").status());
  }

  @Test
  void standardInputIsTheProgramsOwn() throws Exception {
    for (String program : List.of("demo", "pppd")) {
      assertEquals("what is typed", there.runWithInput("what is typed", "cat", program).out());
    }
  }

  @Test
  void itIsFoundThroughLinksFromAnywhere() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other folder/deep"));
    Path absolute = Files.createSymbolicLink(other.resolve("absolute"), there.launcher());
    Path relative = Files.createSymbolicLink(other.resolve("relative"), Path.of("../up"));
    Path up = folder.resolve("other folder/up");
    Files.createSymbolicLink(up, up.getParent().relativize(there.launcher()));
    for (Path link : List.of(there.launcher(), absolute, relative)) {
      there.start(folder, link, "", "demo").end();
      assertTrue(
          there.options().contains(there.path("examples/target/linedisc/lib")), link::toString);
    }
    there.start(other, Path.of("./relative"), "", "demo", "again").end();
    assertEquals(List.of("demo", "again"), there.words());
  }

  @Test
  void theFirstJdkThatIsNewEnoughIsTaken() throws Exception {
    there.jdk("old jdk", "17.0.9");
    there.jdk("older jdk", "1.8.0_402");
    there.jdk("home/.jdks/newest", "100-ea");
    assertEquals("new jdk", taken());
    there.set("JAVA_HOME", there.path("old jdk"));
    assertEquals("newest", taken());
    there.set("JAVA_HOME", "");
    there.tool("java", Path.of(there.path("older jdk/bin/java")));
    assertEquals("newest", taken());
    there.tool("java", Path.of(there.path("new jdk/bin/java")));
    assertEquals("new jdk", taken());
  }

  private String taken() throws Exception {
    return there.run("basename \"${0%/bin/java}\"", "demo").out().strip();
  }

  @Test
  void withoutAJdkItSaysSoInOneSentence() throws Exception {
    there.set("JAVA_HOME", there.path("nothing"));
    Result result = there.run("", "demo");
    assertEquals(1, result.status());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("linedisc: needs a JDK 99 and found none"), result.err());
  }

  @Test
  void withoutMavenAndNotBuiltItSaysSoInOneSentence() throws Exception {
    there.sources();
    Result result = there.run("", "demo");
    assertEquals(1, result.status());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("needs Maven"), result.err());
  }

  @Test
  void sourcesAreBuiltOnFirstUseAndWhenTheyHaveChanged() throws Exception {
    there.sources();
    there.maven("echo mvn \"$@\" >>\"$FAKE/log\"");
    assertEquals(0, there.run("", "demo").status());
    assertEquals(List.of("mvn -B -q -DskipTests package", "rehearsal"), there.log());
    assertEquals("", there.run("", "demo").err());
    there.touchSources();
    assertTrue(there.run("", "demo").err().contains("the sources have changed"));
    assertEquals(4, there.log().size(), there.log()::toString);
    there.touchSources();
    there.maven("echo broken; exit 1");
    Result result = there.run("", "demo");
    assertEquals(1, result.status());
    assertEquals("", result.out());
    assertTrue(result.err().contains("broken\nlinedisc: the build failed"), result.err());
  }

  @Test
  void startsAreRehearsedOnceForAJdkAndABuild() throws Exception {
    assertTrue(there.run("", "demo").err().contains("preparing quick starts"));
    String cache = "-XX:AOTCache=" + there.path("examples/target/linedisc/linedisc.aot");
    assertTrue(there.options().contains(cache), there.options()::toString);
    assertEquals("", there.run("", "pppd").err());
    assertTrue(there.options().contains(cache), there.options()::toString);
    assertEquals(List.of("rehearsal"), there.log());
    there.jdk("other jdk", "99.0.1");
    there.set("JAVA_HOME", there.path("other jdk"));
    assertEquals(0, there.run("", "demo").status());
    assertEquals(List.of("rehearsal", "rehearsal"), there.log());
    there.touchBuild();
    assertEquals(0, there.run("", "demo").status());
    assertEquals(3, there.log().size());
  }

  @Test
  void whatCantBeRehearsedStartsAllTheSame() throws Exception {
    there.set("FAKE_REHEARSAL", "1");
    assertEquals(7, there.run("exit 7", "demo").status());
    assertFalse(String.join(" ", there.options()).contains("AOT"), there.options()::toString);
    assertEquals("", there.run("", "demo").err());
    assertEquals(List.of("rehearsal"), there.log());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodetach", "-detach", "up_sdnotify", "dryrun"})
  void whatStaysIsTheVeryProcess(String word) throws Exception {
    Result result = there.run("echo $$", "pppd", "/dev/null", word);
    assertEquals(Long.toString(result.pid()), result.out().strip());
    assertFalse(String.join(" ", there.options()).contains("linedisc.launcher"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "updetach"})
  void whatDetachesGoesOnAlone(String word) throws Exception {
    Running launcher = there.start(DETACHES, "pppd", "/dev/null", word);
    assertEquals(0, launcher.end().status());
    assertNotEquals(launcher.pid(), there.pid());
    there.awaitFile("listens");
    there.signal(there.pid(), "TERM");
    assertEquals(List.of("TERM"), there.signals(1));
  }

  @Test
  void signalsReachAProgramThatHasNotDetachedYet() throws Exception {
    Running launcher = there.start(LISTENS, "pppd", "/dev/null");
    there.awaitFile("listens");
    int count = 0;
    for (String name : List.of("HUP", "USR1", "USR2", "TERM")) {
      there.signal(launcher.pid(), name);
      assertEquals(name, there.signals(++count).getLast());
    }
    assertEquals(5, launcher.end().status());
  }

  @Test
  void anInterruptEndsAProgramThatHasNotDetachedYet() throws Exception {
    Running launcher = there.start(LISTENS, "pppd", "/dev/null");
    there.awaitFile("listens");
    there.signal(launcher.pid(), "INT");
    assertEquals(5, launcher.end().status());
    assertEquals(List.of("TERM"), there.signals(1));
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    assertEquals(19, there.run("exit 19", "pppd", "/dev/null").status());
    try (var files = Files.list(Path.of(there.path("temporary")))) {
      assertEquals(List.of(), files.toList());
    }
  }
}
