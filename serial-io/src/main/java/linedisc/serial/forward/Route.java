package linedisc.serial.forward;

/// A route as [Forwarder#routes] lists it.
///
/// @param prefix which destinations
/// @param interfaceName where they go; `local`: they are our own addresses
/// @param connected whether it comes from an interface's addresses rather than from somebody who
///   added it
public record Route(Prefix prefix, String interfaceName, boolean connected) {}
