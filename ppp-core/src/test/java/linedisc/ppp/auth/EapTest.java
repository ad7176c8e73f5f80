package linedisc.ppp.auth;

import static linedisc.ppp.auth.AuthProtocolTest.assertFailed;
import static linedisc.ppp.auth.AuthProtocolTest.assertSucceeded;
import static linedisc.ppp.auth.Packets.answer;
import static linedisc.ppp.auth.Packets.assertSent;
import static linedisc.ppp.auth.Packets.assertSilent;
import static linedisc.ppp.auth.Packets.hex;
import static linedisc.ppp.auth.Packets.needed;
import static linedisc.ppp.auth.Packets.receive;
import static linedisc.ppp.auth.Packets.sent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class EapTest {
  private static final long SECOND = 1_000_000_000L;
  static final String MD5_REQUEST = "01 21 0019 04 10 000102030405060708090a0b0c0d0e0f 737276";

  private static AuthConfig config(String name, EapType... methods) {
    AuthConfig.Eap d = AuthConfig.Eap.DEFAULT;
    return AuthConfig.of(name)
        .withEap(
            new AuthConfig.Eap(
                d.restart(),
                d.maxTransmits(),
                d.interval(),
                d.timeout(),
                d.maxRequests(),
                d.retries(),
                List.of(methods)));
  }

  static AuthPair pair(EapType... methods) {
    return new AuthPair(
        AuthMethod.EAP, 3, config(AuthPair.SERVER, methods), config(AuthPair.CLIENT, methods));
  }

  static AuthProtocol peer(EapType... methods) {
    AuthProtocol engine =
        AuthMethod.EAP.peer(new AuthContext(config("bob", methods), new SplittableRandom(1)));
    engine.start(0);
    return engine;
  }

  static AuthProtocol authenticator(EapType... methods) {
    AuthProtocol engine =
        AuthMethod.EAP.authenticator(
            new AuthContext(config("srv", methods), new SplittableRandom(1)));
    engine.start(0);
    return engine;
  }

  static byte[] response(int identifier, int type, byte[] data) {
    return AuthProtocol.build(2, identifier & 0xff, new byte[] {(byte) type}, data);
  }

  /// Answers the identity Request and gives the next.
  static byte[] afterIdentity(AuthProtocol engine) {
    byte[] identity = sent(engine);
    assertEquals(5, identity.length);
    receive(engine, response(identity[1], 1, Names.encode("bob")), 0);
    return sent(engine);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource
  void eachMethodSucceeds(EapType type) {
    AuthPair pair = pair(type).start().run(Duration.ofSeconds(1));
    assertSucceeded(pair.authenticator);
    assertSucceeded(pair.peer);
    byte[] success = pair.fromAuthenticator.getLast();
    assertArrayEquals(new byte[] {3, pair.fromPeer.getLast()[1], 0, 4}, success);
  }

  /// RFC 3748 section 5.4, with the digest of RFC 1994.
  @Test
  void md5Response() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    receive(engine, "01 20 0009 01 4e616d65", 0);
    assertSent("02 20 0008 01 626f62", engine);
    assertEquals(new AuthEvent.Message("Name"), engine.pollEvent());
    receive(engine, MD5_REQUEST, 0);
    assertEquals(
        new CredentialRequest.OurSecret(AuthMethod.EAP, "bob", "srv", false), needed(engine));
  }

  @Test
  void md5ResponseValue() throws Exception {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    receive(engine, MD5_REQUEST, 0);
    answer(engine, "secret", 0);
    java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
    md5.update((byte) 0x21);
    md5.update(Names.encode("secret"));
    byte[] value = md5.digest(hex("000102030405060708090a0b0c0d0e0f"));
    byte[] response = sent(engine);
    assertArrayEquals(response(0x21, 4, CountedField.of(value, Names.encode("bob"))), response);
    receive(engine, "03 21 0004", 0);
    assertEquals(new AuthOutcome.Succeeded("srv", null), engine.outcome());
  }

  /// A wanted method is reached by Nak, whichever is offered first.
  @Test
  void nakLeadsToACommonMethod() {
    AuthPair pair =
        new AuthPair(
            AuthMethod.EAP,
            3,
            config(AuthPair.SERVER, EapType.MSCHAPV2, EapType.MD5_CHALLENGE),
            config(AuthPair.CLIENT, EapType.MD5_CHALLENGE));
    pair.start().run(Duration.ofSeconds(1));
    assertSucceeded(pair.authenticator);
    assertSucceeded(pair.peer);
    byte[] nak = pair.fromPeer.get(1);
    assertArrayEquals(new byte[] {2, nak[1], 0, 6, 3, 4}, nak);
  }

  @Test
  void nothingInCommonFails() {
    AuthPair pair =
        new AuthPair(
            AuthMethod.EAP,
            3,
            config(AuthPair.SERVER, EapType.MSCHAPV2),
            config(AuthPair.CLIENT, EapType.MD5_CHALLENGE));
    pair.start().run(Duration.ofSeconds(1));
    assertFailed(AuthFailure.NO_COMMON_METHOD, pair.authenticator);
    assertFailed(AuthFailure.REFUSED, pair.peer);
  }

  @Test
  void peerDropsNakRequests() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    receive(engine, "01 20 0006 03 04", 0);
    assertSilent(engine);
    assertEquals(1, engine.statistics().unexpected());
  }

  @Test
  void peerNaksWhatItDoesNotAccept() {
    AuthProtocol engine = peer(EapType.MSCHAPV2, EapType.MD5_CHALLENGE);
    for (int type = 4; type < 0x100; type++) {
      if (EapType.of(type) == null) {
        AuthProtocol fresh = peer(EapType.MSCHAPV2, EapType.MD5_CHALLENGE);
        byte[] request = AuthProtocol.build(1, type, new byte[] {(byte) type}, new byte[3]);
        receive(fresh, request, 0);
        assertArrayEquals(new byte[] {2, (byte) type, 0, 7, 3, 26, 4}, sent(fresh));
      }
    }
    assertSilent(engine);
  }

  @Test
  void tooManyRequestsEndIt() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    for (int i = 0; i < 20; i++) {
      receive(engine, AuthProtocol.build(1, i, new byte[] {2}, Names.encode("hello")), 0);
      assertEquals(5, sent(engine).length);
    }
    receive(engine, AuthProtocol.build(1, 20, new byte[] {2}, Names.encode("hello")), 0);
    assertSilent(engine);
    assertFailed(AuthFailure.TOO_MANY_REQUESTS, engine);
  }

  @Test
  void repeatedRequestGetsTheSameResponse() {
    AuthProtocol engine = peer(EapType.MSCHAPV2);
    AuthProtocol authenticator = authenticator(EapType.MSCHAPV2);
    byte[] offer = afterIdentity(authenticator);
    receive(engine, offer, 0);
    CredentialRequest request = needed(engine);
    receive(engine, offer, 0);
    assertSilent(engine);
    engine.answer(request, AuthPair.known("secret"), 0);
    byte[] response = sent(engine);
    receive(engine, offer, 0);
    assertArrayEquals(response, sent(engine));
    assertEquals(2, engine.statistics().duplicates());
  }

  @Test
  void requestsAreRepeatedUnchanged() {
    AuthProtocol engine = authenticator(EapType.MD5_CHALLENGE);
    byte[] identity = sent(engine);
    engine.handleTimeout(3 * SECOND);
    assertArrayEquals(identity, sent(engine));
    for (int i = 2; i < 10; i++) {
      engine.handleTimeout(3 * SECOND * i);
      assertArrayEquals(identity, sent(engine));
    }
    engine.handleTimeout(30 * SECOND);
    assertEquals(EapAuthenticator.FAILURE, sent(engine)[0]);
    assertFailed(AuthFailure.NO_RESPONSE, engine);
  }

  @Test
  void eachNewRequestHasANewIdentifier() {
    AuthPair pair = pair(EapType.MSCHAPV2).start().run(Duration.ofSeconds(1));
    assertEquals(4, pair.fromAuthenticator.size());
    for (int i = 1; i < 3; i++) {
      assertEquals(
          (byte) (pair.fromAuthenticator.get(i - 1)[1] + 1), pair.fromAuthenticator.get(i)[1]);
    }
  }

  /// RFC 3748 section 4.2: a Success out of the blue is dropped, as is a Failure.
  @Test
  void cannedVerdictsAreDropped() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    for (int identifier = 0; identifier < 0x100; identifier++) {
      receive(engine, new byte[] {3, (byte) identifier, 0, 4}, 0);
      receive(engine, new byte[] {4, (byte) identifier, 0, 4}, 0);
    }
    assertInstanceOf(AuthOutcome.Pending.class, engine.outcome());
    // Nor before our proof has been given.
    receive(engine, "01 20 0005 01", 0);
    receive(engine, "03 20 0004", 0);
    receive(engine, MD5_REQUEST, 0);
    receive(engine, "03 21 0004", 0);
    assertInstanceOf(AuthOutcome.Pending.class, engine.outcome());
  }

  @Test
  void verdictBelongsToTheLastResponse() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    receive(engine, MD5_REQUEST, 0);
    answer(engine, "secret", 0);
    sent(engine);
    for (int identifier = 0; identifier < 0x100; identifier++) {
      // 0x22 is what pppd sends.
      if (identifier != 0x21 && identifier != 0x22) {
        receive(engine, new byte[] {3, (byte) identifier, 0, 4}, 0);
        receive(engine, new byte[] {4, (byte) identifier, 0, 4}, 0);
      }
    }
    assertInstanceOf(AuthOutcome.Pending.class, engine.outcome());
    assertEquals(2 * 254, engine.statistics().wrongIdentifier());
    receive(engine, "03 22 0004", 0);
    assertSucceeded(engine);
  }

  @Test
  void networkPacketStandsInForALostSuccess() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    engine.networkPacketReceived(0);
    receive(engine, MD5_REQUEST, 0);
    engine.networkPacketReceived(0);
    assertInstanceOf(AuthOutcome.Pending.class, engine.outcome());
    answer(engine, "secret", 0);
    engine.networkPacketReceived(0);
    assertSucceeded(engine);
    receive(engine, "04 21 0004", 0);
    assertSucceeded(engine);
  }

  /// Once both have proved themselves, no Failure can take it back (section 4.2), and no Success is
  /// needed: pppd sends none.
  @Test
  void mutualProofNeedsNoSuccess() {
    AuthProtocol peer = peer(EapType.MSCHAPV2);
    AuthProtocol authenticator = authenticator(EapType.MSCHAPV2);
    receive(peer, afterIdentity(authenticator), 0);
    answer(peer, "secret", 0);
    receive(authenticator, sent(peer), 0);
    answer(authenticator, "secret", 0);
    byte[] success = sent(authenticator);
    // pppd counts the MS-CHAPv2-ID on.
    success[6]++;
    receive(peer, success, 0);
    assertSucceeded(peer);
    byte[] confirmation = sent(peer);
    assertArrayEquals(response(success[1], 26, new byte[] {3}), confirmation);
    receive(peer, new byte[] {4, success[1], 0, 4}, 0);
    assertSucceeded(peer);
    receive(authenticator, confirmation, 0);
    assertSucceeded(authenticator);
  }

  @Test
  void authenticatorWithoutProofIsLeft() {
    AuthProtocol peer = peer(EapType.MSCHAPV2);
    AuthProtocol authenticator = authenticator(EapType.MSCHAPV2);
    receive(peer, afterIdentity(authenticator), 0);
    answer(peer, "secret", 0);
    receive(authenticator, sent(peer), 0);
    answer(authenticator, "secret", 0);
    byte[] success = sent(authenticator);
    success[12] = (byte) (success[12] == 'A' ? 'B' : 'A');
    receive(peer, success, 0);
    assertFailed(AuthFailure.AUTHENTICATOR_NOT_PROVEN, peer);
    byte[] answer = sent(peer);
    assertArrayEquals(response(success[1], 26, new byte[] {4}), answer);
    receive(authenticator, answer, 0);
    assertFailed(AuthFailure.AUTHENTICATOR_NOT_PROVEN, authenticator);
  }

  @Test
  void retriesWithinTheMethod() {
    AuthConfig.Eap d = AuthConfig.Eap.DEFAULT;
    AuthConfig.Eap eap =
        new AuthConfig.Eap(
            d.restart(), 10, Duration.ZERO, d.timeout(), 20, 2, List.of(EapType.MSCHAPV2));
    AuthPair pair =
        new AuthPair(
            AuthMethod.EAP,
            3,
            AuthConfig.of(AuthPair.SERVER).withEap(eap),
            AuthConfig.of(AuthPair.CLIENT).withEap(eap));
    pair.ownSecrets.clear();
    pair.ownSecrets.addAll(List.of("wrong", AuthPair.SECRET));
    pair.start().run(Duration.ofSeconds(1));
    assertSucceeded(pair.authenticator);
    assertSucceeded(pair.peer);
  }

  @Test
  void changeOfPasswordIsRefused() {
    AuthProtocol engine = authenticator(EapType.MSCHAPV2);
    byte[] offer = afterIdentity(engine);
    byte[] change = EapMsChap2Authenticator.data(7, offer[6], new byte[582]);
    receive(engine, response(offer[1], 26, change), 0);
    byte[] failure = sent(engine);
    assertTrue(Names.decode(failure, 9, failure.length).startsWith("E=709 R=0"));
    receive(engine, response(failure[1], 26, new byte[] {4}), 0);
    assertEquals(EapAuthenticator.FAILURE, sent(engine)[0]);
    assertFailed(AuthFailure.CHANGE_PASSWORD_REFUSED, engine);
  }

  @Test
  void anotherTypeInTheMiddleIsDropped() {
    AuthProtocol engine = peer(EapType.MSCHAPV2, EapType.MD5_CHALLENGE);
    receive(engine, MD5_REQUEST, 0);
    answer(engine, "secret", 0);
    sent(engine);
    AuthProtocol authenticator = authenticator(EapType.MSCHAPV2);
    receive(engine, afterIdentity(authenticator), 0);
    receive(engine, "01 50 0005 01", 0);
    assertSilent(engine);
    assertEquals(2, engine.statistics().unexpected());
    receive(engine, "01 51 0007 02 6869", 0);
    assertSent("02 51 0005 02", engine);
  }

  @Test
  void authenticatedIsWhoseSecretWasProved() {
    AuthProtocol engine = authenticator(EapType.MD5_CHALLENGE);
    byte[] identity = sent(engine);
    receive(engine, response(identity[1], 1, Names.encode("root")), 0);
    byte[] challenge = sent(engine);
    Secret secret = Secret.of("secret".toCharArray());
    AuthContext context = new AuthContext(AuthConfig.of("x"), new SplittableRandom(1));
    byte[] value =
        DigestChap.MD5
            .prove(challenge[1], "bob", secret, Arrays.copyOfRange(challenge, 6, 22), context)
            .value();
    receive(engine, response(challenge[1], 4, CountedField.of(value, Names.encode("bob"))), 0);
    assertEquals(new CredentialRequest.PeersSecret(AuthMethod.EAP, "bob"), needed(engine));
    engine.answer(
        new CredentialRequest.PeersSecret(AuthMethod.EAP, "bob"), AuthPair.known("secret"), 0);
    assertEquals(new AuthOutcome.Succeeded("bob", null), engine.outcome());
  }

  @Test
  void identityEndsAtANul() {
    AuthProtocol engine = authenticator(EapType.MD5_CHALLENGE);
    byte[] identity = sent(engine);
    receive(engine, response(identity[1], 1, Names.encode("bob\0networkid=x")), 0);
    byte[] challenge = sent(engine);
    receive(engine, response(challenge[1], 4, CountedField.of(new byte[16], Names.encode(""))), 0);
    assertEquals(new CredentialRequest.PeersSecret(AuthMethod.EAP, "bob"), needed(engine));
  }

  @Test
  void peerIsAskedAgain() {
    AuthConfig.Eap d = AuthConfig.Eap.DEFAULT;
    for (EapType type : EapType.values()) {
      AuthConfig.Eap eap =
          new AuthConfig.Eap(
              d.restart(), 10, Duration.ofSeconds(60), d.timeout(), 20, 0, List.of(type));
      AuthPair pair =
          new AuthPair(
              AuthMethod.EAP,
              3,
              AuthConfig.of(AuthPair.SERVER).withEap(eap),
              AuthConfig.of(AuthPair.CLIENT));
      pair.start().run(Duration.ofHours(1));
      assertSucceeded(pair.authenticator);
      assertSucceeded(pair.peer);
      assertTrue(pair.fromPeer.size() >= 2 * 59);
      pair.ownSecrets.clear();
      pair.ownSecrets.add("wrong now");
      pair.run(Duration.ofMinutes(2));
      assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
      assertFailed(AuthFailure.REFUSED, pair.peer);
    }
  }

  @Test
  void ownChallengeIsNotAnswered() {
    AuthContext context =
        new AuthContext(
            config("both", EapType.MD5_CHALLENGE, EapType.MSCHAPV2), new SplittableRandom(1));
    AuthProtocol authenticator = AuthMethod.EAP.authenticator(context);
    AuthProtocol peer = AuthMethod.EAP.peer(context);
    authenticator.start(0);
    peer.start(0);
    receive(peer, afterIdentity(authenticator), 0);
    assertEquals(1, peer.statistics().reflected());
    assertNull(peer.pollEvent());
  }

  @Test
  void waitsTwentySecondsForEachRequest() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    assertEquals(20 * SECOND, engine.pollTimeout());
    receive(engine, "01 20 0005 01", 15 * SECOND);
    assertEquals(35 * SECOND, engine.pollTimeout());
    receive(engine, "01 20 0005 01", 16 * SECOND);
    assertEquals(35 * SECOND, engine.pollTimeout());
    // Neither a repetition nor what is dropped gives more time.
    receive(engine, "01 21 0006 03 04", 20 * SECOND);
    receive(engine, "01 22 0005 04", 20 * SECOND);
    assertEquals(35 * SECOND, engine.pollTimeout());
    engine.handleTimeout(35 * SECOND);
    assertFailed(AuthFailure.TIMED_OUT, engine);
  }
}
