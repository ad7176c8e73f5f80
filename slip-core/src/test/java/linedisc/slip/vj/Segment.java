package linedisc.slip.vj;

import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// Builds TCP packets for tests; each setting keeps its value until it is changed.
public final class Segment {
  int source = 0x0a000001;
  int destination = 0x0a000002;
  int sourcePort = 1023;
  int destinationPort = 23;
  int typeOfService;
  int identification;
  int flagsAndOffset = Ipv4.DONT_FRAGMENT;
  int timeToLive = 64;
  byte[] ipOptions = {};
  int sequence;
  int acknowledgment;
  int flags = Tcp.ACK;
  int reserved;
  int window = 4096;
  int urgentPointer;
  byte[] tcpOptions = {};

  public Segment sequence(int value) {
    sequence = value;
    return this;
  }

  public Segment acknowledgment(int value) {
    acknowledgment = value;
    return this;
  }

  public Segment identification(int value) {
    identification = value;
    return this;
  }

  public Segment flags(int value) {
    flags = value;
    return this;
  }

  public Segment window(int value) {
    window = value;
    return this;
  }

  public Segment urgentPointer(int value) {
    urgentPointer = value;
    return this;
  }

  public Segment tcpOptions(byte[] value) {
    tcpOptions = value;
    return this;
  }

  public Segment ipOptions(byte[] value) {
    ipOptions = value;
    return this;
  }

  public Segment ports(int from, int to) {
    sourcePort = from;
    destinationPort = to;
    return this;
  }

  /// The packet with `data` in it.
  public byte[] packet(byte... data) {
    int tcp = Ipv4.HEADER_LENGTH + ipOptions.length;
    int segment = Tcp.HEADER_LENGTH + tcpOptions.length + data.length;
    byte[] b = new byte[tcp + segment];
    Ipv4.write(
        b,
        0,
        typeOfService,
        identification,
        timeToLive,
        Ip.TCP,
        source,
        destination,
        ipOptions.length + segment);
    b[0] = (byte) (0x40 | tcp / 4);
    b[6] = (byte) (flagsAndOffset >> 8);
    b[7] = (byte) flagsAndOffset;
    System.arraycopy(ipOptions, 0, b, Ipv4.HEADER_LENGTH, ipOptions.length);
    Ipv4.seal(b, 0);
    int header =
        Tcp.write(
            b,
            tcp,
            sourcePort,
            destinationPort,
            sequence,
            acknowledgment,
            flags,
            window,
            tcpOptions.length);
    b[tcp + 12] |= (byte) reserved;
    Tcp.setUrgentPointer(b, tcp, urgentPointer);
    System.arraycopy(tcpOptions, 0, b, tcp + Tcp.HEADER_LENGTH, tcpOptions.length);
    System.arraycopy(data, 0, b, tcp + header, data.length);
    Tcp.seal(b, 0, tcp, segment);
    return b;
  }

  /// The packet with `length` octets of data in it, and the sequence number moved on behind them.
  public byte[] next(int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (sequence + i);
    }
    byte[] packet = packet(data);
    sequence += length;
    identification++;
    return packet;
  }
}
