package linedisc.ppp;

import linedisc.slip.PacketSink;

/// One network protocol of a bundle: a network control protocol, and the packets that it lets
/// through. The bundle calls these methods and knows nothing else of it.
interface NetworkProtocol {
  /// The Protocol field of the control protocol.
  int controlProtocol();

  /// The Protocol field under which the protocol is known to the caller.
  int dataProtocol();

  /// Whether frames with this Protocol field are this protocol's data.
  boolean carries(int protocol);

  /// Whether packets may flow.
  boolean isUp();

  /// Whether its control protocol has ended, so that it will not come up by itself.
  boolean hasEnded();

  /// The network phase began.
  void linkUp(long now);

  /// The network phase ended.
  void linkDown(long now);

  /// Takes one control packet, from its Code field on.
  void receiveControl(byte[] buffer, int offset, int length, long now);

  /// Takes the information field of one data frame while up.
  ///
  /// @return octets of the packet that went to the sink, or -1 if the frame gave none
  int receiveData(int protocol, byte[] buffer, int offset, int length, PacketSink sink);

  /// Something was lost before the next frame.
  void afterLoss();

  /// Puts a packet into a frame: Protocol field and information. Called only while up.
  ///
  /// @return octets written, at most [#maxFrameLength]
  int encapsulate(byte[] packet, int offset, int length, byte[] dst, int dstOffset);

  /// The most octets that a packet of this length becomes.
  int maxFrameLength(int packetLength);

  /// The peer does not know one of our Protocol fields.
  void protocolRejected(int protocol, long now);

  /// The Restart timer ran out.
  void handleTimeout(long now);
}
