package linedisc.serial.life;

/// Packets one after another in a ring of octets, each behind its length; memory comes as it is
/// needed, up to a bound. Not thread-safe: guarded by its owner.
public final class PacketRing {
  private static final int PREFIX = Integer.BYTES;
  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] NONE = {};

  private final int maxPackets;
  private final int maxOctets;

  private byte[] ring = NONE;
  private int head;
  private int used;
  private int count;

  /// An empty ring.
  ///
  /// @param maxPackets bound on packets
  /// @param maxOctets bound on their octets, lengths not counted; a packet longer than that never
  ///   fits
  public PacketRing(int maxPackets, int maxOctets) {
    this.maxPackets = maxPackets;
    this.maxOctets = maxOctets;
  }

  /// How many packets are in.
  public int count() {
    return count;
  }

  /// Octets of the packets that are in.
  public int octets() {
    return used - count * PREFIX;
  }

  /// Whether a packet of `length` octets would fit.
  public boolean fits(int length) {
    return count < maxPackets && length <= maxOctets - octets();
  }

  /// Appends one packet made of two pieces.
  ///
  /// @return false: it does not fit, and nothing has changed
  public boolean add(byte[] first, int firstLength, byte[] buffer, int offset, int length) {
    int total = firstLength + length;
    if (!fits(total)) {
      return false;
    }
    ensure(used + PREFIX + total);
    for (int i = 0; i < PREFIX; i++) {
      ring[index(used + i)] = (byte) (total >>> (24 - 8 * i));
    }
    int at = index(used + PREFIX);
    at = copyIn(first, 0, firstLength, at);
    copyIn(buffer, offset, length, at);
    used += PREFIX + total;
    count++;
    return true;
  }

  /// Appends one packet.
  ///
  /// @return false: it does not fit, and nothing has changed
  public boolean add(byte[] buffer, int offset, int length) {
    return add(NONE, 0, buffer, offset, length);
  }

  /// Length of the first packet; -1: none is in.
  public int firstLength() {
    if (count == 0) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < PREFIX; i++) {
      length = length << 8 | Byte.toUnsignedInt(ring[index(i)]);
    }
    return length;
  }

  /// Takes the first packet; what is longer than `room` is cut off.
  ///
  /// @return its whole length; -1: none is in
  public int remove(byte[] buffer, int offset, int room) {
    int length = firstLength();
    if (length < 0) {
      return -1;
    }
    int wanted = Math.min(length, room);
    int from = index(PREFIX);
    int straight = Math.min(wanted, ring.length - from);
    System.arraycopy(ring, from, buffer, offset, straight);
    System.arraycopy(ring, 0, buffer, offset + straight, wanted - straight);
    head = index(PREFIX + length);
    used -= PREFIX + length;
    count--;
    return length;
  }

  /// Drops all packets and gives the memory back.
  public void clear() {
    ring = NONE;
    head = 0;
    used = 0;
    count = 0;
  }

  private int index(int distance) {
    int at = head + distance;
    return at >= ring.length ? at - ring.length : at;
  }

  private int copyIn(byte[] from, int offset, int length, int at) {
    int straight = Math.min(length, ring.length - at);
    System.arraycopy(from, offset, ring, at, straight);
    System.arraycopy(from, offset + straight, ring, 0, length - straight);
    int next = at + length;
    return next >= ring.length ? next - ring.length : next;
  }

  private void ensure(int needed) {
    if (needed <= ring.length) {
      return;
    }
    byte[] larger = new byte[Math.max(needed, Math.max(FIRST_CAPACITY, 2 * ring.length))];
    int straight = Math.min(used, ring.length - head);
    System.arraycopy(ring, head, larger, 0, straight);
    System.arraycopy(ring, 0, larger, straight, used - straight);
    ring = larger;
    head = 0;
  }
}
