package linedisc.ppp;

/// Counters of a bundle's network side, as they were when they were asked for.
///
/// @param packetsReceived packets handed to the sink
/// @param packetsSent packets put into frames
/// @param octetsReceived octets of the packets received
/// @param octetsSent octets of the packets sent
/// @param notUp packets in either direction whose network protocol was not up
/// @param tooLong packets that the peer would not take
/// @param undecodable received packets that were empty or could not be expanded
public record BundleStatistics(
    long packetsReceived,
    long packetsSent,
    long octetsReceived,
    long octetsSent,
    long notUp,
    long tooLong,
    long undecodable) {}
