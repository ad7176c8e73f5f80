package linedisc.ppp;

import java.util.random.RandomGenerator;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthContext;
import linedisc.ppp.auth.AuthEvent;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.AuthOutcome;
import linedisc.ppp.auth.AuthProtocol;
import linedisc.ppp.auth.AuthStatistics;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.fsm.ControlOutput;
import org.jspecify.annotations.Nullable;

/// The proofs that LCP has agreed on for a link: ours, the peer's, both at once, or none. They run
/// in the phase [Phase#AUTHENTICATE], and go on after it, since an authenticator may ask again.
final class Authentication {
  private final AuthConfig config;
  private final RandomGenerator random;
  private final ControlOutput output;
  private final EventQueue events;

  /// Asks the peer.
  private @Nullable AuthProtocol authenticator;

  /// Proves who we are.
  private @Nullable AuthProtocol ours;

  /// Packets that engines dropped that are no more.
  private long dropped;

  Authentication(
      AuthConfig config, RandomGenerator random, ControlOutput output, EventQueue events) {
    this.config = config;
    this.random = random;
    this.output = output;
    this.events = events;
  }

  /// LCP is Opened.
  ///
  /// @param peersProof how the peer is to prove who it is; null if it need not
  /// @param ourProof the same for us
  void linkUp(@Nullable AuthMethod peersProof, @Nullable AuthMethod ourProof, long now) {
    AuthContext context = new AuthContext(config, random);
    authenticator = peersProof == null ? null : peersProof.authenticator(context);
    ours = ourProof == null ? null : ourProof.peer(context);
    if (authenticator != null) {
      authenticator.start(now);
    }
    if (ours != null) {
      ours.start(now);
    }
    flush();
  }

  /// LCP has left the Opened state. The keys are wiped.
  void linkDown() {
    dropped = dropped();
    close(authenticator);
    close(ours);
    authenticator = null;
    ours = null;
  }

  private static void close(@Nullable AuthProtocol engine) {
    if (engine != null) {
      MppeKeys keys = keys(engine);
      if (keys != null) {
        keys.wipe();
      }
      engine.close();
    }
  }

  /// Takes one packet, from its Code field on, also after the outcome is known.
  ///
  /// @return false if the protocol is not in use
  boolean receive(int protocol, byte[] buffer, int offset, int length, long now) {
    AuthProtocol engine = engine(protocol, length > 0 ? buffer[offset] & 0xff : 0);
    if (engine == null) {
      return false;
    }
    engine.receive(buffer, offset, length, now);
    flush();
    return true;
  }

  private @Nullable AuthProtocol engine(int protocol, int code) {
    AuthProtocol asking = speaks(authenticator, protocol);
    AuthProtocol proving = speaks(ours, protocol);
    if (asking == null || proving == null) {
      return asking != null ? asking : proving;
    }
    return asking.method().isForAuthenticator(code) ? asking : proving;
  }

  private static @Nullable AuthProtocol speaks(@Nullable AuthProtocol engine, int protocol) {
    return engine != null && engine.method().protocol() == protocol ? engine : null;
  }

  /// The peer has sent a packet of a network protocol before its time.
  void networkPacketReceived(long now) {
    if (ours != null) {
      ours.networkPacketReceived(now);
      flush();
    }
  }

  /// The peer does not know a protocol that was sent.
  void protocolRejected(int protocol) {
    AuthProtocol asking = speaks(authenticator, protocol);
    AuthProtocol proving = speaks(ours, protocol);
    if (asking != null) {
      asking.protocolRejected();
    }
    if (proving != null) {
      proving.protocolRejected();
    }
    flush();
  }

  /// Answers [PppEvent.Need.Credential]. The secret in the answer is wiped.
  void answer(CredentialRequest request, CredentialAnswer answer, long now) {
    AuthProtocol engine = request.isOurs() ? ours : authenticator;
    if (engine != null) {
      engine.answer(request, answer, now);
      flush();
      return;
    }
    Secret unused = answer.secret();
    if (unused != null) {
      unused.wipe();
    }
  }

  long pollTimeout() {
    return Math.min(pollTimeout(authenticator), pollTimeout(ours));
  }

  private static long pollTimeout(@Nullable AuthProtocol engine) {
    return engine == null ? AuthProtocol.NO_DEADLINE : engine.pollTimeout();
  }

  void handleTimeout(long now) {
    if (authenticator != null) {
      authenticator.handleTimeout(now);
    }
    if (ours != null) {
      ours.handleTimeout(now);
    }
    flush();
  }

  /// Packets dropped because they were malformed, out of place, or not the answer to what was
  /// asked.
  long dropped() {
    return dropped + dropped(authenticator) + dropped(ours);
  }

  private static long dropped(@Nullable AuthProtocol engine) {
    if (engine == null) {
      return 0;
    }
    AuthStatistics counts = engine.statistics();
    return counts.malformed() + counts.unexpected() + counts.wrongIdentifier() + counts.reflected();
  }

  /// Whether all that was agreed on has been proved.
  boolean hasSucceeded() {
    return hasSucceeded(authenticator) && hasSucceeded(ours);
  }

  private static boolean hasSucceeded(@Nullable AuthProtocol engine) {
    return engine == null || engine.outcome() instanceof AuthOutcome.Succeeded;
  }

  /// Why the link has to end; null if it has not.
  TerminationReason.@Nullable AuthenticationFailed failure() {
    TerminationReason.AuthenticationFailed peers = failure(authenticator, false);
    return peers != null ? peers : failure(ours, true);
  }

  private static TerminationReason.@Nullable AuthenticationFailed failure(
      @Nullable AuthProtocol engine, boolean isOurs) {
    if (engine == null || !(engine.outcome() instanceof AuthOutcome.Failed failed)) {
      return null;
    }
    String why = engine.method().text() + ": " + failed.reason().text();
    return new TerminationReason.AuthenticationFailed(
        isOurs, failed.message().isEmpty() ? why : why + ": " + failed.message());
  }

  /// The keys for MPPE, which stay here; null if no proof gave any, or both did: then the two ends
  /// could take different ones.
  @Nullable MppeKeys keys() {
    MppeKeys first = keys(authenticator);
    MppeKeys second = keys(ours);
    if (first != null && second != null) {
      return null;
    }
    return first != null ? first : second;
  }

  private static @Nullable MppeKeys keys(@Nullable AuthProtocol engine) {
    return engine != null && engine.outcome() instanceof AuthOutcome.Succeeded succeeded
        ? succeeded.keys()
        : null;
  }

  /// Passes on what the engines have to send and to say.
  private void flush() {
    flush(authenticator);
    flush(ours);
  }

  private void flush(@Nullable AuthProtocol engine) {
    if (engine == null) {
      return;
    }
    for (byte[] packet = engine.pollTransmit(); packet != null; packet = engine.pollTransmit()) {
      output.send(engine.method().protocol(), packet);
    }
    for (AuthEvent event = engine.pollEvent(); event != null; event = engine.pollEvent()) {
      switch (event) {
        case AuthEvent.Needed(CredentialRequest request) ->
            events.add(new PppEvent.Needed(new PppEvent.Need.Credential(request)));
        case AuthEvent.Message(String text) -> events.add(new PppEvent.Message(text));
        case AuthEvent.Finished(AuthOutcome outcome) -> {
          if (outcome instanceof AuthOutcome.Succeeded succeeded) {
            events.add(
                new PppEvent.Authenticated(engine == ours, engine.method(), succeeded.name()));
          }
        }
      }
    }
  }
}
