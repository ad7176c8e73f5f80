package linedisc.slip;

import linedisc.slip.vj.VjStatistics;

/// What a [SlipLink] has counted since it was made. Packets are counted as they are outside the
/// line, with whole headers.
///
/// @param receivedPackets packets delivered
/// @param receivedOctets their octets
/// @param receivedDamaged frames that were no packet: cut, or with a bad header checksum
/// @param receivedTooEarly compressed packets dropped because the peer had not yet shown a header
///   to compress against, in [SlipMode#ADAPTIVE]
/// @param sentPackets packets encapsulated
/// @param sentOctets their octets
/// @param sendTooLong packets not sent because they were longer than the MTU
/// @param sendMalformed packets not sent because they were neither IPv4 nor IPv6, or cut
/// @param sendRefused packets not sent because of [SlipConfig#noIcmp()]
/// @param sendDown packets not sent because the lower layer was down
/// @param fills lone ENDs sent to fill silence
/// @param vj what header compression has counted
public record SlipStatistics(
    long receivedPackets,
    long receivedOctets,
    long receivedDamaged,
    long receivedTooEarly,
    long sentPackets,
    long sentOctets,
    long sendTooLong,
    long sendMalformed,
    long sendRefused,
    long sendDown,
    long fills,
    VjStatistics vj) {}
