package linedisc.examples.pppd.line;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import linedisc.serial.capture.Direction;
import linedisc.serial.capture.RecordWriter;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.ModemLine;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A line whose octets are counted and, with pppd's `record`, written to a file. When the file
/// fails that is said once, and the line goes on without its recording.
public final class ObservedTransport implements SerialTransport {
  private final SerialTransport inner;
  private final @Nullable RecordWriter writer;
  private final Consumer<String> complaint;
  private volatile boolean failed;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  /// Observes another line.
  ///
  /// @param writer closed with the line; null: nothing is recorded
  /// @param complaint told in a sentence when the file fails
  public ObservedTransport(
      SerialTransport inner, @Nullable RecordWriter writer, Consumer<String> complaint) {
    this.inner = inner;
    this.writer = writer;
    this.complaint = complaint;
  }

  /// Octets that were handed to the line.
  public long octetsSent() {
    return sent.get();
  }

  /// Octets that came from the line.
  public long octetsReceived() {
    return received.get();
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
  public String name() {
    return inner.name();
  }

  @Override
  public int speed() {
    return inner.speed();
  }

  @Override
  public void start(TransportUser user) {
    inner.start(new Recorder(user));
  }

  @Override
  public void workReady() {
    inner.workReady();
  }

  @Override
  public boolean setDtr(boolean on) {
    return inner.setDtr(on);
  }

  @Override
  public boolean setRts(boolean on) {
    return inner.setRts(on);
  }

  @Override
  public Set<ModemLine> modemLines() {
    return inner.modemLines();
  }

  @Override
  public boolean sendBreak(Duration length) {
    return inner.sendBreak(length);
  }

  @Override
  public @Nullable PortSettings settings() {
    return inner.settings();
  }

  @Override
  public void apply(PortSettings settings) throws PortException {
    inner.apply(settings);
  }

  @Override
  public CloseResult close(Duration drain) {
    CloseResult result = inner.close(drain);
    if (result == CloseResult.CLOSED) {
      record(RecordWriter::close);
    }
    return result;
  }

  /// The line's user with a recorder before it.
  private final class Recorder implements TransportUser {
    private final TransportUser user;

    Recorder(TransportUser user) {
      this.user = user;
    }

    @Override
    public long mark() {
      return user.mark();
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      record(to -> to.octets(Direction.RECEIVED, nanos(), buffer, offset, length));
      received.addAndGet(length);
      user.input(mark, buffer, offset, length);
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      int filled = user.fill(buffer, offset, length);
      if (filled > 0) {
        sent.addAndGet(filled);
        record(to -> to.octets(Direction.SENT, nanos(), buffer, offset, filled));
      }
      return filled;
    }

    @Override
    public void carrier(boolean present) {
      user.carrier(present);
    }

    @Override
    public void hungUp(HangUp cause) {
      record(to -> to.end(Direction.RECEIVED));
      user.hungUp(cause);
    }
  }
}
