package linedisc.examples.gateway;

/// Addresses that peers are given, by the name under which ports refer to them.
///
/// @param first the lowest IPv4 address, first octet most significant
/// @param size how many
record AddressRange(String name, int first, int size) {}
