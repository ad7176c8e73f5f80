package linedisc.examples.demo;

import linedisc.examples.stack.Pinger;
import linedisc.serial.forward.LocalDelivery;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;

/// Sorts what is for a station: echo replies to the [Pinger], UDP to the [Transfer].
record Mailbox(Pinger pinger, Transfer.Receiver receiver) implements LocalDelivery {
  @Override
  public boolean packet(byte[] b, int offset, int length) {
    boolean udp = Ip.version(b, offset) == Ipv4.VERSION && Ipv4.protocol(b, offset) == Ip.UDP;
    return udp ? receiver.packet(b, offset, length) : pinger.packet(b, offset, length);
  }
}
