package linedisc.serial.forward;

/// What a forwarder has counted, in packets.
///
/// @param forwarded sent on to another interface
/// @param delivered handed to [LocalDelivery], and taken
/// @param echoes Echo Requests for our own addresses that were answered
/// @param fragments pieces of packets that were too long for the next interface
/// @param errors ICMP errors sent
/// @param malformed dropped: no IP packet, a damaged one, or from or to an address that nobody has
/// @param noRoute dropped: no route
/// @param expired dropped: time to live
/// @param tooBig dropped: too long for the next interface, and not to be cut up
/// @param refused dropped: for an own address, and nobody wanted it
/// @param dropped dropped: the next interface was full, down or gone
public record ForwarderStatistics(
    long forwarded,
    long delivered,
    long echoes,
    long fragments,
    long errors,
    long malformed,
    long noRoute,
    long expired,
    long tooBig,
    long refused,
    long dropped) {}
