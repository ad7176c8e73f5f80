package linedisc.ppp;

import java.util.List;

/// What a link and its bundle have to say to their caller.
public sealed interface PppEvent {
  /// The link entered a phase.
  record PhaseChanged(Phase phase) implements PppEvent {}

  /// IPv4 packets may flow. Addresses are ints, first octet most significant, 0 for none.
  ///
  /// @param local our address
  /// @param remote the peer's address
  /// @param dns DNS servers that the peer gave us
  /// @param nbns NBNS (WINS) servers that the peer gave us
  /// @param mtu the longest packet that can be sent, in octets
  record Ipv4Up(int local, int remote, List<Integer> dns, List<Integer> nbns, int mtu)
      implements PppEvent {}

  /// IPv6 packets may flow. Interface identifiers are longs, first octet most significant, 0 for
  /// none; [linedisc.ppp.ipv6cp.InterfaceIdentifier#linkLocal] makes addresses of them.
  ///
  /// @param local our interface identifier
  /// @param remote the peer's interface identifier
  /// @param mtu the longest packet that can be sent, in octets
  record Ipv6Up(long local, long remote, int mtu) implements PppEvent {}

  /// A network protocol went down, or did not come up. It may come up again on the same link.
  ///
  /// @param protocol the Protocol field of its packets, for example `PppProtocol.IPV4`
  /// @param why what happened, for a log
  record NetworkDown(int protocol, String why) implements PppEvent {}

  /// The engine needs something to go on; the answer is given with the command that the need names.
  record Needed(Need need) implements PppEvent {}

  /// The link has ended: LCP no longer wants the line, or the line is gone. Comes once a session.
  record Terminated(TerminationReason reason) implements PppEvent {}

  /// A line for a log: a packet sent or received in pppd's notation, a change of state, a packet
  /// dropped. Never holds a password.
  record Trace(String text) implements PppEvent {}

  /// What can be needed.
  sealed interface Need {
    /// The peer's address. Answered with [PppLink#supplyPeerAddress].
    record PeerAddress() implements Need {}
  }
}
