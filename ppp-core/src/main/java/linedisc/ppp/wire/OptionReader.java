package linedisc.ppp.wire;

import java.util.Arrays;
import java.util.Objects;

/// Walks over a list of Configuration Options (RFC 1661 section 6): type, length (which counts type
/// and length too), data.
///
/// The list is checked when the reader is made: unless it [#isWellFormed], there is nothing to read
/// and [#next] answers false. After a `next` that answered true the accessors speak of that option.
/// The reader keeps a reference to the caller's buffer.
public final class OptionReader {
  /// Octets of type and length.
  public static final int HEADER_LENGTH = 2;

  private final byte[] buffer;
  private final int start;
  private final int end;
  private final boolean wellFormed;
  private int at;
  private int after;

  /// A reader over `buffer[offset, offset + length)`.
  public OptionReader(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.start = offset;
    this.end = offset + length;
    this.wellFormed = check(buffer, offset, end);
    rewind();
  }

  /// A reader over a whole array.
  public OptionReader(byte[] options) {
    this(options, 0, options.length);
  }

  private static boolean check(byte[] buffer, int offset, int end) {
    int at = offset;
    while (at < end) {
      if (end - at < HEADER_LENGTH) {
        return false;
      }
      int length = buffer[at + 1] & 0xff;
      if (length < HEADER_LENGTH || length > end - at) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /// Whether every option has a length of at least two octets and ends inside the list.
  public boolean isWellFormed() {
    return wellFormed;
  }

  /// Goes back before the first option.
  public OptionReader rewind() {
    after = wellFormed ? start : end;
    at = after;
    return this;
  }

  /// Goes to the next option; false when there is none.
  public boolean next() {
    if (after >= end) {
      return false;
    }
    at = after;
    after += length();
    return true;
  }

  /// The Type field, 0 to 255.
  public int type() {
    return buffer[at] & 0xff;
  }

  /// Octets of the option: type, length and data.
  public int length() {
    return buffer[at + 1] & 0xff;
  }

  /// The caller's, which the option is a part of.
  public byte[] buffer() {
    return buffer;
  }

  /// Where the option begins in [#buffer].
  public int offset() {
    return at;
  }

  /// Octets of the data.
  public int dataLength() {
    return length() - HEADER_LENGTH;
  }

  /// A copy of the data.
  public byte[] data() {
    return Arrays.copyOfRange(buffer, at + HEADER_LENGTH, at + length());
  }

  /// The octet at `index` of the data.
  ///
  /// @throws IndexOutOfBoundsException if the data is shorter, as for the two methods below
  public int u8(int index) {
    return buffer[data(index, 1)] & 0xff;
  }

  /// The 16-bit number at `index` of the data, most significant octet first.
  public int u16(int index) {
    int p = data(index, 2);
    return (buffer[p] & 0xff) << 8 | (buffer[p + 1] & 0xff);
  }

  /// The 32-bit number at `index` of the data, most significant octet first.
  public int u32(int index) {
    return (u16(index) << 16) | u16(index + 2);
  }

  private int data(int index, int octets) {
    Objects.checkFromIndexSize(index, octets, dataLength());
    return at + HEADER_LENGTH + index;
  }
}
