package linedisc.examples.bench;

/// One implementation of the loops that handle each octet. What the methods return is the same for
/// all, so that none can cheat. For one thread.
public interface Loops {
  /// For people.
  String name();

  /// The sum of the FCS registers after each packet.
  int fcs(Sample sample);

  /// The octets on the line for all frames, each with a flag at both ends.
  int hdlcEncode(Sample sample);

  /// The octets of all frames that come off the line, protocol fields included.
  int hdlcDecode(Sample sample);

  /// The octets on the line for all packets, each with an END at both ends.
  int slipEncode(Sample sample);

  /// The octets of all packets that come off the line.
  int slipDecode(Sample sample);
}
