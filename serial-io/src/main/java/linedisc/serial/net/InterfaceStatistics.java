package linedisc.serial.net;

/// Counters of one interface, taken one after another while traffic goes on.
///
/// @param inPackets packets received
/// @param inOctets their octets
/// @param inDropped received packets that found the input queue full, or left with it
/// @param inWhileDown received packets that found the interface down
/// @param inWaiting received packets that nobody has taken yet
/// @param outPackets packets that a port has taken to send
/// @param outOctets their octets
/// @param outDropped packets to be sent that found the output queue full, or left with it
/// @param outRefused packets to be sent that the mode of their protocol has dropped
/// @param outWaiting packets to be sent that no port has taken yet
/// @param touches calls that came after the interface was unlinked: always 0, or this code is wrong
public record InterfaceStatistics(
    long inPackets,
    long inOctets,
    long inDropped,
    long inWhileDown,
    int inWaiting,
    long outPackets,
    long outOctets,
    long outDropped,
    long outRefused,
    int outWaiting,
    long touches) {}
