package linedisc.examples.modem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Octets on their way to one side of a modem; what goes beyond its bound is lost.
final class Octets {
  private static final int FIRST = 1024;

  private final int bound;
  private byte[] buffer = new byte[FIRST];
  private int from;
  private int to;

  /// None.
  ///
  /// @param bound the most that may wait
  Octets(int bound) {
    this.bound = bound;
  }

  int size() {
    return to - from;
  }

  void add(byte[] octets, int offset, int length) {
    int taken = Math.min(length, bound - size());
    if (to + taken > buffer.length) {
      buffer = Arrays.copyOfRange(buffer, from, from + Math.max(FIRST, 2 * (size() + taken)));
      to -= from;
      from = 0;
    }
    System.arraycopy(octets, offset, buffer, to, taken);
    to += taken;
  }

  void add(int octet) {
    add(new byte[] {(byte) octet}, 0, 1);
  }

  void add(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    add(octets, 0, octets.length);
  }

  int poll(byte[] target, int offset, int room) {
    int length = Math.min(room, size());
    System.arraycopy(buffer, from, target, offset, length);
    from += length;
    if (from == to) {
      clear();
    }
    return length;
  }

  void clear() {
    from = 0;
    to = 0;
  }
}
