package linedisc.examples.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The loops one by one, each payload in a JVM of its own: 96 kB of payload an operation. In turn
/// and all in one JVM `linedisc bench` measures them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  /// Whose loops.
  public enum Whose {
    /// linedisc's.
    LINEDISC,
    /// The byte loop in Java.
    JAVA,
    /// The byte loop in C; needs gcc.
    C
  }

  /// Whose loops.
  @Param public Whose whose;

  /// What is in the packets.
  @Param public Mix mix;

  private Sample sample;
  private Loops loops;

  /// Makes the packets.
  @Setup
  public void prepare() throws IOException, InterruptedException {
    sample = new Sample(mix);
    loops =
        switch (whose) {
          case LINEDISC -> new WordLoops();
          case JAVA -> new ByteLoop();
          case C -> CLoops.build();
        };
  }

  @Benchmark
  public int fcs() {
    return loops.fcs(sample);
  }

  @Benchmark
  public int hdlcEncode() {
    return loops.hdlcEncode(sample);
  }

  @Benchmark
  public int hdlcDecode() {
    return loops.hdlcDecode(sample);
  }

  @Benchmark
  public int slipEncode() {
    return loops.slipEncode(sample);
  }

  @Benchmark
  public int slipDecode() {
    return loops.slipDecode(sample);
  }
}
