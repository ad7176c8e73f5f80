package linedisc.ppp;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.State;
import linedisc.ppp.trace.PacketPrinter;
import org.jspecify.annotations.Nullable;

/// Events on their way to the caller, in the order in which they happened.
///
/// A received frame causes few events and the caller polls after each call, so the queue stays
/// short; traces are dropped when it does not.
final class EventQueue implements Journal {
  private static final int MAX_TRACES = 1024;

  private final boolean tracing;
  private final Queue<PppEvent> events = new ArrayDeque<>();
  private final Map<Discard, Long> discards = new EnumMap<>(Discard.class);

  EventQueue(boolean tracing) {
    this.tracing = tracing;
  }

  void add(PppEvent event) {
    events.add(event);
  }

  @Nullable PppEvent poll() {
    return events.poll();
  }

  boolean isTracing() {
    return tracing;
  }

  /// How many packets were dropped, by reason.
  Map<Discard, Long> discards() {
    return Map.copyOf(discards);
  }

  void trace(String text) {
    if (tracing && events.size() < MAX_TRACES) {
      events.add(new PppEvent.Trace(text));
    }
  }

  /// Traces a frame: Protocol field and information.
  void trace(String direction, byte[] frame, int offset, int length) {
    if (tracing && events.size() < MAX_TRACES) {
      trace(direction + " " + PacketPrinter.print(frame, offset, length));
    }
  }

  @Override
  public void transition(String protocol, State from, State to, Event event) {
    if (tracing) {
      trace(
          from == to
              ? protocol + ": " + event + " in state " + from + " ignored"
              : protocol + ": " + from + " -> " + to + " (" + event + ")");
    }
  }

  @Override
  public void discarded(String protocol, Discard why) {
    discards.merge(why, 1L, Long::sum);
    if (tracing) {
      trace(protocol + ": packet dropped: " + why);
    }
  }
}
