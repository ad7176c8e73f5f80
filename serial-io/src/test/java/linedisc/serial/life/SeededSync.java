package linedisc.serial.life;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A [Sync] under which one thread runs at a time, and a seed decides which goes next each time one
/// parks, ends, or comes to a [#step]. Time creeps while anybody can run, and jumps to the first
/// deadline when nobody can. The same seed gives the same schedule.
///
/// A park returns for no reason at all now and then, as it may.
public final class SeededSync implements Sync {
  /// Enough for any scenario; more is a livelock.
  private static final int MAX_STEPS = 500_000;

  /// A scenario: runs on an actor of its own, which [#spawn]s others.
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /// Ends the threads that are left when all is over.
  private static final class Over extends Error {
    private static final long serialVersionUID = 1L;

    Over() {
      super("the schedule is over", null, false, false);
    }
  }

  /// One of the threads. Touched only by whichever of them has its turn.
  private static final class Actor {
    final String name;

    /// Whether the scenario is over only when it has ended.
    final boolean client;

    final Thread thread;
    int priority;
    boolean parked;
    boolean permit;
    boolean ended;
    long deadline = FOREVER;

    /// Hands the turn over.
    volatile boolean turn;

    Actor(String name, boolean client, Thread thread) {
      this.name = name;
      this.client = client;
      this.thread = thread;
    }

    /// Whose end it waits for.
    @Nullable Actor joining;

    /// Whether it waits until nobody else can run.
    boolean waitsForIdle;

    boolean canRun() {
      Actor other = joining;
      return !ended && (!parked || permit) && (other == null || other.ended) && !waitsForIdle;
    }
  }

  private final SplittableRandom random;
  private final long seed;

  /// A step changes threads, or priorities, once in so many times.
  private final int stickiness;

  /// Whether whoever has the highest priority goes next, so that others fall far behind; now and
  /// then the one whose turn it was becomes the last of all.
  private final boolean byPriority;

  private int lowest;

  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> ready = new ArrayList<>();
  private volatile @Nullable Actor current;
  private volatile boolean over;
  private @Nullable Throwable failure;
  private Thread controller = Thread.currentThread();
  private long now = 1_000_000_000L;
  private int steps;
  private long trace;

  /// A scheduler that has nothing to schedule yet.
  public SeededSync(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.byPriority = random.nextInt(2) == 0;
    this.stickiness = 1 << random.nextInt(4);
  }

