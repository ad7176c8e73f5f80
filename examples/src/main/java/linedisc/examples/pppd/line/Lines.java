package linedisc.examples.pppd.line;

import linedisc.examples.pppd.options.PppdOptions;
import linedisc.serial.port.DeviceChanges;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialTransport;
import org.jspecify.annotations.Nullable;

/// Opens the line that the options name; replaced in tests.
@FunctionalInterface
public interface Lines {
  /// The path of the device that [#open] has opened, for commands that are to have it; empty: there
  /// is none.
  default String device(PppdOptions options) {
    return "";
  }

  /// Watches the folder where that device comes and goes.
  ///
  /// @return null: there is none
  default @Nullable DeviceChanges changes(PppdOptions options) {
    return null;
  }

  /// Opens it, for one connection.
  ///
  /// @return not started
  /// @throws PortException with a sentence about the name
  SerialTransport open(PppdOptions options) throws PortException;
}
