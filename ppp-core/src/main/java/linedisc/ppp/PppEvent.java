package linedisc.ppp;

import java.util.List;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.ipcp.IpCompressionOption;
import org.jspecify.annotations.Nullable;

/// What a link and its bundle have to say to their caller.
public sealed interface PppEvent {
  /// The link entered a phase.
  record PhaseChanged(Phase phase) implements PppEvent {}

  /// LCP is Opened.
  ///
  /// @param framing how frames go from now on
  /// @param mru the longest information field that the peer may send, in octets
  /// @param peersProof how the peer is to prove who it is, null if it need not
  /// @param ourProof how we are to prove who we are, null if we need not
  record LinkUp(
      Framing framing, int mru, @Nullable AuthMethod peersProof, @Nullable AuthMethod ourProof)
      implements PppEvent {}

  /// A proof has succeeded.
  ///
  /// @param ours whether it was ours, rather than the peer's
  /// @param name the peer's name: proved if the proof is the peer's; else what it calls itself,
  ///   empty if it does not say
  record Authenticated(boolean ours, AuthMethod method, String name) implements PppEvent {}

  /// A text of the peer for the user. Control characters have been replaced.
  record Message(String text) implements PppEvent {}

  /// CCP is Opened: each direction may be compressed or encrypted.
  ///
  /// @param sends what we send with, as pppd names it; empty for nothing
  /// @param receives what we receive with; empty for nothing
  record CompressionUp(String sends, String receives) implements PppEvent {}

  /// CCP went down, or did not come up. Packets flow as they are, unless the link has to encrypt
  /// and ends.
  ///
  /// @param why what happened, for a log
  record CompressionDown(String why) implements PppEvent {}

  /// IPv4 packets may flow. Addresses are ints, first octet most significant, 0 for none.
  ///
  /// @param local our address
  /// @param remote the peer's address
  /// @param dns DNS servers that the peer gave us
  /// @param nbns NBNS (WINS) servers that the peer gave us
  /// @param mtu the longest packet that can be sent, in octets
  /// @param sendsVj what compressed TCP/IP headers we may send
  /// @param receivesVj what compressed TCP/IP headers the peer may send
  record Ipv4Up(
      int local,
      int remote,
      List<Integer> dns,
      List<Integer> nbns,
      int mtu,
      IpCompressionOption.Reception sendsVj,
      IpCompressionOption.Reception receivesVj)
      implements PppEvent {}

  /// IPv6 packets may flow. Interface identifiers are longs, first octet most significant, 0 for
  /// none; [linedisc.ppp.ipv6cp.InterfaceIdentifier#linkLocal] makes addresses of them.
  ///
  /// @param local our interface identifier
  /// @param remote the peer's interface identifier
  /// @param mtu the longest packet that can be sent, in octets
  record Ipv6Up(long local, long remote, int mtu) implements PppEvent {}

  /// The longest packet that can be sent changed, because compression or encryption began or ended.
  record MtuChanged(int mtu) implements PppEvent {}

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
    /// The peer's address. Answered with [PppLink#supplyPeerAddress]. Asked for again when LCP has
    /// negotiated anew.
    record PeerAddress() implements Need {}

    /// A name or secret. Answered with [PppLink#supply]. A password in the request stays the
    /// engine's, which wipes it after the answer or at the end of the link.
    record Credential(CredentialRequest request) implements Need {}
  }
}
