package linedisc.serial.host;

import java.util.List;
import linedisc.serial.forward.Prefix;

/// A route of the host's main table, as far as it matters here.
///
/// @param prefix which destinations
/// @param device the index of the device that it goes out by; 0: it has several or none
/// @param metric of two routes the one with the lower metric is taken
/// @param scope how far away the destination is
/// @param kind what becomes of packets
/// @param protocol who has made it
/// @param flags of its next hop that whoever makes it may set
/// @param attributes what it takes to make it again
record HostRoute(
    Prefix prefix,
    int device,
    int metric,
    int scope,
    int kind,
    int protocol,
    int flags,
    List<NetlinkMessage.Attribute> attributes) {}