  /// Runs a scenario to its end: until it and all actors that it has spawned have ended.
  ///
  /// @return a number that stands for the schedule
  public long run(Body scenario) {
    controller = Thread.currentThread();
    Actor first = add("main", true, body(scenario));
    first.thread.start();
    pass(first);
    while (!over) {
      LockSupport.park(this);
    }
    for (Actor actor : actors) {
      LockSupport.unpark(actor.thread);
    }
    for (Actor actor : actors) {
      try {
        actor.thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new AssertionError("seed " + seed + ": " + thrown, thrown);
    }
    return trace;
  }

  /// Starts an actor of the scenario.
  public Thread spawn(String name, Body body) {
    Actor actor = add(name, true, body(body));
    actor.thread.start();
    return actor.thread;
  }

  /// Waits for an actor to end.
  public void join(Thread thread) {
    Actor joined = actorOf(thread);
    Actor me = me();
    if (me == null) {
      throw new AssertionError("not an actor: " + Thread.currentThread());
    }
    me.joining = joined;
    yieldTurn();
    me.joining = null;
  }

  /// Waits until nobody else can run without time passing.
  public void awaitIdle() {
    Actor me = me();
    if (me == null) {
      throw new AssertionError("not an actor: " + Thread.currentThread());
    }
    me.waitsForIdle = true;
    yieldTurn();
    me.waitsForIdle = false;
  }

  /// A number below `bound`, by the seed.
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  // ---- Sync

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void park(long nanos) {
    checkOver();
    Actor me = me();
    if (me == null) {
      throw new AssertionError("parked: " + Thread.currentThread());
    }
    if (me.permit || nanos <= 0 || random.nextInt(32) == 0) {
      me.permit = false;
      yieldTurn();
      return;
    }
    me.parked = true;
    me.deadline = nanos == FOREVER ? FOREVER : now + nanos;
    yieldTurn();
    me.parked = false;
    me.permit = false;
    me.deadline = FOREVER;
  }

  @Override
  public void unpark(Thread thread) {
    Actor actor = actorOf(thread);
    actor.permit = true;
  }

  @Override
  public Thread start(String name, Runnable body) {
    Actor actor = add(name, false, () -> OwnThread.run(body));
    actor.thread.start();
    return actor.thread;
  }

  @Override
  public void step() {
    if (me() != null && !over) {
      now += random.nextInt(1000);
      if (byPriority || random.nextInt(stickiness) == 0) {
        yieldTurn();
      }
    }
  }

  // ---- inside

  private Runnable body(Body body) {
    return () -> {
      try {
        body.run();
      } catch (Over e) {
        throw e;
      } catch (Throwable e) {
        fail(e);
      }
    };
  }

  private Actor add(String name, boolean client, Runnable body) {
    Actor[] self = new Actor[1];
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              Actor actor = self[0];
              try {
                awaitTurn(actor);
                body.run();
                actor.ended = true;
                yieldTurn();
              } catch (Over e) {
                // As intended.
              } catch (Throwable e) {
                fail(e);
              }
            });
    Actor actor = new Actor(name, client, thread);
    self[0] = actor;
    actor.priority = random.nextInt(1000);
    actors.add(actor);
    return actor;
  }

  /// The actor whose turn it is; null on a thread that is none.
  @SuppressWarnings("ReferenceEquality") // a thread is itself
  private @Nullable Actor me() {
    Actor actor = current;
    return actor != null && actor.thread == Thread.currentThread() ? actor : null;
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself
  private Actor actorOf(Thread thread) {
    for (Actor actor : actors) {
      if (actor.thread == thread) {
        return actor;
      }
    }
    throw new AssertionError("no actor: " + thread);
  }

  private void checkOver() {
    if (over) {
      throw new Over();
    }
  }

  private void fail(Throwable e) {
    if (!over) {
      failure = e;
      finish();
    }
  }

  private void finish() {
    over = true;
    LockSupport.unpark(controller);
  }

  /// Gives the turn to whoever the seed says.
  private void yieldTurn() {
    Actor me = me();
    if (me == null) {
      throw new AssertionError("not an actor: " + Thread.currentThread());
    }
    if (++steps > MAX_STEPS) {
      fail(new AssertionError("livelock"));
      throw new Over();
    }
    if (byPriority && random.nextInt(4 * stickiness) == 0) {
      me.priority = --lowest;
    }
    Actor next = choose();
    if (next == null) {
      checkOver();
      return;
    }
    trace = 31 * trace + next.name.hashCode();
    if (next != me) {
      pass(next);
      if (!me.ended) {
        awaitTurn(me);
      }
    }
  }

  /// Who goes next; null: nobody ever will, and all is over.
  private @Nullable Actor choose() {
    boolean clients = false;
    for (Actor actor : actors) {
      clients |= actor.client && !actor.ended;
    }
    if (!clients) {
      finish();
      return null;
    }
    for (; ; ) {
      ready.clear();
      long first = FOREVER;
      for (Actor actor : actors) {
        if (actor.canRun() || (!actor.ended && actor.deadline <= now)) {
          ready.add(actor);
        } else if (!actor.ended) {
          first = Math.min(first, actor.deadline);
        }
      }
      if (!ready.isEmpty()) {
        return byPriority ? first(ready) : ready.get(random.nextInt(ready.size()));
      }
      for (Actor actor : actors) {
        if (actor.waitsForIdle && !actor.ended) {
          return actor;
        }
      }
      if (first == FOREVER) {
        fail(new AssertionError("deadlock" + state()));
        return null;
      }
      now = first;
    }
  }

  private static Actor first(List<Actor> candidates) {
    Actor first = candidates.getFirst();
    for (Actor actor : candidates) {
      if (actor.priority > first.priority) {
        first = actor;
      }
    }
    return first;
  }

  private String state() {
    StringBuilder text = new StringBuilder();
    for (Actor actor : actors) {
      if (!actor.ended) {
        text.append(System.lineSeparator()).append(actor.name);
        for (StackTraceElement frame : actor.thread.getStackTrace()) {
          if (frame.getClassName().startsWith("linedisc")) {
            text.append(System.lineSeparator()).append("    ").append(frame);
          }
        }
      }
    }
    return text.toString();
  }

  private void pass(Actor next) {
    current = next;
    next.turn = true;
    LockSupport.unpark(next.thread);
  }

  private void awaitTurn(Actor actor) {
    while (!actor.turn) {
      checkOver();
      LockSupport.park(this);
    }
    actor.turn = false;
    checkOver();
  }
}
