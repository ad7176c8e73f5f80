package linedisc.examples.interop;

/// A network as one end of the line sees it.
///
/// @param local this end's address
/// @param remote the other end's
record Link(String local, String remote, int mtu) {}
