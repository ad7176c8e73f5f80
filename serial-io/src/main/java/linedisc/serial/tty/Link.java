package linedisc.serial.tty;

import linedisc.serial.net.NetInterface;

/// What a bind has made.
///
/// @param netInterface the interface
/// @param protocol the discipline's state on the port, with commands of its own
public record Link(NetInterface netInterface, LineProtocol protocol) {}
