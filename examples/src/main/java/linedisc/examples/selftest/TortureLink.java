package linedisc.examples.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import linedisc.examples.selftest.Destroyer.Place;
import linedisc.examples.stack.Station;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.tty.LineDiscipline;
import org.jspecify.annotations.Nullable;

/// One link under torture, round after round: an interface at each end of a line is bound, loaded
/// with traffic and destroyed, while what is left of the round before may still be on its way.
///
/// Both ends are bound anew in each round: a PPP end whose peer has left in good order waits for
/// its Restart timer before it talks again (RFC 1661 section 4.2, state Stopping), a fresh one does
/// not.
final class TortureLink implements Runnable {
  private static final long MILLISECOND = 1_000_000;
  private static final long PATIENCE = 10_000 * MILLISECOND;
  private static final long POLL = 50_000;

  private final Station station;
  private final Executor callers;
  private final Wires wires;
  private final Binder binder;
  private final Destroyer destroyer;
  private final Counts counts;
  private final Stalls stalls;
  private final SplittableRandom random;
  private final BooleanSupplier over;

  /// Interfaces of the round before, which may not have gone yet.
  private final List<Traffic> leaving = new ArrayList<>();

  private @Nullable Line line;

  /// A link without a line.
  ///
  /// @param callers runs senders, receivers and handlers
  /// @param over whether to begin no more rounds
  TortureLink(
      Station station,
      Executor callers,
      Wires wires,
      Destroyer destroyer,
      Counts counts,
      Stalls stalls,
      SplittableRandom random,
      BooleanSupplier over) {
    this.station = station;
    this.callers = callers;
    this.wires = wires;
    this.binder = new Binder(station.interfaces(), random);
    this.destroyer = destroyer;
    this.counts = counts;
    this.stalls = stalls;
    this.random = random;
    this.over = over;
  }

  /// Opens the first line.
  ///
  /// @throws PortException with a sentence
  void open() throws PortException {
    line = Line.open(wires, station.ttys(), random);
  }

