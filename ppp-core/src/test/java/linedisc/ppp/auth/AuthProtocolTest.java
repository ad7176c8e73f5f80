package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for all methods in both roles.
class AuthProtocolTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  static void assertSucceeded(AuthProtocol engine) {
    assertInstanceOf(AuthOutcome.Succeeded.class, engine.outcome());
  }

  static void assertFailed(AuthFailure reason, AuthProtocol engine) {
    AuthOutcome.Failed failed = assertInstanceOf(AuthOutcome.Failed.class, engine.outcome());
    assertEquals(reason, failed.reason());
  }

  @ParameterizedTest
  @EnumSource
  void rightSecretSucceeds(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 1).start().run(Duration.ofSeconds(1));
    AuthOutcome.Succeeded outcome =
        assertInstanceOf(AuthOutcome.Succeeded.class, pair.authenticator.outcome());
    assertEquals(AuthPair.CLIENT, outcome.name());
    assertSucceeded(pair.peer);
  }

  @ParameterizedTest
  @EnumSource
  void wrongSecretFails(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 2);
    pair.ownSecrets.clear();
    pair.ownSecrets.add("wrong");
    pair.start().run(Duration.ofSeconds(1));
    assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
    assertFailed(AuthFailure.REFUSED, pair.peer);
  }

  @ParameterizedTest
  @EnumSource
  void unknownNameFailsAsAWrongSecretDoes(AuthMethod method) {
    AuthPair wrong = new AuthPair(method, 3);
    wrong.ownSecrets.clear();
    wrong.ownSecrets.add("wrong");
    wrong.start().run(Duration.ofSeconds(1));
    AuthPair unknown = new AuthPair(method, 3);
    unknown.secrets.clear();
    unknown.start().run(Duration.ofSeconds(1));
    assertFailed(AuthFailure.NOT_PROVEN, unknown.authenticator);
    assertFailed(AuthFailure.REFUSED, unknown.peer);
    assertEquals(wrong.fromAuthenticator.size(), unknown.fromAuthenticator.size());
    for (int i = 0; i < wrong.fromAuthenticator.size(); i++) {
      assertEquals(wrong.fromAuthenticator.get(i).length, unknown.fromAuthenticator.get(i).length);
    }
  }

  /// Security case 23: an empty secret on file lets nobody in.
  @ParameterizedTest
  @EnumSource
  void case23_emptySecretOnFileIsNone(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 4);
    pair.secrets.put(AuthPair.CLIENT, "");
    pair.ownSecrets.clear();
    pair.ownSecrets.add("");
    pair.start().run(Duration.ofSeconds(1));
    assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
  }

  /// Security case 23: no prefix or extension of the secret or the name does.
  @ParameterizedTest
  @EnumSource
  void case23_prefixesAndExtensionsFail(AuthMethod method) {
    String secret = AuthPair.SECRET;
    for (String other :
        new String[] {
          "", "c", secret.substring(0, secret.length() - 1), secret + "e", secret + "\0"
        }) {
      AuthPair pair = new AuthPair(method, 5);
      pair.ownSecrets.clear();
      pair.ownSecrets.add(other);
      pair.start().run(Duration.ofSeconds(1));
      assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
    }
    for (String name : new String[] {"", "c", "clien", "clientt", "client2", "Client"}) {
      AuthPair pair = new AuthPair(method, 6, AuthConfig.of(AuthPair.SERVER), AuthConfig.of(name));
      pair.start().run(Duration.ofSeconds(1));
      assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
    }
  }

  /// Security case 19: a secret that was handed over is wiped, whatever came of it.
  @ParameterizedTest
  @EnumSource
  void case19_answersAreWiped(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 7);
    pair.authenticator.start(0);
    pair.peer.start(0);
    for (int i = 0; i < 20; i++) {
      for (AuthProtocol engine : new AuthProtocol[] {pair.authenticator, pair.peer}) {
        AuthEvent event = engine.pollEvent();
        if (event instanceof AuthEvent.Needed(CredentialRequest request)) {
          Secret secret = Secret.of(AuthPair.SECRET.toCharArray());
          byte[] live = secret.live();
          engine.answer(request, new CredentialAnswer.Known(secret), 0);
          assertTrue(Arrays.equals(new byte[live.length], live));
        }
      }
      pair.exchange();
    }
    assertSucceeded(pair.authenticator);
    // A stale answer is ignored, and wiped too.
    CredentialRequest stale = new CredentialRequest.PeersSecret(method, AuthPair.CLIENT);
    Secret secret = Secret.of(AuthPair.SECRET.toCharArray());
    byte[] live = secret.live();
    pair.authenticator.answer(stale, new CredentialAnswer.Known(secret), 0);
    assertTrue(Arrays.equals(new byte[live.length], live));
  }

  @ParameterizedTest
  @EnumSource
  void silenceEndsWithinBounds(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 8);
    pair.loss = 1;
    pair.start().run(LONG);
    assertFailed(
        method == AuthMethod.PAP ? AuthFailure.TIMED_OUT : AuthFailure.NO_RESPONSE,
        pair.authenticator);
    assertFailed(
        method == AuthMethod.PAP ? AuthFailure.NO_RESPONSE : AuthFailure.TIMED_OUT, pair.peer);
    assertEquals(AuthProtocol.NO_DEADLINE, pair.authenticator.pollTimeout());
    assertEquals(AuthProtocol.NO_DEADLINE, pair.peer.pollTimeout());
    assertTrue(pair.fromAuthenticator.size() <= 11);
    assertTrue(pair.fromPeer.size() <= 10);
  }

  @ParameterizedTest
  @EnumSource
  void protocolRejectEndsIt(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 9).start();
    pair.authenticator.protocolRejected();
    pair.peer.protocolRejected();
    assertFailed(AuthFailure.PROTOCOL_REJECTED, pair.authenticator);
    assertFailed(AuthFailure.PROTOCOL_REJECTED, pair.peer);
  }

  @ParameterizedTest
  @EnumSource
  void refusesToLogInWithoutSecret(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 10).start();
    pair.ownSecrets.clear();
    pair.run(Duration.ofSeconds(1));
    assertFailed(AuthFailure.NO_CREDENTIALS, pair.peer);
  }

  @ParameterizedTest
  @EnumSource
  void nothingHappensBeforeStartAndAfterClose(AuthMethod method) {
    AuthPair sample = new AuthPair(method, 11).start().run(Duration.ofSeconds(1));
    AuthPair pair = new AuthPair(method, 11);
    byte[] packet = sample.fromPeer.getFirst();
    pair.authenticator.receive(packet, 0, packet.length, 0);
    assertEquals(1, pair.authenticator.statistics().unexpected());
    assertNull(pair.authenticator.pollTransmit());
    assertEquals(AuthProtocol.NO_DEADLINE, pair.authenticator.pollTimeout());
    pair.start();
    assertThrows(IllegalStateException.class, () -> pair.authenticator.start(0));
    pair.authenticator.close();
    pair.peer.close();
    assertNull(pair.authenticator.pollTransmit());
    assertNull(pair.peer.pollEvent());
    assertEquals(AuthProtocol.NO_DEADLINE, pair.peer.pollTimeout());
    pair.authenticator.receive(packet, 0, packet.length, 0);
    assertNull(pair.authenticator.pollTransmit());
  }

  /// Security case 41: what was under way when the link ended comes to nothing.
  @ParameterizedTest
  @EnumSource
  void case41_verdictsAfterTheEnd(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 17).start();
    for (AuthProtocol engine : new AuthProtocol[] {pair.authenticator, pair.peer}) {
      AuthPair sample = new AuthPair(method, 17).start().run(Duration.ofSeconds(1));
      CredentialRequest request = null;
      for (byte[] packet : engine == pair.peer ? sample.fromAuthenticator : sample.fromPeer) {
        engine.receive(packet, 0, packet.length, 0);
        if (engine.pollEvent() instanceof AuthEvent.Needed(CredentialRequest needed)) {
          request = needed;
          break;
        }
        engine.pollTransmit();
      }
      if (request == null && engine.pollEvent() instanceof AuthEvent.Needed(CredentialRequest n)) {
        request = n;
      }
      assertNotNull(request);
      engine.close();
      engine.answer(request, AuthPair.known(AuthPair.SECRET), 0);
      engine.handleTimeout(Long.MAX_VALUE);
      engine.networkPacketReceived(0);
      assertInstanceOf(AuthOutcome.Pending.class, engine.outcome());
      assertNull(engine.pollTransmit());
      assertNull(engine.pollEvent());
    }
  }

  /// Each truncation of each packet is dropped, and the whole one that follows works.
  @ParameterizedTest
  @EnumSource
  void case4_case24_truncatedPacketsAreDropped(AuthMethod method) {
    AuthPair sample = new AuthPair(method, 12).start().run(Duration.ofSeconds(1));
    int packets = sample.fromAuthenticator.size() + sample.fromPeer.size();
    for (int at = 0; at < packets; at++) {
      for (int length = 0; ; length++) {
        Cut cut = new Cut(method, at, length, false);
        if (!cut.run()) {
          break;
        }
        assertSucceeded(cut.pair.authenticator);
        assertSucceeded(cut.pair.peer);
        assertTrue(cut.malformed() > 0, "packet " + at + " cut to " + length);
      }
    }
  }

  /// The same with the length field cut as well, which may be a valid packet: it must not get in.
  @ParameterizedTest
  @EnumSource
  void case4_case24_shortenedPacketsDoNotGetIn(AuthMethod method) {
    AuthPair sample = new AuthPair(method, 12).start().run(Duration.ofSeconds(1));
    for (int at = 0; at < sample.fromAuthenticator.size() + sample.fromPeer.size(); at++) {
      for (int length = 4; new Cut(method, at, length, true).run(); length++) {}
    }
  }

  /// An exchange in which one packet comes cut short before it comes whole.
  private static final class Cut {
    final AuthPair pair;
    private final int at;
    private final int length;
    private final boolean patched;
    private int count;
    private boolean wasCut;

    Cut(AuthMethod method, int at, int length, boolean patched) {
      pair = new AuthPair(method, 12).start();
      this.at = at;
      this.length = length;
      this.patched = patched;
    }

    long malformed() {
      return pair.authenticator.statistics().malformed() + pair.peer.statistics().malformed();
    }

    /// False if the packet is not longer than that.
    boolean run() {
      for (int i = 0; i < 30; i++) {
        deliver(pair.authenticator, pair.peer);
        deliver(pair.peer, pair.authenticator);
        pair.exchange();
      }
      return wasCut;
    }

    private void deliver(AuthProtocol from, AuthProtocol to) {
      byte[] packet = from.pollTransmit();
      if (packet == null) {
        return;
      }
      if (count++ == at && length < packet.length) {
        wasCut = true;
        byte[] cut = Arrays.copyOf(packet, length);
        if (patched) {
          cut[2] = (byte) (length >>> 8);
          cut[3] = (byte) length;
        }
        boolean before = to.outcome() instanceof AuthOutcome.Succeeded;
        to.receive(cut, 0, cut.length, 0);
        if (patched && to == pair.authenticator) {
          pair.exchange();
          assertEquals(before, to.outcome() instanceof AuthOutcome.Succeeded);
        }
      }
      to.receive(packet, 0, packet.length, 0);
    }
  }

  /// Replayed Success and Failure, wrong identifiers: dropped, and the outcome stays.
  @ParameterizedTest
  @EnumSource
  void replaysChangeNothing(AuthMethod method) {
    AuthPair good = new AuthPair(method, 13).start().run(Duration.ofSeconds(1));
    AuthPair bad = new AuthPair(method, 13);
    bad.ownSecrets.clear();
    bad.ownSecrets.add("wrong");
    bad.start().run(Duration.ofSeconds(1));
    for (AuthPair from : new AuthPair[] {good, bad}) {
      for (AuthPair to : new AuthPair[] {good, bad}) {
        AuthOutcome authenticator = to.authenticator.outcome();
        AuthOutcome peer = to.peer.outcome();
        for (byte[] packet : from.fromAuthenticator) {
          if (method.isForAuthenticator(packet[0]) || packet[0] >= 3 || method == AuthMethod.PAP) {
            to.peer.receive(packet, 0, packet.length, to.now);
            to.authenticator.receive(packet, 0, packet.length, to.now);
          }
        }
        for (byte[] packet : from.fromPeer) {
          to.authenticator.receive(packet, 0, packet.length, to.now);
          to.peer.receive(packet, 0, packet.length, to.now);
        }
        while (to.authenticator.pollTransmit() != null || to.peer.pollTransmit() != null) {}
        assertEquals(authenticator, to.authenticator.outcome());
        assertEquals(peer, to.peer.outcome());
      }
    }
  }

  /// A verdict is only taken for what was sent last. (With EAP it is a Request like others.)
  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"EAP"},
      mode = EnumSource.Mode.EXCLUDE)
  void verdictsWithWrongIdentifierAreDropped(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 14).start();
    byte[] verdict = null;
    while (verdict == null) {
      pair.exchangeEvents();
      byte[] question = pair.authenticator.pollTransmit();
      if (question != null) {
        pair.peer.receive(question, 0, question.length, 0);
        pair.exchangeEvents();
      }
      byte[] response = pair.peer.pollTransmit();
      assertNotNull(response);
      pair.authenticator.receive(response, 0, response.length, 0);
      pair.exchangeEvents();
      verdict = pair.authenticator.pollTransmit();
    }
    for (int wrong = 1; wrong < 0x100; wrong++) {
      byte[] other = verdict.clone();
      other[1] = (byte) (other[1] + wrong);
      pair.peer.receive(other, 0, other.length, 0);
    }
    assertInstanceOf(AuthOutcome.Pending.class, pair.peer.outcome());
    assertEquals(0xff, pair.peer.statistics().wrongIdentifier());
    pair.peer.receive(verdict, 0, verdict.length, 0);
    assertSucceeded(pair.peer);
  }

  /// With lost and repeated packets both sides still come to the right verdict.
  @ParameterizedTest
  @EnumSource
  void convergesOverABadLine(AuthMethod method) {
    SplittableRandom seeds = new SplittableRandom(20261120);
    for (int round = 0; round < 200; round++) {
      long seed = seeds.nextLong();
      AuthPair pair = new AuthPair(method, seed);
      boolean right = (round & 1) == 0;
      if (!right) {
        pair.ownSecrets.clear();
        pair.ownSecrets.add("wrong");
      }
      pair.loss = 0.2;
      pair.repetition = 0.2;
      pair.start().run(LONG);
      String message = method + " seed " + seed;
      boolean authenticatorIn = pair.authenticator.outcome() instanceof AuthOutcome.Succeeded;
      boolean peerIn = pair.peer.outcome() instanceof AuthOutcome.Succeeded;
      assertEquals(right, authenticatorIn, message);
      if (!right || method != AuthMethod.EAP) {
        // EAP does not repeat a Success; that is what networkPacketReceived is for.
        assertEquals(right, peerIn, message);
      }
    }
  }

  /// The same link twice does not use the same challenges.
  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"PAP"},
      mode = EnumSource.Mode.EXCLUDE)
  void challengesDiffer(AuthMethod method) {
    AuthPair one = new AuthPair(method, 15).start().run(Duration.ofSeconds(1));
    AuthPair other = new AuthPair(method, 16).start().run(Duration.ofSeconds(1));
    assertNotEquals(
        Arrays.hashCode(one.fromAuthenticator.get(method == AuthMethod.EAP ? 1 : 0)),
        Arrays.hashCode(other.fromAuthenticator.get(method == AuthMethod.EAP ? 1 : 0)));
  }
}
