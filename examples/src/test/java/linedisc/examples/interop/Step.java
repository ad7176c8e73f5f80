package linedisc.examples.interop;

import java.util.regex.Pattern;

/// One thing that must happen in a [Cell].
sealed interface Step {
  /// An end of the line, by its place in the cell.
  enum Where {
    LEFT,
    RIGHT
  }

  /// Both ends have a network.
  record Up() implements Step {}

  /// The left end's address and the right end's, as both of them see it.
  record Addresses(String left, String right) implements Step {}

  /// The MTU of either interface.
  record Mtu(int left, int right) implements Step {}

  /// Each end has acknowledged exactly those LCP options, with their values, that the cell has the
  /// other one ask for.
  record Agreed() implements Step {}

  /// ICMP echo both ways.
  ///
  /// @param size octets of data; 0 for the programs' own choice
  record Ping(int size) implements Step {}

  /// ICMP echo from one end only.
  record Pings(Where where, int size) implements Step {}

  /// ICMPv6 echo from one end to the other's link-local address.
  record Pings6(Where where, int size) implements Step {}

  /// A transfer over UDP, both ways at once, that arrives whole, in order and without an error.
  record Udp(int octets) implements Step {}

  /// A transfer over TCP, both ways at once, that arrives whole.
  record Tcp(int octets) implements Step {}

  /// Of the packets that were sent and received on either of a router's lines at least so many had
  /// compressed headers.
  record Compressed(int packets) implements Step {}

  /// At least so many frames have vanished on a router's lines.
  record Lost(int frames) implements Step {}

  /// The log of an end has, or comes to have, a match.
  record Says(Where where, Pattern pattern) implements Step {}

  /// An end is started again.
  record Start(Where where) implements Step {}

  /// An end is told to close its link and to leave.
  record Stop(Where where) implements Step {}

  /// An end gets a signal.
  record Signals(Where where, String name) implements Step {}

  /// An end leaves by itself, with this exit status.
  record Leaves(Where where, int status) implements Step {}

  /// An end is ended without a chance to say goodbye.
  record Kill(Where where) implements Step {}
}
