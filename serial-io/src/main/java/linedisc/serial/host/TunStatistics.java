package linedisc.serial.host;

/// What a device has counted, in packets.
///
/// @param toHost received from the line and handed to the host
/// @param toHostDropped received, and not taken by the host: the device was down, or too short of
///   room
/// @param fromHost sent by the host and queued for the line
/// @param fromHostDropped sent by the host, and dropped: the interface was down, or its queue full
public record TunStatistics(long toHost, long toHostDropped, long fromHost, long fromHostDropped) {}