  /// Plays rounds until it is over, and closes the line. An end of its own is a fault.
  @Override
  public void run() {
    try {
      boolean sound = true;
      while (sound && !over.getAsBoolean()) {
        if (line == null) {
          open();
        }
        sound = play(present());
      }
      settle();
    } catch (PortException | NetException | RuntimeException | Error e) {
      counts.fault(Counts.Fault.FAILURES, wires.name() + " ended with " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private Line present() {
    if (line == null) {
      throw new IllegalStateException(wires.name() + " has no line");
    }
    return line;
  }

  /// One round.
  ///
  /// @return whether packets came through
  private boolean play(Line on) throws NetException, InterruptedException {
    boolean ppp = random.nextBoolean();
    boolean settled = random.nextBoolean();
    if (settled) {
      settle();
    }
    bind(on, ppp);
    settle();
    on.release();
    start(on, ppp, settled);
    boolean loaded = await(on::isLoaded, PATIENCE);
    if (!loaded) {
      counts.fault(
          Counts.Fault.FAILURES,
          "nothing came through both ways over " + wires.name() + (ppp ? " (ppp)" : " (sl)"));
      hangUp(on);
      return false;
    }
    LockSupport.parkNanos(random.nextLong(MILLISECOND / 2));
    end(on, ppp);
    counts.count(Counts.Event.ROUNDS);
    return true;
  }

  // ---- the beginning

  private void bind(Line on, boolean ppp) throws NetException {
    for (Line.End end : on.inAnyOrder(random)) {
      LineDiscipline discipline = ppp ? end.ppp : end.slip;
      Binder.Bound bound = binder.bind(end.tty, discipline);
      end.traffic = new Traffic(bound, counts, stalls, random.split());
    }
  }

  /// Begins the traffic, once it is known which packets of the round before may still come. SLIP
  /// takes whatever is on the wire. PPP takes nothing before it has negotiated; but an end that was
  /// bound at once may have done that with the last interface at the other end, before that was
  /// unlinked.
  private void start(Line on, boolean ppp, boolean settled) throws NetException {
    for (Line.End end : on.ends()) {
      boolean mayBeNoisy = !wires.isPerfect() || (!ppp && !end.clean);
      boolean sealed = ppp ? settled : end.clean;
      long straggler = sealed ? 0 : end.lastTag;
      end.traffic().start(on.other(end).traffic(), straggler, mayBeNoisy, callers);
    }
  }

  // ---- the end

  private void end(Line on, boolean ppp) throws InterruptedException {
    for (Line.End end : on.ends()) {
      end.clean = false;
      end.lastTag = on.other(end).traffic().sendTag();
    }
    int choice = on.isOurs() ? random.nextInt(100) : 5 + random.nextInt(95);
    if (choice < 1) {
      hangUp(on);
    } else if (choice < 5) {
      unbindFirst(on);
    } else if (choice < (ppp ? 15 : 55)) {
      oneAfterTheOther(on);
    } else {
      bothAtOnce(on);
    }
  }

  /// One end goes, all it has sent is read, then the other end goes, perhaps while its reader still
  /// holds the last of it: of which nothing may reach the interface that comes next.
  private void oneAfterTheOther(Line on) throws InterruptedException {
    List<Line.End> order = on.inAnyOrder(random);
    Line.End first = order.getFirst();
    Line.End second = order.getLast();
    boolean stuck = wires.isPerfect() && random.nextBoolean();
    if (stuck) {
      second.line.hold();
      boolean held = await(second.line::isHolding, 20 * MILLISECOND);
      if (held) {
        counts.count(Counts.Event.STUCK_DESTROYS);
      }
    }
    destroy(first);
    first.traffic().awaitRemoval(null);
    Removal _ = first.tty.unbind();
    long patience = wires.isPerfect() ? 5 * MILLISECOND : 1000 * MILLISECOND;
    second.clean = await(() -> first.line.hasReached(second.line), patience);
    destroy(second);
    leave(on);
  }

  private void bothAtOnce(Line on) throws InterruptedException {
    List<Line.End> order = on.inAnyOrder(random);
    for (Line.End end : order) {
      begin(end);
    }
    for (Line.End end : order) {
      insist(end);
      if (random.nextBoolean()) {
        Removal _ = end.tty.unbind();
      }
    }
    leave(on);
  }

  /// The port lets an interface go before it is destroyed, so that it is no longer bound; one that
  /// goes with its binding is gone by then.
  private void unbindFirst(Line on) throws InterruptedException {
    for (Line.End end : on.inAnyOrder(random)) {
      end.traffic().expectHangUp();
      Removal _ = end.tty.unbind();
      destroy(end);
    }
    leave(on);
  }

  /// The line goes under traffic, and while it goes the interfaces are destroyed.
  private void hangUp(Line on) throws InterruptedException {
    counts.count(Counts.Event.HANG_UPS);
    for (Line.End end : on.ends()) {
      end.traffic().expectHangUp();
    }
    on.pull(random);
    for (Line.End end : on.inAnyOrder(random)) {
      destroy(end);
    }
    leave(on);
    close();
  }

  private void destroy(Line.End end) {
    begin(end);
    insist(end);
  }

  private void begin(Line.End end) {
    Place[] places = Place.values();
    Place place = places[random.nextInt(places.length)];
    destroyer.begin(end.traffic(), place, random.nextLong(MILLISECOND));
  }

  private void insist(Line.End end) {
    if (!await(end.traffic()::isDestroyed, 2 * MILLISECOND)) {
      destroyer.insist(end.traffic());
    }
  }

  private void leave(Line on) {
    for (Line.End end : on.ends()) {
      leaving.add(end.traffic());
      end.traffic = null;
    }
  }

  /// Sees the interfaces of the round before out.
  private void settle() throws InterruptedException {
    for (Traffic traffic : leaving) {
      traffic.awaitRemoval(station.interfaces().removal(traffic.netInterface().index()));
      traffic.awaitCallers();
    }
    leaving.clear();
  }

  /// Closes the line, if there is one.
  void close() {
    Line closing = line;
    line = null;
    if (closing != null && !closing.close()) {
      counts.fault(Counts.Fault.FAILURES, "a port of " + wires.name() + " can't be closed");
    }
  }

  private static boolean await(BooleanSupplier condition, long patience) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > patience) {
        return false;
      }
      LockSupport.parkNanos(POLL);
    }
    return true;
  }
}
