package linedisc.slip;

/// Counters.
public final class SlipStatistics {
  /// All zero.
  public SlipStatistics() {}
}
