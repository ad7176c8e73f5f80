package linedisc.serial.forward.tcp;

/// Octets that have come, in a ring as large as the largest window: those in order, which may be
/// read, and behind them pieces that came too early, a bounded number of them.
final class ReceiveBuffer {
  private static final int PIECES = 16;

  private final byte[] ring;
  private int first;
  private int ready;

  // Pieces that came too early, in order and apart: [from, to) counted from the next octet awaited.
  private final int[] from = new int[PIECES];
  private final int[] to = new int[PIECES];
  private int pieces;

  ReceiveBuffer(int capacity) {
    ring = new byte[capacity];
  }

  /// How many octets can be read.
  int ready() {
    return ready;
  }

  /// How many more octets in order there is room for: the window.
  int room() {
    return ring.length - ready;
  }

  /// Takes octets that have come.
  ///
  /// @param early how many octets are still awaited before them
  /// @param length `early + length` is at most [#room]
  /// @return how many octets are in order now that were not before
  int put(int early, byte[] b, int offset, int length) {
    if (!note(early, early + length)) {
      return 0;
    }
    int at = (first + ready + early) % ring.length;
    int straight = Math.min(length, ring.length - at);
    System.arraycopy(b, offset, ring, at, straight);
    System.arraycopy(b, offset + straight, ring, 0, length - straight);
    if (from[0] > 0) {
      return 0;
    }
    int advance = to[0];
    ready += advance;
    pieces--;
    for (int i = 0; i < pieces; i++) {
      from[i] = from[i + 1] - advance;
      to[i] = to[i + 1] - advance;
    }
    return advance;
  }

  /// Takes octets in order out.
  ///
  /// @return how many
  int read(byte[] b, int offset, int length) {
    int given = Math.min(length, ready);
    int straight = Math.min(given, ring.length - first);
    System.arraycopy(ring, first, b, offset, straight);
    System.arraycopy(ring, 0, b, offset + straight, given - straight);
    first = (first + given) % ring.length;
    ready -= given;
    return given;
  }

  /// Adds a piece, and joins it with those that it touches.
  ///
  /// @return false: there are too many, and it is not taken
  private boolean note(int begin, int end) {
    int before = 0;
    while (before < pieces && to[before] < begin) {
      before++;
    }
    int after = before;
    int joinedFrom = begin;
    int joinedTo = end;
    while (after < pieces && from[after] <= end) {
      joinedFrom = Math.min(joinedFrom, from[after]);
      joinedTo = Math.max(joinedTo, to[after]);
      after++;
    }
    int left = pieces - (after - before) + 1;
    if (left > PIECES) {
      return false;
    }
    System.arraycopy(from, after, from, before + 1, pieces - after);
    System.arraycopy(to, after, to, before + 1, pieces - after);
    from[before] = joinedFrom;
    to[before] = joinedTo;
    pieces = left;
    return true;
  }
}
