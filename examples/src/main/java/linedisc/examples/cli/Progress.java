package linedisc.examples.cli;

import java.util.Locale;

/// Shows how far long work is: one line drawn over on a terminal, a plain line each tenth
/// elsewhere. For one thread.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;

  private final Terminal terminal;
  private final String label;
  private final String unit;
  private final double total;
  private int shown = -1;

  /// Starts a display.
  ///
  /// @param terminal where to; its `err` is used, so that results can be redirected
  /// @param label what is going on
  /// @param total how much there is in all
  /// @param unit of `total`, for instance "MB"
  public Progress(Terminal terminal, String label, double total, String unit) {
    this.terminal = terminal;
    this.label = label;
    this.total = total;
    this.unit = unit;
  }

  /// Shows a new state when it differs from the last by enough to see.
  ///
  /// @param done how much, in the unit
  public void update(double done) {
    update(done, "");
  }

  /// As [#update(double)], with something to say about it.
  ///
  /// @param note shown behind the figures
  public void update(double done, String note) {
    double share = total <= 0 ? 1 : Math.clamp(done / total, 0.0, 1.0);
    int step = (int) (share * (terminal.interactive() ? 100 : 10));
    if (step == shown) {
      return;
    }
    shown = step;
    String figures =
        String.format(Locale.ROOT, "%.1f of %.1f %s", done, total, unit)
            + (note.isEmpty() ? "" : ", " + note);
    if (terminal.interactive()) {
      int filled = (int) (share * WIDTH);
      terminal
          .err()
          .printf(
              Locale.ROOT,
              "\r%-12s [%s%s] %3d %%  %s ",
              label,
              "#".repeat(filled),
              ".".repeat(WIDTH - filled),
              (int) (share * 100),
              figures);
      terminal.err().flush();
    } else {
      terminal.err().println(label + ": " + figures);
    }
  }

  /// Ends the line.
  @Override
  public void close() {
    if (terminal.interactive() && shown >= 0) {
      terminal.err().println();
    }
  }
}
