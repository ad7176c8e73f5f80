package linedisc.examples.interop;

/// How data gets from one end to the other.
enum Transport {
  /// One way per port; what is lost is lost.
  UDP,
  /// The guest's; linedisc forwards it and has none of its own.
  TCP
}
