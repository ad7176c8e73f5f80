package linedisc.examples.interop;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/// Tries every cell of `cells.txt`, one test a cell, and has tshark read what linedisc sent. Run by
/// `mvn -Pinterop verify`; `-Dinterop.only=TEXT` takes those cells that have TEXT in their line.
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path OUTPUT = MODULE.resolve("target/interop");

  private final Report report = new Report();
  private final Rig rig = new Rig(MODULE.resolve("src/interop/build-guest"), OUTPUT);
  private Capture capture;

  @BeforeAll
  void prepare() throws IOException {
    Files.createDirectories(OUTPUT);
    capture = new Capture(OUTPUT.resolve("sent.pcapng"));
  }

  @TestFactory
  Stream<DynamicTest> cells() throws IOException {
    String only = System.getProperty("interop.only", "");
    var tests = new ArrayList<DynamicTest>();
    for (Cell cell : read("cells.txt")) {
      if ((cell.name() + " | " + cell.text()).contains(only)) {
        var trial =
            new Trial(cell, rig, capture, OUTPUT.resolve("%03d".formatted(tests.size() + 1)));
        tests.add(test(cell.name(), cell.text(), trial::run));
      }
    }
    tests.add(test("tshark", "every frame that linedisc sent decodes", this::decode));
    return tests.stream();
  }

  @AfterAll
  void finish() throws IOException {
    rig.close();
    capture.close();
    report.save(OUTPUT);
    System.out.println(report.text());
  }

  private static List<Cell> read(String name) throws IOException {
    try (InputStream in = InteropIT.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Cells.parse(name, text.lines().toList());
    }
  }

  private void decode()
      throws IOException, InterruptedException, CellException, UnavailableException {
    if (capture.frames() == 0) {
      throw new UnavailableException("linedisc has sent nothing");
    }
    List<String> faults = capture.faults();
    if (!faults.isEmpty()) {
      throw new CellException(
          "%d of %d frames: %s".formatted(faults.size(), capture.frames(), faults));
    }
  }

  private DynamicTest test(String name, String must, Executable executable) {
    return DynamicTest.dynamicTest(
        name + " | " + must,
        () -> {
          long start = System.nanoTime();
          Report.Outcome outcome = Report.Outcome.FAILED;
          String reason = "";
          try {
            executable.execute();
            outcome = Report.Outcome.PASSED;
          } catch (UnavailableException e) {
            outcome = Report.Outcome.SKIPPED;
            reason = String.valueOf(e.getMessage());
            throw new TestAbortedException(reason, e);
          } catch (CellException | IOException e) {
            reason = e instanceof CellException ? String.valueOf(e.getMessage()) : e.toString();
            fail(reason, e);
          } finally {
            double seconds = (System.nanoTime() - start) / 1e9;
            report.add(new Report.Row(name, must, outcome, seconds, reason));
          }
        });
  }
}
