/// The option negotiation automaton that LCP and every network control protocol share, and the seam
/// behind which each of them is a small class.
///
/// [linedisc.ppp.fsm.TransitionTable] is the automaton as data, [linedisc.ppp.fsm.ControlProtocol]
/// runs it, a [linedisc.ppp.fsm.Negotiator] says which protocol it is, and a
/// [linedisc.ppp.fsm.ConfigurationOption] is one thing the two ends agree on.
///
/// @spec https://www.rfc-editor.org/info/rfc1661 RFC 1661: The Point-to-Point Protocol, section 4
@NullMarked
package linedisc.ppp.fsm;

import org.jspecify.annotations.NullMarked;
