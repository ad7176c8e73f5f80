package linedisc.examples.bench;

import java.time.Duration;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A port without a line and without threads: whoever measures what is behind it is its reader and
/// its writer.
final class DirectLine implements SerialTransport {
  private @Nullable TransportUser user;

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser driven) {
    user = driven;
  }

  @Override
  public void workReady() {
    // Whoever drives it asks.
  }

  @Override
  public CloseResult close(Duration drain) {
    return CloseResult.CLOSED;
  }

  private TransportUser user() {
    if (user == null) {
      throw new IllegalStateException("not started");
    }
    return user;
  }

  /// Octets come from the line.
  void arrive(byte[] buffer, int length) {
    TransportUser driven = user();
    driven.input(driven.mark(), buffer, 0, length);
  }

  /// Takes octets for the line.
  ///
  /// @return how many
  int take(byte[] buffer) {
    return user().fill(buffer, 0, buffer.length);
  }
}
