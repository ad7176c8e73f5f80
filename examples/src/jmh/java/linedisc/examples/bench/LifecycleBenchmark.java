package linedisc.examples.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.life.PortLock;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceCloner;
import linedisc.serial.net.InterfaceSettings;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.FrameBatch;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipDecoder;
import linedisc.slip.SlipEncoder;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs that interfaces come and go: for the table, for the one who waits, and for each
/// packet.
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LifecycleBenchmark {
  /// Packets that come in one read.
  private static final int BATCH = 16;

  private static final LineDiscipline SLIP = new SlipDiscipline(SlipConfig.builder().build());

  /// An IPv4 packet that needs no stuffing.
  private static byte[] packet() {
    byte[] packet = new byte[64];
    int header = Ipv4.write(packet, 0, 0, 1, 64, Ip.UDP, 0x0a000001, 0x0a000002, 64 - 20);
    Arrays.fill(packet, header, packet.length, (byte) 'x');
    return packet;
  }

  /// A type with more units than others have.
  private static final class IdleCloner implements InterfaceCloner {
    @Override
    public String type() {
      return "idle";
    }

    @Override
    public int maxUnit() {
      return 1_000_000;
    }

    @Override
    public InterfaceSettings settings(String name, int unit) {
      return InterfaceSettings.pointToPoint(296);
    }
  }

  /// A table with many idle interfaces.
  @State(Scope.Benchmark)
  public static class Crowd {
    /// How many.
    @Param({"10", "1000", "100000"})
    public int interfaces;

    private InterfaceTable table;

    /// Makes them.
    @Setup
    public void create() throws NetException {
      table = new InterfaceTable();
      table.register(new IdleCloner());
      for (int i = 0; i < interfaces; i++) {
        NetInterface _ = table.create("idle" + i);
      }
    }

    /// Destroys them.
    @TearDown
    public void destroy() {
      table.close();
    }
  }

  private static NetInterface createAndDestroy(Crowd crowd) throws Exception {
    NetInterface made = crowd.table.create("lo");
    made.destroy().await();
    return made;
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public NetInterface createAndDestroyOnOneThread(Crowd crowd) throws Exception {
    return createAndDestroy(crowd);
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Threads(2)
  public NetInterface createAndDestroyOnTwoThreads(Crowd crowd) throws Exception {
    return createAndDestroy(crowd);
  }

  /// Two ports with packets both ways all the time.
  @State(Scope.Benchmark)
  public static class Traffic {
    private final InterfaceTable table = new InterfaceTable();
    private final TtyTable ttys = new TtyTable(table);
    private final NullModemPump pump = new NullModemPump();
    private Tty tty;
    private NetInterface far;
    private volatile NetInterface near;
    private volatile boolean over;

    /// Starts the traffic.
    @Setup
    public void open() throws NetException {
      NullModem wire = pump.wire("wire", 0);
      tty = ttys.open(wire.left());
      far = ttys.open(wire.right()).bind(SLIP).netInterface();
      near = far;
      Thread _ = Thread.ofPlatform().daemon().start(this::flood);
    }

    /// Binds the next one.
    @Setup(Level.Invocation)
    public void bind() throws NetException {
      near = tty.bind(SLIP).netInterface();
    }

    /// Ends the traffic.
    @TearDown
    public void close() {
      over = true;
      ttys.close();
      table.close();
      pump.close();
    }

    private void flood() {
      byte[] packet = packet();
      byte[] got = new byte[packet.length];
      while (!over) {
        Put _ = near.offer(packet, 0, packet.length);
        Put _ = far.offer(packet, 0, packet.length);
        int _ = near.poll(got, 0, got.length);
        int _ = far.poll(got, 0, got.length);
      }
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void awaitRemovalUnderTraffic(Traffic traffic) throws Exception {
    traffic.near.destroy().await();
  }

  /// A port that only this benchmark drives, and the parts of the way through it.
  @State(Scope.Benchmark)
  public static class Quiet {
    private final InterfaceTable table = new InterfaceTable();
    private final TtyTable ttys = new TtyTable(table);
    private final PortLock lock = new PortLock(Sync.system(), LockRank.PORT);
    private final PacketQueue queue = new PacketQueue(Sync.system(), () -> {}, 256, 65_536);
    private final SlipDecoder decoder = new SlipDecoder(1500);
    private final FrameBatch batch = new FrameBatch(4096, 64);
    private final byte[] packet = packet();
    private final byte[] got = new byte[packet.length];
    private byte[] frame;
    private byte[] frames;
    private DirectLine line;
    private NetInterface sl;

    /// Opens the port.
    @Setup
    public void open() throws NetException {
      byte[] room = new byte[SlipEncoder.maxEncodedLength(packet.length)];
      int length = SlipEncoder.encode(packet, 0, packet.length, room, 0);
      frame = Arrays.copyOf(room, length);
      frames = new byte[BATCH * length];
      for (int i = 0; i < BATCH; i++) {
        System.arraycopy(frame, 0, frames, i * length, length);
      }
      line = new DirectLine();
      sl = ttys.open(line).bind(SLIP).netInterface();
    }

    /// Takes packets that have come, all of them.
    private int take(int packets) {
      int octets = 0;
      for (int i = 0; i < packets; i++) {
        octets += sl.poll(got, 0, got.length);
      }
      if (octets != packets * packet.length) {
        throw new IllegalStateException("packets are missing");
      }
      return octets;
    }

    /// Closes it.
    @TearDown
    public void close() {
      ttys.close();
      table.close();
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int unframing(Quiet quiet) {
    int _ = quiet.decoder.decode(quiet.frame, 0, quiet.frame.length, quiet.batch);
    int count = quiet.batch.count();
    quiet.batch.clear();
    return count;
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int packetThroughAQueue(Quiet quiet) {
    Put _ = quiet.queue.offer(quiet.packet, 0, quiet.packet.length, false);
    return quiet.queue.poll(quiet.got, 0, quiet.got.length);
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int packetThroughAQueueUnderTheLock(Quiet quiet) {
    quiet.lock.lock();
    Put _ = quiet.queue.offer(quiet.packet, 0, quiet.packet.length, false);
    quiet.lock.unlock();
    return quiet.queue.poll(quiet.got, 0, quiet.got.length);
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void lockAlone(Quiet quiet) {
    quiet.lock.lock();
    quiet.lock.unlock();
  }

  /// Unframing, lock, generation and validity check, engine, queue, and out of the queue.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int packetFromThePort(Quiet quiet) {
    quiet.line.arrive(quiet.frame, quiet.frame.length);
    return quiet.take(1);
  }

  /// The same for many in one read, each of them: lock, generation and validity check come once a
  /// read, so what a packet alone costs more than one of these is what they cost.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @OperationsPerInvocation(BATCH)
  public int packetOfManyFromThePort(Quiet quiet) {
    quiet.line.arrive(quiet.frames, quiet.frames.length);
    return quiet.take(BATCH);
  }
}
