package linedisc.examples.demo;

import linedisc.serial.forward.LocalDelivery;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;

/// Sorts what is for a station: echo replies to the [Pinger], all else to the [Transfer].
record Mailbox(Pinger pinger, Transfer.Receiver receiver) implements LocalDelivery {
  @Override
  public boolean packet(byte[] b, int offset, int length) {
    if (Ip.version(b, offset) != Ipv4.VERSION) {
      return false;
    }
    int header = Ipv4.headerLength(b, offset);
    return switch (Ipv4.protocol(b, offset)) {
      case Ip.ICMP ->
          Icmp.check(b, offset + header, length - header) != Ip.MALFORMED
              && Icmp.type(b, offset + header) == Icmp.ECHO_REPLY
              && pinger.reply(Icmp.sequence(b, offset + header));
      case Ip.UDP -> receiver.packet(b, offset, length);
      default -> false;
    };
  }
}
