package linedisc.serial.port;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What stands between a line and its user: threads of its own, or a share of a loop's.
sealed interface Driver permits LineDriver, LoopDriver {
  /// See [SerialTransport#start].
  void start(TransportUser user);

  /// See [SerialTransport#workReady].
  void workReady();

  /// Makes a native call on the line.
  ///
  /// @return what it says; false when the line is closed
  boolean control(BooleanSupplier call);

  /// See [SerialTransport#close(Duration)].
  CloseResult close(Duration drain);
}
