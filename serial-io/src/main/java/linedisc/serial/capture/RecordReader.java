package linedisc.serial.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads a `record` file as pppd writes it: any octets at all, in bounded memory.
public final class RecordReader {
  private final BufferedInputStream in;
  private final byte[] buffer = new byte[RecordTag.MAX_OCTETS];

  /// Reads from `in`, which stays the caller's to close.
  public RecordReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// Reads to the end.
  public void read(RecordHandler handler) throws IOException {
    while (true) {
      int tag = in.read();
      if (tag < 0) {
        return;
      }
      if (!entry(tag, handler)) {
        handler.truncated();
        return;
      }
    }
  }

  /// Reads one entry after its tag; false if the file ends within it.
  private boolean entry(int tag, RecordHandler handler) throws IOException {
    switch (tag) {
      case RecordTag.SENT:
        return octets(Direction.SENT, handler);
      case RecordTag.RECEIVED:
        return octets(Direction.RECEIVED, handler);
      case RecordTag.END_OF_SENT:
        handler.end(Direction.SENT);
        return true;
      case RecordTag.END_OF_RECEIVED:
        handler.end(Direction.RECEIVED);
        return true;
      case RecordTag.LONG_STEP:
      case RecordTag.SHORT_STEP:
        long tenths = number(tag == RecordTag.LONG_STEP ? 4 : 1);
        if (tenths >= 0) {
          handler.elapsed(tenths);
        }
        return tenths >= 0;
      case RecordTag.START:
        long seconds = number(4);
        if (seconds >= 0) {
          handler.start(seconds);
        }
        return seconds >= 0;
      default:
        handler.unknown(tag);
        return true;
    }
  }

  private boolean octets(Direction direction, RecordHandler handler) throws IOException {
    int length = (int) number(2);
    if (length < 0) {
      return false;
    }
    int there = in.readNBytes(buffer, 0, length);
    handler.octets(direction, buffer, 0, there);
    return there == length;
  }

  /// A big-endian number of `octets` octets, or -1 if the file ends within it.
  private long number(int octets) throws IOException {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      int octet = in.read();
      if (octet < 0) {
        return -1;
      }
      value = value << 8 | octet;
    }
    return value;
  }
}
