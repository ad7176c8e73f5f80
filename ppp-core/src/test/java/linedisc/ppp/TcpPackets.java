package linedisc.ppp;

import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// TCP packets of some connections, each continuing where the last of its connection ended.
final class TcpPackets {
  private final int[] sequences;
  private int identification;

  TcpPackets(int connections) {
    sequences = new int[connections];
  }

  /// The next packet of a connection.
  ///
  /// @param data octets of data
  byte[] next(int connection, int data) {
    byte[] packet = new byte[Ipv4.HEADER_LENGTH + Tcp.HEADER_LENGTH + data];
    int tcp =
        Ipv4.write(
            packet,
            0,
            0,
            ++identification & 0xffff,
            64,
            Ip.TCP,
            0x0a000001,
            0x0a000002,
            Tcp.HEADER_LENGTH + data);
    int at =
        tcp
            + Tcp.write(
                packet, tcp, 1024 + connection, 80, sequences[connection], 1, Tcp.ACK, 4096, 0);
    for (int i = 0; i < data; i++) {
      packet[at + i] = (byte) (i / 7);
    }
    Tcp.seal(packet, 0, tcp, Tcp.HEADER_LENGTH + data);
    sequences[connection] += data;
    return packet;
  }
}
