package linedisc.ppp.wire;

import java.util.Arrays;

/// Builds a list of Configuration Options that never grows past the limit set when it is made. An
/// option that does not fit whole is left out, and [#overflowed] says so.
public final class OptionWriter {
  /// The most data one option can carry, its length being one octet.
  public static final int MAX_DATA = 255 - OptionReader.HEADER_LENGTH;

  private final int limit;
  private byte[] buffer;
  private int length;
  private boolean overflowed;

  /// An empty list.
  ///
  /// @param limit the most octets the list may have
  public OptionWriter(int limit) {
    this.limit = limit;
    this.buffer = new byte[Math.min(Math.max(limit, 0), 64)];
  }

  /// An option without data.
  public OptionWriter add(int type) {
    return add(type, new byte[0]);
  }

  /// An option whose data is one 16-bit number, most significant octet first.
  public OptionWriter add16(int type, int value) {
    return add(type, octets16(value));
  }

  /// An option whose data is one 32-bit number, most significant octet first.
  public OptionWriter add32(int type, int value) {
    return add(type, octets32(value));
  }

  /// An option with the given data.
  ///
  /// @throws IllegalArgumentException if the data is longer than [#MAX_DATA]
  public OptionWriter add(int type, byte[] data) {
    if (data.length > MAX_DATA) {
      throw new IllegalArgumentException("option data of " + data.length + " octets");
    }
    int size = OptionReader.HEADER_LENGTH + data.length;
    if (reserve(size)) {
      buffer[length] = (byte) type;
      buffer[length + 1] = (byte) size;
      System.arraycopy(data, 0, buffer, length + OptionReader.HEADER_LENGTH, data.length);
      length += size;
    }
    return this;
  }

  /// A copy of the option the reader stands at.
  public OptionWriter copy(OptionReader option) {
    int size = option.length();
    if (reserve(size)) {
      System.arraycopy(option.buffer(), option.offset(), buffer, length, size);
      length += size;
    }
    return this;
  }

  private boolean reserve(int size) {
    if (size > limit - length) {
      overflowed = true;
      return false;
    }
    if (size > buffer.length - length) {
      buffer = Arrays.copyOf(buffer, Math.min(limit, Math.max(2 * buffer.length, length + size)));
    }
    return true;
  }

  /// Whether an option was left out because it did not fit.
  public boolean overflowed() {
    return overflowed;
  }

  /// Whether no option was written.
  public boolean isEmpty() {
    return length == 0;
  }

  /// A copy of the list.
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /// Two octets, most significant first.
  public static byte[] octets16(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  /// Four octets, most significant first.
  public static byte[] octets32(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }
}
