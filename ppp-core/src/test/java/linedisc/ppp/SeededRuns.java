package linedisc.ppp;

/// The same test with one seed after another.
final class SeededRuns {
  /// One run.
  interface Run {
    void run(int seed, boolean trace);
  }

  private SeededRuns() {}

  /// Traces cost more than all the rest, so they are made only when a run has failed.
  static void runAll(int firstSeed, int endSeed, Run run) {
    for (int seed = firstSeed; seed < endSeed; seed++) {
      try {
        run.run(seed, false);
      } catch (AssertionError failed) {
        run.run(seed, true);
        throw failed;
      }
    }
  }
}
