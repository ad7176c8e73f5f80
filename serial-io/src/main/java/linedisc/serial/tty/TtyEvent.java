package linedisc.serial.tty;

import linedisc.serial.port.HangUp;

/// Something has happened on a port.
public sealed interface TtyEvent {
  /// An interface was bound.
  ///
  /// @param discipline which discipline
  /// @param name the interface's name
  /// @param index the interface's index
  record Bound(String discipline, String name, long index) implements TtyEvent {}

  /// The binding has ended; the port is as it was before.
  ///
  /// @param name the interface's name
  /// @param index the interface's index
  record Unbound(String name, long index) implements TtyEvent {}

  /// Carrier came or went.
  record Carrier(boolean present) implements TtyEvent {}

  /// The port has hung up; it is closed by itself.
  record HungUp(HangUp cause) implements TtyEvent {}

  /// The port is closed.
  record Closed() implements TtyEvent {}

  /// The discipline's protocol has something to say.
  ///
  /// @param detail of a type that the protocol defines
  record FromProtocol(Object detail) implements TtyEvent {}
}
