package linedisc.serial.forward.tcp;

/// Octets that the peer has not acknowledged, sent or not, in a ring.
final class SendBuffer {
  private final byte[] ring;
  private int first;
  private int count;

  SendBuffer(int capacity) {
    ring = new byte[capacity];
  }

  /// How many there are.
  int count() {
    return count;
  }

  /// Appends what there is room for.
  ///
  /// @return how many were taken
  int write(byte[] b, int offset, int length) {
    int taken = Math.min(length, ring.length - count);
    int at = (first + count) % ring.length;
    int straight = Math.min(taken, ring.length - at);
    System.arraycopy(b, offset, ring, at, straight);
    System.arraycopy(b, offset + straight, ring, 0, taken - straight);
    count += taken;
    return taken;
  }

  /// Copies some.
  ///
  /// @param from how many come before them
  void copy(int from, byte[] b, int offset, int length) {
    int at = (first + from) % ring.length;
    int straight = Math.min(length, ring.length - at);
    System.arraycopy(ring, at, b, offset, straight);
    System.arraycopy(ring, 0, b, offset + straight, length - straight);
  }

  /// Forgets the first ones.
  void drop(int octets) {
    first = (first + octets) % ring.length;
    count -= octets;
  }
}
