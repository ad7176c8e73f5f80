package linedisc.examples.pppd;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.line.Lines;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.Station;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.ForwardingUser;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;

/// Daemons in this process, on wires in memory: each wire has a left end, which the first who opens
/// it gets, and a right end.
final class Bench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final NullModemPump pump = new NullModemPump();
  private final List<Running> all = new ArrayList<>();
  private int machines;

  Bench(Path folder) {
    this.folder = folder;
  }

  /// A machine of its own.
  TestMachine machine() {
    return new TestMachine(folder.resolve("machine" + machines++));
  }

  /// A cable between two devices. Whoever opens one end while the other is open gets its wire;
  /// otherwise a new wire begins.
  final class Cable {
    private final List<NullModem> wires = new CopyOnWriteArrayList<>();
    private volatile boolean muted;
    private final List<Meeting> meetings = new ArrayList<>();
    private boolean together;
    private int lefts;
    private int rights;

    /// From now on nobody is heard before both ends are: what the first says is not lost.
    Cable together() {
      together = true;
      return this;
    }

    synchronized SerialTransport left() {
      return met(wire(lefts).left(), lefts++);
    }

    synchronized SerialTransport right() {
      return met(new Mutable(wire(rights).right(), this), rights++);
    }

    private SerialTransport met(SerialTransport end, int number) {
      if (!together) {
        return end;
      }
      while (meetings.size() <= number) {
        meetings.add(new Meeting());
      }
      return new Waiting(end, meetings.get(number));
    }

    /// From now on nothing that the right end says is heard.
    void mute() {
      muted = true;
    }

    private NullModem wire(int number) {
      while (wires.size() <= number) {
        wires.add(pump.wire("wire " + wires.size(), 0));
      }
      return wires.get(number);
    }

    /// Pulls the last wire out.
    void hangUp() {
      wires.getLast().hangUp();
    }
  }

  /// Lets both ends of a wire speak when both have users, and a moment later: who has not come to
  /// PPP yet would not hear the first Configure-Request, and three seconds would pass until the
  /// next.
  private static final class Meeting {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final List<SerialTransport> ends = new ArrayList<>();
    private volatile boolean open;

    synchronized void arrived(SerialTransport end) {
      ends.add(end);
      if (ends.size() == 2) {
        Thread _ = Thread.startVirtualThread(this::begin);
      }
    }

    private void begin() {
      try {
        Thread.sleep(MOMENT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      open = true;
      ends.forEach(SerialTransport::workReady);
    }
  }

  /// An end of a wire that says nothing before the other one is there.
  private static final class Waiting extends ForwardingTransport {
    private final Meeting meeting;

    Waiting(SerialTransport line, Meeting meeting) {
      super(line);
      this.meeting = meeting;
    }

    @Override
    public void start(TransportUser user) {
      line()
          .start(
              new ForwardingUser(user) {
                @Override
                public int fill(byte[] buffer, int offset, int length) {
                  return meeting.open ? super.fill(buffer, offset, length) : 0;
                }
              });
      meeting.arrived(line());
    }
  }

  /// A line whose octets are lost while its cable is mute.
  private static final class Mutable extends ForwardingTransport {
    private final Cable cable;

    Mutable(SerialTransport line, Cable cable) {
      super(line);
      this.cable = cable;
    }

    @Override
    public void start(TransportUser user) {
      line()
          .start(
              new ForwardingUser(user) {
                @Override
                public int fill(byte[] buffer, int offset, int length) {
                  int filled = super.fill(buffer, offset, length);
                  return cable.muted ? 0 : filled;
                }
              });
    }
  }

  /// A daemon that runs.
  final class Running {
    final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    final Station station = new Station();
    final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    final List<String> notified = new CopyOnWriteArrayList<>();
    private volatile Consumer<Signals.Name> signals = signal -> {};
    private volatile int detached;

    /// What it has said so far.
    String out() {
      return octets.toString(StandardCharsets.UTF_8);
    }

    /// How often it has detached.
    int detached() {
      return detached;
    }

    void signal(Signals.Name name) {
      signals.accept(name);
    }

    /// Waits until it has said something.
    void says(String words) throws InterruptedException {
      awaitThat(() -> out().contains(words), words);
    }

    /// Waits until it has said something so many times.
    void says(String words, int times) throws InterruptedException {
      awaitThat(() -> out().split(java.util.regex.Pattern.quote(words), -1).length > times, words);
    }

    void awaitThat(BooleanSupplier condition, String what) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline || (end.isDone() && !condition.getAsBoolean())) {
          throw new AssertionError("never: " + what + "\n" + out());
        }
        Thread.sleep(5);
      }
    }

    /// Waits for its end.
    ExitStatus status() throws Exception {
      return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// Starts a daemon on lines of its own.
  Running start(TestMachine machine, Lines lines, String... words) throws OptionException {
    var running = new Running();
    var out = new PrintStream(running.octets, true, StandardCharsets.UTF_8);
    var around =
        new Surroundings(
            machine,
            new Terminal(out, out, false),
            lines,
            listener -> running.signals = listener,
            () -> {
              running.detached++;
              return true;
            },
            running.notified::add,
            machine.configuration(),
            folder.resolve("no-log").toString());
    var options = OptionReader.read(machine, all(words));
    var daemon = new Daemon(options, around);
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try (Station station = running.station) {
                running.end.complete(daemon.run(station));
              } catch (Throwable e) {
                running.end.completeExceptionally(e);
              }
            });
    all.add(running);
    return running;
  }

  private static List<String> all(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.add("nohost");
    return all;
  }

  /// Ends what still runs, and waits for it: until then files may appear in the folder.
  @Override
  public void close() {
    for (Running running : all) {
      if (!running.end.isDone()) {
        running.signal(Signals.Name.TERM);
      }
    }
    try {
      CompletableFuture.allOf(all.stream().map(one -> one.end).toArray(CompletableFuture[]::new))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // Its own test has seen that.
    } catch (TimeoutException e) {
      throw new AssertionError("a daemon does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pump.close();
    }
  }
}
