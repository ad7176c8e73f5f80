package linedisc.serial.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import linedisc.serial.life.Sync;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;

/// A line on which the same octets come again and again, faster than anybody can read them.
final class Flood extends ForwardingTransport {
  private final byte[] octets;
  private volatile boolean closed;

  Flood(SerialTransport line, String text) {
    super(line);
    this.octets = text.repeat(500).getBytes(ISO_8859_1);
  }

  @Override
  public void start(TransportUser user) {
    line().start(user);
    Thread _ = Sync.system().start("flood", () -> pour(user));
  }

  private void pour(TransportUser user) {
    while (!closed) {
      user.input(user.mark(), octets, 0, octets.length);
    }
  }

  @Override
  public CloseResult close(Duration drain) {
    closed = true;
    return super.close(drain);
  }
}
