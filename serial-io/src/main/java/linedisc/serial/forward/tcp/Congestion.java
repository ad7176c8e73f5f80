package linedisc.serial.forward.tcp;

/// How much may be under way, as far as the path is concerned: slow start, congestion avoidance,
/// fast retransmit and recovery (RFC 5681, RFC 6582). Octets.
final class Congestion {
  private static final int DUPLICATES = 3;

  /// More than any window.
  private static final int MOST = 1 << 20;

  private int segment;
  private int window;
  private int threshold = MOST;
  private int duplicates;
  private boolean recovering;

  /// What was under way when recovery began ends here.
  private int recoverTo;

  /// The connection is open.
  void begin(int segmentOctets) {
    segment = segmentOctets;
    // RFC 5681 section 3.1.
    window = Math.min(4 * segment, Math.max(2 * segment, 4380));
  }

  int window() {
    return window;
  }

  /// Something new was acknowledged.
  ///
  /// @return whether the first segment is to be sent again
  boolean acknowledged(int octets, int ack) {
    duplicates = 0;
    if (recovering) {
      if (ack - recoverTo < 0) {
        window = Math.max(segment, window - octets + segment);
        return true;
      }
      recovering = false;
      window = threshold;
      return false;
    }
    int growth =
        window < threshold
            ? Math.min(octets, segment)
            : Math.max(1, (int) ((long) segment * segment / Math.max(1, window)));
    window = Math.min(MOST, window + growth);
    return false;
  }

  /// The same was acknowledged again: something has come out of order, or was lost.
  ///
  /// @return whether the first segment is to be sent again
  boolean duplicate(int underWay, int sndMax) {
    duplicates++;
    if (recovering) {
      window = Math.min(MOST, window + segment);
    } else if (duplicates == DUPLICATES) {
      threshold = Math.max(underWay / 2, 2 * segment);
      window = threshold + DUPLICATES * segment;
      recovering = true;
      recoverTo = sndMax;
      return true;
    }
    return false;
  }

  /// Nothing was acknowledged in time.
  void timeout(int underWay) {
    threshold = Math.max(underWay / 2, 2 * segment);
    window = Math.max(1, segment);
    duplicates = 0;
    recovering = false;
  }
}
