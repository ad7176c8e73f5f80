package linedisc.slip;

import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.inet.Udp;

/// Small packets for tests.
final class Packets {
  static final int LEFT = 0x0a090001;
  static final int RIGHT = 0x0a090002;

  private Packets() {}

  /// A UDP packet of `length` octets, 28 or more.
  static byte[] udp(int length, int typeOfService) {
    byte[] b = new byte[length];
    int udp = Ipv4.write(b, 0, typeOfService, 1, 64, Ip.UDP, LEFT, RIGHT, length - 20);
    Udp.write(b, udp, 1024, 9, length - 28);
    for (int i = 28; i < length; i++) {
      b[i] = (byte) i;
    }
    Udp.seal(b, 0, udp);
    return b;
  }

  static byte[] udp(int length) {
    return udp(length, 0);
  }

  /// An ICMP Echo of `length` octets, 28 or more.
  static byte[] echo(int length) {
    byte[] b = new byte[length];
    int icmp = Ipv4.write(b, 0, 0, 1, 64, Ip.ICMP, LEFT, RIGHT, length - 20);
    Icmp.writeEcho(b, icmp, Icmp.ECHO, 1, 1);
    Icmp.seal(b, icmp, length - 20);
    return b;
  }

  /// An IPv6 packet of `length` octets, 40 or more, whose payload is nothing known.
  static byte[] ipv6(int length) {
    byte[] b = new byte[length];
    Ipv6.write(b, 0, 0, 64, 59, new byte[16], new byte[16], length - 40);
    return b;
  }
}
