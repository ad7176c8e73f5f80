package linedisc.examples.selftest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/// What a run has counted. Any thread.
final class Counts {
  /// A fault that must never be seen.
  enum Fault {
    /// A call came to an interface after it had been unlinked.
    TOUCHES,
    /// A caller woke without ENXIO, or too late, or never.
    WRONG_WAKEUPS,
    /// A packet reached an interface that it was not sent to.
    MISDELIVERED,
    /// A packet was not what had been sent, on a line that damages nothing.
    DAMAGED,
    /// Not exactly one of those who destroyed an interface was told that it did.
    DOUBLE_DESTROYS,
    /// Something else that should not be: an operation refused, a link that carried nothing.
    FAILURES,
    /// Threads that were left.
    LEAKED_THREADS,
    /// Descriptors that were left.
    LEAKED_DESCRIPTORS,
    /// Ports that were left.
    LEAKED_PORTS,
    /// Unit numbers that were not free again.
    LEAKED_UNITS,
    /// Interfaces, or tombstones of them, that were left.
    LEAKED_INTERFACES;

    /// Its name in the report.
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What happened, and was meant to.
  enum Event {
    /// Links of both ends were brought up, loaded and ended.
    ROUNDS,
    /// A bound `ppp` interface with IPCP Opened was destroyed, after a checked packet each way.
    PPP_DESTROYS,
    /// A bound `sl` interface was destroyed, after a checked packet each way.
    SL_DESTROYS,
    /// Any other interface was destroyed: no longer bound, or its IPCP down already.
    OTHER_DESTROYS,
    /// Of all destroys, those while the line's other end did not read.
    STUCK_DESTROYS,
    /// A line was pulled out or closed under traffic.
    HANG_UPS,
    /// Packets that were checked and found right.
    PACKETS,
    /// Packets to the interface before, of which nobody could know: see [TortureLink].
    STRAGGLERS,
    /// What SLIP made of half frames that were still on the wire then, or of a noisy cable.
    NOISE,
    /// Wake-ups later than 100 ms on a machine that was that slow for others too: see [Stalls].
    EXCUSED_WAKEUPS;

    /// Its name in the report.
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MOST_SENTENCES = 20;

  private final Map<Fault, AtomicLong> faults = new EnumMap<>(Fault.class);
  private final Map<Event, AtomicLong> events = new EnumMap<>(Event.class);
  private final LongAccumulator slowestWakeup = new LongAccumulator(Math::max, 0);
  private final LongAccumulator slowestRemoval = new LongAccumulator(Math::max, 0);
  private final AtomicLong said = new AtomicLong();
  private final List<String> sentences = new ArrayList<>();

  Counts() {
    for (Fault fault : Fault.values()) {
      faults.put(fault, new AtomicLong());
    }
    for (Event event : Event.values()) {
      events.put(event, new AtomicLong());
    }
  }

  void count(Event event) {
    Objects.requireNonNull(events.get(event)).incrementAndGet();
  }

  void fault(Fault fault, String sentence) {
    fault(fault, 1, sentence);
  }

  /// Counts a fault `times` times; 0: not at all.
  void fault(Fault fault, long times, String sentence) {
    if (times == 0) {
      return;
    }
    Objects.requireNonNull(faults.get(fault)).addAndGet(times);
    if (said.incrementAndGet() <= MOST_SENTENCES) {
      synchronized (sentences) {
        sentences.add(fault.key() + ": " + sentence);
      }
    }
  }

  void wokeUp(long nanos) {
    slowestWakeup.accumulate(nanos);
  }

  void removed(long nanos) {
    slowestRemoval.accumulate(nanos);
  }

  long of(Event event) {
    return Objects.requireNonNull(events.get(event)).get();
  }

  long of(Fault fault) {
    return Objects.requireNonNull(faults.get(fault)).get();
  }

  /// Bound interfaces that were destroyed under traffic.
  long destroys() {
    return of(Event.PPP_DESTROYS) + of(Event.SL_DESTROYS);
  }

  /// Whether nothing was seen that must never be.
  boolean isClean() {
    for (Fault fault : Fault.values()) {
      if (of(fault) != 0) {
        return false;
      }
    }
    return true;
  }

  /// The first faults, in words.
  List<String> sentences() {
    synchronized (sentences) {
      return List.copyOf(sentences);
    }
  }

  /// The longest wait of a caller for its ENXIO, in nanoseconds.
  long slowestWakeup() {
    return slowestWakeup.get();
  }

  /// The longest removal that somebody had to wait for, in nanoseconds.
  long slowestRemoval() {
    return slowestRemoval.get();
  }

  /// All figures by name.
  void addTo(Map<String, Object> report) {
    report.put("destroys", destroys());
    for (Event event : Event.values()) {
      report.put(event.key(), of(event));
    }
    for (Fault fault : Fault.values()) {
      report.put(fault.key(), of(fault));
    }
    report.put("slowest_wakeup_ms", slowestWakeup() / 1_000_000);
    report.put("slowest_removal_ms", slowestRemoval() / 1_000_000);
  }

  @Override
  public String toString() {
    Map<String, Object> all = new TreeMap<>();
    addTo(all);
    return all.toString();
  }
}
