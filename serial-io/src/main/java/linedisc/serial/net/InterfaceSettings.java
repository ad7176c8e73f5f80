package linedisc.serial.net;

/// What a new interface is like.
///
/// @param mtu largest packet in octets, 68 to 65535
/// @param pointToPoint whether there is a peer, rather than ourselves
/// @param queuePackets bound on packets, for each of its queues
/// @param queueOctets bound on octets, for each of its queues; at least two packets of `mtu` fit
public record InterfaceSettings(int mtu, boolean pointToPoint, int queuePackets, int queueOctets) {
  /// Checks the ranges.
  public InterfaceSettings {
    NetInterface.checkMtu(mtu);
    if (queuePackets < 1 || queueOctets < 1) {
      throw new IllegalArgumentException("a queue for nothing");
    }
    queueOctets = Math.max(queueOctets, 2 * mtu);
  }

  /// A point-to-point interface with queues as in BSD (IFQ_MAXLEN).
  public static InterfaceSettings pointToPoint(int mtu) {
    return new InterfaceSettings(mtu, true, 256, 64 * 1024);
  }
}
