package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// linedisc between two lines, as a process of its own that runs a [Router].
final class RouterStation implements AutoCloseable {
  private static final Duration OPEN = Duration.ofSeconds(20);

  private final LinediscProcess process;

  private RouterStation(LinediscProcess process) {
    this.process = process;
  }

  /// Starts it, and returns when it forwards.
  ///
  /// @param left the tty towards the left end
  /// @param right the tty towards the right end
  /// @param folder for files of this process; its own
  static RouterStation start(End end, Path left, Path right, Path folder)
      throws IOException, InterruptedException, CellException, UnavailableException {
    var station = new RouterStation(new LinediscProcess(folder));
    try {
      var arguments = new ArrayList<String>(List.of(left.toString(), right.toString()));
      arguments.add(end.program().name().toLowerCase(Locale.ROOT));
      arguments.addAll(end.options());
      station.process.start(Router.class, arguments);
      station.process.await("open its ports", OPEN, "opened");
      return station;
    } catch (IOException | InterruptedException | CellException e) {
      station.close();
      throw e;
    }
  }

  /// The answer to [Router]'s command.
  Event counters() throws IOException, InterruptedException, CellException {
    return process.ask("counters", "counters");
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
