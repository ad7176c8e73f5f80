package linedisc.ppp.auth;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What other packages' tests need of an authentication.
public final class AuthPairs {
  private AuthPairs() {}

  /// The keys of an authenticator and its peer.
  public static List<MppeKeys> keys() {
    AuthPair pair = new AuthPair(AuthMethod.MS_CHAP_V2, 1).start().run(Duration.ofSeconds(1));
    return List.of(keys(pair.authenticator), keys(pair.peer));
  }

  private static MppeKeys keys(AuthProtocol engine) {
    AuthOutcome.Succeeded outcome = (AuthOutcome.Succeeded) engine.outcome();
    return Objects.requireNonNull(outcome.keys());
  }
}
