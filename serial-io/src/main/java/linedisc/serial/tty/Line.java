package linedisc.serial.tty;

import linedisc.serial.net.Network;

/// What a [LineProtocol] may know of its line, and how its own commands (close the link, here is
/// the password) get where they are safe.
public interface Line {
  /// A command for a protocol's engine.
  @FunctionalInterface
  interface Command {
    /// Runs under the port's lock, with the binding in force.
    ///
    /// @param now in nanoseconds of the line's clock
    void run(Network network, long now);
  }

  /// The port's name.
  String name();

  /// Bits per second; 0: not known.
  int speed();

  /// Whether XON and XOFF stop the flow, so that neither can be sent as data.
  default boolean softwareFlowControl() {
    return false;
  }

  /// Runs a command under the port's lock if the protocol is still in use; afterwards output and
  /// timeouts are looked after as after any other call. Any thread, no lock held.
  ///
  /// @return false: the binding has ended, and nothing has happened
  boolean perform(Command command);

  /// Appends to the tty's events. Any thread, also under the port's lock.
  ///
  /// @param detail of a type that the protocol's users know
  void post(Object detail);
}
