package linedisc.ppp.fsm;

import java.time.Duration;
import java.util.List;
import linedisc.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/// What makes a [ControlProtocol] a particular protocol.
///
/// The callbacks run inside the automaton. They may call its commands (`open`, `close`, `lowerUp`,
/// `lowerDown`): such an event waits until the running one has been handled.
public interface Negotiator {
  /// The number of the Protocol field.
  int protocol();

  /// The name in traces.
  String name();

  /// The options, in the order in which they are asked for. Always the same list.
  List<? extends ConfigurationOption> options();

  /// This-Layer-Up: the Opened state was entered.
  void thisLayerUp(long now);

  /// This-Layer-Down: the Opened state was left.
  void thisLayerDown(long now);

  /// This-Layer-Started: the lower layer is wanted.
  default void thisLayerStarted(long now) {}

  /// This-Layer-Finished: the lower layer is no longer wanted.
  ///
  /// @param cause the event that ended it
  void thisLayerFinished(Event cause, long now);

  /// The two ends go on negotiating without agreeing; the protocol is about to be closed.
  default void notConverging(long now) {}

  /// Values in force have changed, in one direction or the other.
  default void optionsChanged() {}

  /// A Configure-Request was judged; called before the answer is sent.
  ///
  /// @param answer the code of the answer
  default void requestJudged(int answer, long now) {}

  /// Whether a Configure-Nak or Configure-Reject is one of ours that came back on a looped line.
  ///
  /// @return how long to wait before the next Configure-Request, at most the Restart timer; null:
  ///   it is the peer's
  default @Nullable Duration pauseAfterOwn(ControlPacket answer) {
    return null;
  }

  /// Handles a packet with a code above 7.
  ///
  /// @return the event the packet stands for ([Event#RUC] if the code is unknown to this protocol),
  ///   or null if it was dropped
  default @Nullable Event receive(ControlPacket packet, long now) {
    return Event.RUC;
  }

  /// Sends the answer to the Echo-Request that [#receive] took last.
  default void sendEchoReply() {}

  /// The peer does not know a code that we sent. One above 7 must not be sent again; without the
  /// others nothing can be negotiated.
  default void codeRejected(int code) {}

  /// The peer sent a Terminate-Request with this text.
  default void terminateRequested(String text) {}
}
