package linedisc.ppp;

import java.util.Map;
import linedisc.ppp.fsm.Discard;

/// Counters of one link, as they were when they were asked for.
///
/// @param framesReceived good frames handed to the link
/// @param octetsReceived their octets, Protocol field and information
/// @param controlSent control packets handed to the writer
/// @param controlDropped control packets that found no room to wait for the writer
/// @param runts frames without a whole Protocol field
/// @param outOfPhase frames of protocols that may not be sent in the phase the link was in
/// @param unknownProtocols frames answered with a Protocol-Reject
/// @param authenticationDropped packets of authentication that were malformed, out of place, or not
///   the answer to what was asked
/// @param losses frames that were marked as received after a loss
/// @param discards control packets dropped, by reason; reasons that did not occur are left out
/// @param echoRoundTrip nanoseconds that the last Echo-Reply took, -1 if there was none
public record LinkStatistics(
    long framesReceived,
    long octetsReceived,
    long controlSent,
    long controlDropped,
    long runts,
    long outOfPhase,
    long unknownProtocols,
    long authenticationDropped,
    long losses,
    Map<Discard, Long> discards,
    long echoRoundTrip) {
  /// Keeps a copy of the map.
  public LinkStatistics {
    discards = Map.copyOf(discards);
  }
}
