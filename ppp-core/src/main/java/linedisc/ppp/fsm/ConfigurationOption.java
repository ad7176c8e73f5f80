package linedisc.ppp.fsm;

import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// One Configuration Option in both directions: what we ask for in our Configure-Request, and what
/// we grant the peer in answer to its own.
///
/// An option holds two values for each direction. The one under negotiation becomes the one in
/// force at [#confirmed] (ours: a Configure-Ack came in) or [#granted] (the peer's: a Configure-Ack
/// goes out), for all options of a protocol at once.
public interface ConfigurationOption {
  /// The Type field.
  int type();

  /// The lower layer came up: the defaults are in force in both directions.
  void reset();

  /// A negotiation begins: wish again for what was configured, whatever the peer refused before.
  void begin();

  /// Puts this option into our Configure-Request, or leaves it out.
  void request(OptionWriter out);

  /// The peer suggests another value in a Configure-Nak. It may also suggest an option that was not
  /// asked for. The data can have any length.
  void naked(OptionReader suggestion);

  /// The peer refuses to talk about this option; it must not be asked for again in this
  /// negotiation.
  void rejected();

  /// The peer accepted our request as it stands.
  void confirmed();

  /// Judges this option in the peer's Configure-Request. The data can have any length. Nothing
  /// takes effect before [#granted].
  Verdict consider(OptionReader option);

  /// The peer's Configure-Request does not list this option, which stands for its default.
  ///
  /// @return what to append to a Configure-Nak if the peer should have listed it, else null
  Verdict.@Nullable Nak absent();

  /// Whether a value that stays in dispute may be rejected in the end, so that its default holds.
  default boolean isRejectable() {
    return true;
  }

  /// The peer's request is accepted as it stands.
  void granted();
}
