package linedisc.serial.net;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import linedisc.serial.life.Sync;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// The one word of an interface.
public class StateWordStress {
  private static StateWord attached() {
    StateWord word = new StateWord(Sync.system(), StateWord.UP, 1500);
    if (!word.advance(InterfaceState.ALLOCATED, InterfaceState.ATTACHED)) {
      throw new IllegalStateException();
    }
    return word;
  }

  /// Of several destroyers one wins.
  @JCStressTest
  @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "the first")
  @Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "the second")
  @Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "the third")
  @Outcome(expect = FORBIDDEN, desc = "two winners, or none")
  @State
  public static class OneWinner {
    private final StateWord word = attached();

    @Actor
    public void first(ZZZ_Result r) {
      r.r1 = word.advance(InterfaceState.ATTACHED, InterfaceState.DETACHING);
    }

    @Actor
    public void second(ZZZ_Result r) {
      r.r2 = word.advance(InterfaceState.ATTACHED, InterfaceState.DETACHING);
    }

    @Actor
    public void third(ZZZ_Result r) {
      r.r3 = word.advance(InterfaceState.ATTACHED, InterfaceState.DETACHING);
    }
  }

  /// A flag set beside a destroy neither brings the interface back nor is lost before it.
  @JCStressTest
  @Outcome(id = "true, true, DETACHING", expect = ACCEPTABLE, desc = "the flag came first")
  @Outcome(id = "false, true, DETACHING", expect = ACCEPTABLE, desc = "the flag came too late")
  @Outcome(expect = FORBIDDEN, desc = "alive again")
  @State
  public static class NoWayBack {
    private final StateWord word = attached();

    @Actor
    public void flag(ZZL_Result r) {
      r.r1 = word.update(w -> StateWord.withOpen(w, NetworkProtocol.IPV4));
    }

    @Actor
    public void destroy(ZZL_Result r) {
      r.r2 = word.advance(InterfaceState.ATTACHED, InterfaceState.DETACHING);
    }

    @Arbiter
    public void end(ZZL_Result r) {
      long last = word.get();
      boolean set = (last & StateWord.RUNNING) != 0;
      r.r3 = set == r.r1 ? StateWord.state(last) : "a flag was lost";
    }
  }

  /// An unbind that takes an AUTO interface along, beside a keep.
  @JCStressTest
  @Outcome(id = "true, false, ATTACHED", expect = ACCEPTABLE, desc = "kept")
  @Outcome(id = "false, true, DETACHING", expect = ACCEPTABLE, desc = "gone")
  @Outcome(expect = FORBIDDEN, desc = "kept and gone")
  @State
  public static class KeepOrLeave {
    private final StateWord word = attached();

    @Actor
    public void keep(ZZL_Result r) {
      r.r1 = word.update(w -> w | StateWord.STICKY);
    }

    @Actor
    public void leave(ZZL_Result r) {
      for (; ; ) {
        long before = word.get();
        if ((before & StateWord.STICKY) != 0) {
          return;
        }
        if (word.change(before, StateWord.withState(before, InterfaceState.DETACHING))) {
          r.r2 = true;
          return;
        }
      }
    }

    @Arbiter
    public void end(ZZL_Result r) {
      r.r3 = StateWord.state(word.get());
    }
  }
}
