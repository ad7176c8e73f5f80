package linedisc.examples.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.examples.Capture;
import linedisc.examples.selftest.Counts.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelftestTest {
  @Test
  void nothingIsWrongInMemory() {
    Capture run =
        Capture.of(
            "selftest",
            "--patience=30000",
            "--line",
            "null",
            "--seconds",
            "2",
            "--seed=1",
            "--json");
    assertSound(run, 10);
    assertEquals(1, count(run, "seed"));
    assertTrue(run.err().startsWith("selftest: "), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jserialcomm", "posix"})
  void nothingIsWrongOverPtys(String transport) {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    assertSound(
        Capture.of(
            "selftest",
            "--patience=30000",
            "--line=pty",
            "--seconds=1",
            "--json",
            "--transport=" + transport),
        2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jserialcomm", "posix"})
  @Tag("slow")
  void nothingIsWrongForLong(String transport) {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    Capture run = Capture.of("selftest", "--seconds", "60", "--json", "--transport=" + transport);
    assertSound(run, 1000);
    long destroys = count(run, "destroys");
    assertTrue(3 * count(run, "ppp_destroys") >= destroys, run.out());
    assertTrue(3 * count(run, "sl_destroys") >= destroys, run.out());
    assertTrue(count(run, "hang_ups") > 0, run.out());
    assertTrue(count(run, "stuck_destroys") > 0, run.out());
  }

  private static void assertSound(Capture run, long leastDestroys) {
    assertEquals(0, run.status(), run.err());
    for (Fault fault : Fault.values()) {
      assertEquals(0, count(run, fault.key()), run.err());
    }
    assertTrue(count(run, "destroys") >= leastDestroys, run.out());
    assertTrue(run.out().endsWith("\"passed\":true}\n"), run.out());
  }

  private static long count(Capture run, String name) {
    Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(run.out());
    assertTrue(matcher.find(), () -> name + " is not in " + run.out());
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void theTableHasARowForEachCount() {
    Capture run = Capture.of("selftest", "--patience=30000", "--line", "null", "--seconds", "1");
    assertEquals(0, run.status(), run.err());
    for (Fault fault : Fault.values()) {
      assertTrue(Pattern.compile("(?m)^" + fault.key() + " +0$").matcher(run.out()).find());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/ttyS0",
        "/dev/ttyS0 /dev/ttyS1 /dev/ttyS2",
        "/dev/ttyS0 /dev/ttyS1 --line pty",
        "--line tcp",
        "--seconds 0",
        "--seconds soon",
        "--seed -1",
        "--fast"
      })
  void refusesWhatItDoesNotUnderstand(String words) {
    Capture run = Capture.of(("selftest " + words).split(" "));
    assertEquals(2, run.status(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aPortThatCantBeOpenedIsOneSentence() {
    Capture run = Capture.of("selftest", "/dev/no-such-port", "/dev/nor-this");
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("linedisc: selftest: /dev/no-such-port "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void faultsAreNotClean() {
    for (Fault fault : Fault.values()) {
      Counts counts = new Counts();
      counts.fault(fault, 0, "not at all");
      assertTrue(counts.isClean());
      counts.fault(fault, "once");
      counts.fault(fault, 2, "twice more");
      assertEquals(3, counts.of(fault));
      assertTrue(!counts.isClean());
      assertEquals(fault.key() + ": once", counts.sentences().getFirst());
    }
  }

  @Test
  void aThreadThatIsLeftIsSeen() throws InterruptedException {
    Remains before = Remains.now();
    Thread left =
        Thread.ofPlatform()
            .name("left over")
            .start(() -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                // It is to end.
              }
            });
    try {
      assertTrue(Remains.now().newThreads(before).contains("left over"));
    } finally {
      left.interrupt();
      left.join();
    }
    assertTrue(!Remains.now().newThreads(before).contains("left over"));
  }
}
