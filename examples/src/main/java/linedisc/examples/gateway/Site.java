package linedisc.examples.gateway;

import java.util.function.Consumer;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.stack.Station;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.SerialTransport;

/// What all ports of a gateway share.
///
/// @param station the interfaces and lines
/// @param machine where secrets are
/// @param lines how a line is opened
/// @param pools addresses for peers
/// @param log told what happens, a line each, by any thread
record Site(Station station, Machine machine, Lines lines, Pools pools, Consumer<String> log) {
  /// How a line is opened.
  @FunctionalInterface
  interface Lines {
    /// Opens it; may wait some seconds for a connection.
    ///
    /// @throws PortException when it can't be done now
    SerialTransport open(String port, PortSettings settings)
        throws PortException, InterruptedException;
  }
}
