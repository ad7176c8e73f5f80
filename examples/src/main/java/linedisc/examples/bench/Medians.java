package linedisc.examples.bench;

import java.util.Arrays;

/// What is told of several runs.
final class Medians {
  private Medians() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 != 0 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
