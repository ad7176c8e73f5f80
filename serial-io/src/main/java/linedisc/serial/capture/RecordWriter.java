package linedisc.serial.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// Writes what crosses a line as pppd's option `record` does, readable by pppdump and Wireshark.
/// Meant for a decorator of a transport: octets as they are on the line, flags and stuffing
/// included.
///
/// Each entry is in the file when the call returns: the octets before a crash are the ones that are
/// wanted. A time is written only before octets, and only when a tenth of a second has passed.
///
/// Threads: any; calls exclude each other and block on the file. No lock of a port may be held.
public final class RecordWriter implements Closeable {
  private static final long NANOS_PER_TENTH = 100_000_000;
  private static final long TENTHS_PER_SECOND = 10;
  private static final int LONGEST_STEP_ENTRY = 5;
  private static final int OCTETS_HEADER = 3;

  private final OutputStream out;
  private final byte[] entry = new byte[LONGEST_STEP_ENTRY + OCTETS_HEADER + RecordTag.MAX_OCTETS];
  private int length;
  private long lastTenths;

  /// Begins a recording. A file may hold several, so it is opened for appending.
  ///
  /// @param out closed with the writer; needs no buffer
  /// @param epochNanos now, nanoseconds since 1970-01-01T00:00Z
  public RecordWriter(OutputStream out, long epochNanos) throws IOException {
    this.out = out;
    long seconds = Math.floorDiv(tenths(epochNanos), TENTHS_PER_SECOND);
    lastTenths = seconds * TENTHS_PER_SECOND;
    put(RecordTag.START);
    putNumber(seconds, 4);
    write();
  }

  /// Records octets; as several entries if there are more than one holds.
  ///
  /// @param epochNanos now, nanoseconds since 1970-01-01T00:00Z; if the clock was set back, no time
  ///   is written until it has caught up
  /// @param octets the caller's; only read
  public synchronized void octets(
      Direction direction, long epochNanos, byte[] octets, int offset, int length)
      throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    putStep(tenths(epochNanos));
    int end = offset + length;
    for (int from = offset; from < end; from += RecordTag.MAX_OCTETS) {
      int count = Math.min(end - from, RecordTag.MAX_OCTETS);
      put(direction == Direction.SENT ? RecordTag.SENT : RecordTag.RECEIVED);
      putNumber(count, 2);
      System.arraycopy(octets, from, entry, this.length, count);
      this.length += count;
      write();
    }
  }

  /// Records that one direction has come to its end.
  public synchronized void end(Direction direction) throws IOException {
    put(direction == Direction.SENT ? RecordTag.END_OF_SENT : RecordTag.END_OF_RECEIVED);
    write();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private static long tenths(long epochNanos) {
    return Math.floorDiv(epochNanos, NANOS_PER_TENTH);
  }

  private void putStep(long nowTenths) {
    long step = Math.min(nowTenths - lastTenths, 0xFFFF_FFFFL);
    if (step <= 0) {
      return;
    }
    if (step > 0xFF) {
      put(RecordTag.LONG_STEP);
      putNumber(step, 4);
    } else {
      put(RecordTag.SHORT_STEP);
      putNumber(step, 1);
    }
    lastTenths = nowTenths;
  }

  private void put(int octet) {
    entry[length++] = (byte) octet;
  }

  private void putNumber(long value, int octets) {
    for (int i = octets - 1; i >= 0; i--) {
      put((int) (value >>> (8 * i)));
    }
  }

  private void write() throws IOException {
    int octets = length;
    length = 0;
    out.write(entry, 0, octets);
    out.flush();
  }
}
