package linedisc.serial.net;

/// Something has happened to an interface. Arrivals and departures come in the order in which the
/// table performed them, so "the new ppp0 has come" never overtakes "the old ppp0 has gone".
public sealed interface InterfaceEvent {
  /// The interface's name.
  String name();

  /// The interface's index, which no other ever has.
  long index();

  /// It is there.
  record Arrived(String name, long index) implements InterfaceEvent {}

  /// Flags, MTU or addresses have changed; several changes may become one event. May come after the
  /// departure when the change was made just before it.
  record Changed(String name, long index) implements InterfaceEvent {}

  /// It has gone; name and unit are free.
  record Departed(String name, long index) implements InterfaceEvent {}
}
