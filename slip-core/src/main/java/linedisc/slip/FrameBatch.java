package linedisc.slip;

import java.util.Objects;

/// Frames back to back in one array: what a reader has decoded before it takes the port's lock, and
/// what an engine has filled for the writer to encode. Allocated once, used again after [#clear()].
///
/// A frame is added in two steps, so that it can be built in place: [#claim(int)] says where to
/// write, [#commit(int, int)] says how much was written; until then the frame is not there. Or in
/// one step with [#add(byte[], int, int, int)].
///
/// Owned by one thread at a time; nothing here is synchronized.
public final class FrameBatch {
  /// Mark of a received frame: something was lost or damaged between the frame before and this one,
  /// so decompressors must not trust what they remember.
  public static final int AFTER_LOSS = 1;

  private final byte[] buffer;
  private final int[] offsets;
  private final int[] lengths;
  private final int[] marks;
  private int count;
  private int used;
  private int claimed = -1;

  /// An empty batch.
  ///
  /// @param octets room for all frames together, at least 1
  /// @param frames how many frames fit at most, at least 1
  public FrameBatch(int octets, int frames) {
    if (octets < 1 || frames < 1) {
      throw new IllegalArgumentException("octets " + octets + ", frames " + frames);
    }
    buffer = new byte[octets];
    offsets = new int[frames];
    lengths = new int[frames];
    marks = new int[frames];
  }

  /// Returns the array that holds the frames; its length never changes.
  public byte[] buffer() {
    return buffer;
  }

  /// Returns the number of frames.
  public int count() {
    return count;
  }

  /// Returns where frame `index` begins in the buffer.
  public int offset(int index) {
    return offsets[Objects.checkIndex(index, count)];
  }

  /// Returns the length of frame `index` in octets; 0 is allowed.
  public int length(int index) {
    return lengths[Objects.checkIndex(index, count)];
  }

  /// Returns the mark of frame `index`: bits that its producer and its consumer agree on.
  public int mark(int index) {
    return marks[Objects.checkIndex(index, count)];
  }

  /// Returns how many octets are free.
  public int room() {
    return buffer.length - used;
  }

  /// Returns whether no further frame fits, however short.
  public boolean isFull() {
    return count == offsets.length;
  }

  /// Reserves room for one frame. A second claim before the commit replaces the first.
  ///
  /// @param length the most octets that the frame may take
  /// @return the offset to write at, or -1 if there is no room
  public int claim(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("length " + length);
    }
    if (isFull() || length > room()) {
      claimed = -1;
      return -1;
    }
    claimed = length;
    return used;
  }

  /// Adds the frame that was claimed.
  ///
  /// @param length in octets, at most what was claimed
  /// @param mark bits for the consumer
  public void commit(int length, int mark) {
    if (length < 0 || length > claimed) {
      throw new IllegalStateException("commit of " + length + " after a claim of " + claimed);
    }
    claimed = -1;
    offsets[count] = used;
    lengths[count] = length;
    marks[count] = mark;
    count++;
    used += length;
  }

  /// Copies one frame in.
  ///
  /// @return whether there was room
  public boolean add(byte[] source, int offset, int length, int mark) {
    int at = claim(length);
    if (at < 0) {
      return false;
    }
    System.arraycopy(source, offset, buffer, at, length);
    commit(length, mark);
    return true;
  }

  /// Forgets all frames. The octets stay in the buffer until they are written over.
  public void clear() {
    count = 0;
    used = 0;
    claimed = -1;
  }
}
