package linedisc.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import linedisc.examples.cli.CommandException;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.InputHandler;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.tty.TtyTable;

/// Two stacks with a pty between them, beside a raw copy over a pty by the same transports: how
/// much goes through, what it costs, how long an answer takes.
final class LineBench {
  /// The first one is for the compiler.
  private static final int ROUNDS = 6;

  private static final long SETTLE = 300;
  private static final long SLICE = 1_200;
  private static final int PINGS = 3_000;
  private static final int SMALL = 64;

  private final byte[] packet = PppPair.packet(1500);

  private final SerialBackend backend;

  /// What the figures' keys begin with.
  private final String key;

  /// What their titles end with.
  private final String by;

  /// Over ptys whose slaves jSerialComm opens.
  static LineBench byJSerialComm() {
    return new LineBench(new SerialBackend.JSerialComm(), "pty_", "");
  }

  /// Over ptys of which one loop drives both ends.
  static LineBench byPosix(SerialBackend backend) {
    return new LineBench(backend, "posix_", ", posix");
  }

  private LineBench(SerialBackend backend, String key, String by) {
    this.backend = backend;
    this.key = key;
    this.by = by;
  }

  /// What a bulk transfer has done.
  ///
  /// @param rate octets per second
  /// @param cpu nanoseconds of all threads per octet
  private record Bulk(double rate, double cpu) {}

  /// Measures everything.
  ///
  /// @param progress is told the share that is done, 0 to 1
  List<Figure> run(DoubleConsumer progress)
      throws CommandException, NetException, PortException, InterruptedException {
    double[][] figures = new double[6][ROUNDS - 1];
    double[] rawTimes = {};
    double[] pppTimes = {};
    for (int round = 0; round < ROUNDS; round++) {
      Bulk raw;
      try (var copy = new RawCopy(backend)) {
        raw = bulk(copy::received);
      }
      progress.accept((round + 0.5) / ROUNDS);
      Bulk ppp;
      try (var near = new InterfaceTable();
          var far = new InterfaceTable();
          var nearTtys = new TtyTable(near);
          var farTtys = new TtyTable(far)) {
        PtyTransport master = PtyTransport.open(backend.loop());
        var slave = backend.open(master.slave(), PortSettings.DEFAULT, new PortLocks());
        PppPair pair = PppPair.bind(nearTtys, slave, farTtys, master);
        pair.awaitUp();
        ppp = bulk(pair);
        if (round == ROUNDS - 1) {
          pppTimes = pings(pair);
        }
      }
      if (round == ROUNDS - 1) {
        try (var echo = new RawEcho(backend, SMALL)) {
          rawTimes = echo.pings(PINGS);
        }
      }
      double[] values = {
        raw.rate(), ppp.rate(), ppp.rate() / raw.rate(), raw.cpu(), ppp.cpu(), ppp.cpu() / raw.cpu()
      };
      for (int i = 0; i < values.length && round > 0; i++) {
        figures[i][round - 1] = values[i];
      }
      progress.accept((round + 1.0) / ROUNDS);
    }
    return report(
        Arrays.stream(figures).mapToDouble(Medians::median).toArray(),
        Medians.median(rawTimes),
        Medians.median(pppTimes));
  }

  private List<Figure> report(double[] medians, double rawTime, double pppTime) {
    List<Figure> report = new ArrayList<>();
    report.add(Figure.told(key + "raw", "raw copy over a pty" + by, medians[0] / 1e6, "MB/s"));
    report.add(
        Figure.told(key + "ppp", "IP packets over PPP over it" + by, medians[1] / 1e6, "MB/s"));
    report.add(
        Figure.atLeast(key + "throughput_ratio", "... of the raw copy" + by, medians[2], "", 0.9));
    report.add(Figure.told(key + "raw_cpu", "raw copy, CPU" + by, medians[3], "us a kB"));
    report.add(Figure.told(key + "ppp_cpu", "PPP, CPU" + by, medians[4], "us a kB"));
    report.add(Figure.atMost(key + "cpu_ratio", "... of the raw copy" + by, medians[5], "", 1.5));
    report.add(Figure.told(key + "raw_rtt", "64 octets there and back, raw" + by, rawTime, "us"));
    report.add(Figure.told(key + "ppp_rtt", "... over PPP" + by, pppTime, "us"));
    return report;
  }

  private interface Count {
    long octets();
  }

  private static Bulk bulk(Count received) throws InterruptedException {
    Thread.sleep(SETTLE);
    long octets = received.octets();
    long start = System.nanoTime();
    long cpu = Meter.processNanos();
    Thread.sleep(SLICE);
    cpu = Meter.processNanos() - cpu;
    double nanos = System.nanoTime() - start;
    octets = received.octets() - octets;
    return new Bulk(1e9 * octets / nanos, (double) cpu / octets);
  }

  private Bulk bulk(PppPair pair) throws NetException, InterruptedException {
    var sink = new Sink();
    pair.far().setInputHandler(sink);
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!Thread.interrupted()) {
                  pair.near().send(packet, 0, packet.length);
                }
              } catch (NetException | InterruptedException e) {
                // Over.
              }
            });
    Bulk result = bulk(() -> sink.octets);
    sender.interrupt();
    sender.join();
    Thread.sleep(SETTLE);
    pair.far().setInputHandler(InputHandler.NONE);
    return result;
  }

  /// Counts what comes.
  private static final class Sink implements InputHandler {
    private final byte[] buffer = new byte[1500];
    private volatile long octets;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one reader
    public void inputReady(NetInterface netInterface) {
      long sum = 0;
      for (int length; (length = netInterface.poll(buffer, 0, buffer.length)) >= 0; ) {
        sum += length;
      }
      octets += sum;
    }
  }

  /// Microseconds, one for each ping.
  private double[] pings(PppPair pair) throws NetException, InterruptedException {
    byte[] echo = new byte[1500];
    pair.far()
        .setInputHandler(in -> {
          for (int length; (length = in.poll(echo, 0, echo.length)) >= 0; ) {
            Put _ = in.offer(echo, 0, length);
          }
        });
    byte[] answer = new byte[1500];
    double[] times = new double[PINGS];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      pair.near().send(packet, 0, SMALL);
      int _ = pair.near().receive(answer, 0, answer.length);
      times[i] = 1e-3 * (System.nanoTime() - start);
    }
    return times;
  }
}
