package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// An authenticator and a peer on a line with virtual time, which can lose and repeat packets.
/// Requests for secrets are answered from a list.
final class AuthPair {
  static final String SERVER = "server";
  static final String CLIENT = "client";
  static final String SECRET = "correct horse";

  private static final int MAX_STEPS = 10_000;

  final AuthProtocol authenticator;
  final AuthProtocol peer;

  /// What the authenticator knows.
  final Map<String, String> secrets = new HashMap<>(Map.of(CLIENT, SECRET));

  /// What the peer gives, one after the other; the last one for ever.
  final Deque<String> ownSecrets = new ArrayDeque<>(List.of(SECRET));

  final List<CredentialRequest> requests = new ArrayList<>();
  final List<String> messages = new ArrayList<>();

  /// All packets that were sent: `>` from the authenticator, `<` from the peer.
  final List<byte[]> fromAuthenticator = new ArrayList<>();

  final List<byte[]> fromPeer = new ArrayList<>();
  double loss;
  double repetition;
  long now;
  private final SplittableRandom line;

  AuthPair(AuthMethod method, long seed) {
    this(method, seed, AuthConfig.of(SERVER), AuthConfig.of(CLIENT));
  }

  AuthPair(AuthMethod method, long seed, AuthConfig server, AuthConfig client) {
    SplittableRandom random = new SplittableRandom(seed);
    authenticator = method.authenticator(new AuthContext(server, random.split()));
    peer = method.peer(new AuthContext(client, random.split()));
    line = random.split();
  }

  AuthPair start() {
    authenticator.start(now);
    peer.start(now);
    return this;
  }

  /// Runs until nothing happens any more or the time is up.
  AuthPair run(Duration limit) {
    long end = now + limit.toNanos();
    for (int step = 0; step < MAX_STEPS; step++) {
      if (exchange()) {
        continue;
      }
      long next = Math.min(authenticator.pollTimeout(), peer.pollTimeout());
      if (next > end) {
        now = end;
        return this;
      }
      now = Math.max(now, next);
      authenticator.handleTimeout(now);
      peer.handleTimeout(now);
    }
    throw new AssertionError("no end in sight");
  }

  /// Moves what is there to move, and answers what is asked; false if there was nothing.
  boolean exchange() {
    boolean moved = exchangeEvents();
    for (byte[] packet = authenticator.pollTransmit();
        packet != null;
        packet = authenticator.pollTransmit()) {
      moved = true;
      fromAuthenticator.add(packet.clone());
      deliver(packet, peer);
    }
    for (byte[] packet = peer.pollTransmit(); packet != null; packet = peer.pollTransmit()) {
      moved = true;
      fromPeer.add(packet.clone());
      deliver(packet, authenticator);
    }
    return moved;
  }

  /// Answers what is asked, moves nothing.
  boolean exchangeEvents() {
    boolean asked = answer(authenticator);
    return answer(peer) || asked;
  }

  private void deliver(byte[] packet, AuthProtocol to) {
    int times = line.nextDouble() < loss ? 0 : line.nextDouble() < repetition ? 2 : 1;
    for (int i = 0; i < times; i++) {
      to.receive(packet, 0, packet.length, now);
    }
  }

  private boolean answer(AuthProtocol engine) {
    boolean moved = false;
    for (AuthEvent event = engine.pollEvent(); event != null; event = engine.pollEvent()) {
      moved = true;
      switch (event) {
        case AuthEvent.Needed(CredentialRequest request) -> {
          requests.add(request);
          assertEquals(engine == peer, request.isOurs());
          engine.answer(request, answerTo(request), now);
        }
        case AuthEvent.Message(String text) -> messages.add(text);
        case AuthEvent.Finished _ -> {}
      }
    }
    return moved;
  }

  private CredentialAnswer answerTo(CredentialRequest request) {
    return switch (request) {
      case CredentialRequest.OurSecret _ ->
          known(ownSecrets.size() > 1 ? ownSecrets.poll() : ownSecrets.peek());
      case CredentialRequest.PeersSecret(AuthMethod _, String name) -> known(secrets.get(name));
      case CredentialRequest.PeersPassword(AuthMethod _, String name, Secret _) ->
          known(secrets.get(name));
    };
  }

  static CredentialAnswer known(@Nullable String secret) {
    return secret == null
        ? new CredentialAnswer.Unknown()
        : new CredentialAnswer.Known(Secret.of(secret.toCharArray()));
  }
}
