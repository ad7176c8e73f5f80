package linedisc.examples.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import linedisc.examples.cli.CommandException;
import linedisc.serial.ffi.Libc;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PtyTransport;

/// How long `linedisc pppd` takes from being executed, launcher and all, to the first octets of its
/// Configure-Request on the line. It has no device of the host and reads no file of the system.
final class StartBench {
  /// Where the launcher says that it is.
  private static final String PROGRAM = "linedisc.program";

  /// The first ones bring files into memory.
  private static final int WARM_UP = 2;

  private static final int STARTS = 9;
  private static final double GOAL_MILLIS = 250;
  private static final long PATIENCE_SECONDS = 20;

  StartBench() {}

  /// Measures some starts.
  ///
  /// @param progress is told the share that is done, 0 to 1
  /// @param notes is told why nothing is measured, if so
  List<Figure> run(DoubleConsumer progress, List<String> notes)
      throws CommandException, PortException, InterruptedException {
    String program = System.getProperty(PROGRAM, "");
    if (program.isEmpty()) {
      notes.add(
          "No start is measured: examples/bin/linedisc, which is to be, has not started this.");
      return List.of();
    }
    double[] millis = new double[STARTS];
    try {
      Path folder = Files.createTempDirectory("linedisc");
      for (int i = -WARM_UP; i < STARTS; i++) {
        double each = start(program, folder);
        if (i >= 0) {
          millis[i] = each;
        }
        progress.accept((i + WARM_UP + 1.0) / (WARM_UP + STARTS));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw CommandException.failed("pppd can't be started: " + CommandException.reason(e), e);
    }
    return List.of(
        Figure.atMost(
            "pppd_start",
            "pppd, exec to first Configure-Request",
            Medians.median(millis),
            "ms",
            GOAL_MILLIS));
  }

  /// Milliseconds of one start.
  private static double start(String program, Path folder)
      throws CommandException, PortException, IOException, InterruptedException {
    PtyTransport master = PtyTransport.open();
    String device = master.slave();
    // pppd closes it once before it opens it for good, which must not be the last close.
    var libc = new Libc(Long.BYTES);
    int held = libc.open(device, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
    var listener = new Listener();
    master.start(listener);
    var builder = new ProcessBuilder(program, "pppd", device, "nodetach", "nohost", "noauth");
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    builder
        .environment()
        .put(
            "JDK_JAVA_OPTIONS",
            "\"-Duser.home=%1$s\" \"-Dlinedisc.pppd.configuration=%1$s\" \"-Dlinedisc.pppd.runtime=%1$s/none\""
                .formatted(folder));
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      long end = listener.heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return 1e-6 * (end - begin);
    } catch (TimeoutException | ExecutionException e) {
      throw CommandException.failed("pppd says nothing", e);
    } finally {
      process.destroyForcibly().waitFor();
      int _ = libc.close(held);
      CloseResult _ = master.close(Duration.ZERO);
    }
  }

  /// Says nothing, and knows when the other end has said something.
  private static final class Listener extends RawEnd {
    private final CompletableFuture<Long> heard = new CompletableFuture<>();

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      boolean _ = heard.complete(System.nanoTime());
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      return 0;
    }
  }
}
