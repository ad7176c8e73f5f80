package linedisc.ppp;

/// What a network protocol tells its bundle.
interface NetworkUser {
  /// Packets may flow.
  void networkUp(PppEvent up);

  /// Packets no longer flow, or will not begin to.
  void networkDown(NetworkProtocol protocol, String why);

  /// The protocol has ended.
  ///
  /// @param required whether the link must not go on without it
  void networkEnded(NetworkProtocol protocol, boolean required, String why);

  /// Something has to be asked for.
  void need(PppEvent.Need need);

  /// The longest packet that the link takes now.
  int mtu();

  /// The longest information field that the line can bring.
  int maxReceived();
}
