package linedisc.serial.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One interface as JMX shows it.
public interface InterfaceMXBean {
  /// Its name, `ppp0`.
  String getName();

  /// The number that no other interface of its table ever has.
  long getIndex();

  /// Where it is on its way: `ATTACHED`.
  String getState();

  /// The flags that are set: `UP`, `RUNNING`.
  List<String> getFlags();

  /// The port it is bound to; null: none.
  @Nullable String getPort();

  /// The longest packet that may be sent, in octets.
  int getMtu();

  /// Its addresses: `10.0.0.1 --> 10.0.0.2`.
  List<String> getAddresses();

  /// Packets received.
  long getInPackets();

  /// Octets of packets received.
  long getInOctets();

  /// Received packets that found the input queue full, or left with it.
  long getInDropped();

  /// Received packets that found the interface down.
  long getInWhileDown();

  /// Packets that a port has taken to send.
  long getOutPackets();

  /// Octets of packets that a port has taken to send.
  long getOutOctets();

  /// Packets to be sent that found the output queue full, or left with it.
  long getOutDropped();

  /// Packets to be sent that the mode of their protocol has dropped.
  long getOutRefused();
}
