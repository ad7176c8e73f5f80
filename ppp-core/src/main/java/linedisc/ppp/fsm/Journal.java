package linedisc.ppp.fsm;

/// Where a control protocol reports what happens to it, for traces and counters.
public interface Journal {
  /// A state was left for another, or an event was met that cannot occur.
  void transition(String protocol, State from, State to, Event event);

  /// A received packet was dropped.
  void discarded(String protocol, Discard why);
}
