package linedisc.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/// Measures the loops, all implementations in turn, so that a busy machine slows all down alike.
final class CodecBench {
  private static final int ROUNDS = 9;
  private static final long SLICE = 12_000_000;
  private static final long WARM_UP = 250_000_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Loops> candidates;

  CodecBench(List<Loops> candidates) {
    this.candidates = candidates;
  }

  /// Measures everything.
  ///
  /// @param progress is told the share that is done, 0 to 1
  List<CodecResult> run(DoubleConsumer progress) {
    int steps = 2 * CodecCase.ALL.size();
    int done = 0;
    // All before the first is measured: a program's loops see all kinds of packets.
    for (CodecCase one : CodecCase.ALL) {
      warmUp(one, new Sample(one.mix()));
      progress.accept((double) ++done / steps);
    }
    List<CodecResult> results = new ArrayList<>();
    for (CodecCase one : CodecCase.ALL) {
      results.add(measure(one));
      progress.accept((double) ++done / steps);
    }
    return results;
  }

  private void warmUp(CodecCase of, Sample sample) {
    int expected = of.run(candidates.getFirst(), sample);
    for (Loops loops : candidates) {
      int got = of.run(loops, sample);
      if (got != expected) {
        throw new IllegalStateException(
            of.work().title() + ": " + loops.name() + " gives " + got + " in place of " + expected);
      }
      double _ = rate(of, loops, sample, WARM_UP);
    }
  }

  private CodecResult measure(CodecCase of) {
    Sample sample = new Sample(of.mix());
    double[][] rates = new double[candidates.size()][ROUNDS];
    double[][] ratios = new double[candidates.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < candidates.size(); i++) {
        rates[i][round] = rate(of, candidates.get(i), sample, SLICE);
      }
      for (int i = 0; i < candidates.size(); i++) {
        ratios[i][round] = rates[0][round] / rates[i][round];
      }
    }
    List<CodecResult.Rate> all = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      all.add(
          new CodecResult.Rate(
              candidates.get(i).name(), Medians.median(rates[i]), Medians.median(ratios[i])));
    }
    return new CodecResult(of, all);
  }

  /// Octets of payload per second of this thread's CPU time.
  private double rate(CodecCase of, Loops loops, Sample sample, long nanos) {
    long start = threads.getCurrentThreadCpuTime();
    long octets = 0;
    long spent;
    do {
      int _ = of.run(loops, sample);
      octets += sample.octets();
      spent = threads.getCurrentThreadCpuTime() - start;
    } while (spent < nanos);
    return 1e9 * octets / spent;
  }
}
