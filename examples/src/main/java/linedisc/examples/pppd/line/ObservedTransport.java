package linedisc.examples.pppd.line;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import linedisc.serial.capture.Direction;
import linedisc.serial.capture.RecordWriter;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.ForwardingUser;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A line that counts what it sends and, with pppd's `record`, writes what passes to a file. When
/// the file fails that is said once, and the line goes on without its recording.
public final class ObservedTransport extends ForwardingTransport {
  private final @Nullable RecordWriter writer;
  private final Consumer<String> complaint;
  private volatile boolean failed;

  private final AtomicLong sent = new AtomicLong();

  /// Observes another line.
  ///
  /// @param writer closed with the line; null: nothing is recorded
  /// @param complaint told in a sentence when the file fails
  public ObservedTransport(
      SerialTransport line, @Nullable RecordWriter writer, Consumer<String> complaint) {
    super(line);
    this.writer = writer;
    this.complaint = complaint;
  }

  /// Octets that were handed to the line.
  public long octetsSent() {
    return sent.get();
  }

  private interface Entry {
    void write(RecordWriter to) throws IOException;
  }

  private void record(Entry entry) {
    if (writer == null || failed) {
      return;
    }
    try {
      entry.write(writer);
    } catch (IOException e) {
      failed = true;
      complaint.accept("the recording has ended: " + e.getMessage());
    }
  }

  private static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public void start(TransportUser user) {
    line().start(new Recorder(user));
  }

  @Override
  public CloseResult close(Duration drain) {
    CloseResult result = super.close(drain);
    if (result == CloseResult.CLOSED) {
      record(RecordWriter::close);
    }
    return result;
  }

  /// The line's user with a recorder before it.
  private final class Recorder extends ForwardingUser {
    Recorder(TransportUser user) {
      super(user);
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      record(to -> to.octets(Direction.RECEIVED, nanos(), buffer, offset, length));
      super.input(mark, buffer, offset, length);
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      int filled = super.fill(buffer, offset, length);
      if (filled > 0) {
        sent.addAndGet(filled);
        record(to -> to.octets(Direction.SENT, nanos(), buffer, offset, filled));
      }
      return filled;
    }

    @Override
    public void hungUp(HangUp cause) {
      record(to -> to.end(Direction.RECEIVED));
      super.hungUp(cause);
    }
  }
}
