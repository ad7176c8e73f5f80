package linedisc.serial.tty;

/// Packets that look like IPv4 to whoever looks at the first octet, and contain no flag.
final class Packets {
  private Packets() {}

  /// A packet that carries a number.
  static byte[] numbered(int number) {
    byte[] packet = new byte[24];
    packet[0] = 0x45;
    for (int i = 0; i < 8; i++) {
      packet[4 + i] = (byte) (number >>> (28 - 4 * i) & 0xf);
    }
    return packet;
  }

  /// The number in a packet.
  static int number(byte[] packet) {
    int number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 4 | packet[4 + i];
    }
    return number;
  }
}
