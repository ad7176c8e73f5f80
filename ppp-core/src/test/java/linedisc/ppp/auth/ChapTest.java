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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChapTest {
  private static final long SECOND = 1_000_000_000L;

  /// Identifier 7, challenge 00 01 … 0f, name "srv".
  private static final String CHALLENGE = "01 07 0018 10 000102030405060708090a0b0c0d0e0f 737276";

  private static AuthProtocol peer(AuthMethod method) {
    AuthProtocol engine = method.peer(context("bob"));
    engine.start(0);
    return engine;
  }

  private static AuthProtocol authenticator(AuthMethod method) {
    AuthProtocol engine = method.authenticator(context("srv"));
    engine.start(0);
    return engine;
  }

  private static AuthContext context(String name) {
    return new AuthContext(AuthConfig.of(name), new SplittableRandom(1));
  }

  /// A Response to the Challenge that the authenticator sends next.
  private static byte[] response(AuthProtocol authenticator, String value) {
    int identifier = sent(authenticator)[1];
    byte[] octets = hex(value);
    byte[] size = {(byte) octets.length};
    return AuthProtocol.build(2, identifier, size, octets, Names.encode("bob"));
  }

  /// RFC 1994 section 4.1: the digest of identifier, secret and challenge.
  @ParameterizedTest
  @CsvSource({
    "CHAP_MD5, 821643665b430359e52ac524d29c8f95",
    "CHAP_SHA1, 5f08f97e0bb0424707cc38d4896e93d8875c52d9",
    "CHAP_SHA256, 21056aca6d74a0bdfa8201905995033bc88baeb9c3d4fe84b33e0d99d151ca3a",
    "CHAP_SHA3_256, 9a0e0345e1e88194cf628137b07a4745dd4ca26fd7d4c8e0d5cc0a6879fe467e"
  })
  void responses(AuthMethod method, String value) {
    AuthProtocol engine = peer(method);
    receive(engine, CHALLENGE, 0);
    CredentialRequest request = needed(engine);
    assertEquals(new CredentialRequest.OurSecret(method, "bob", "srv", false), request);
    engine.answer(request, AuthPair.known("secret"), 0);
    int length = 4 + 1 + value.length() / 2 + 3;
    assertSent("02 07 %04x %02x %s 626f62".formatted(length, value.length() / 2, value), engine);
    receive(engine, "03 07 0006 6f6b", 0);
    assertEquals(new AuthOutcome.Succeeded("srv", null), engine.outcome());
  }

  @Test
  void challengeIsRepeatedUnchanged() {
    AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
    byte[] first = sent(engine);
    assertEquals(4 + 1 + 16 + 3, first.length);
    for (int i = 1; i < 10; i++) {
      long due = 3 * SECOND * i;
      assertEquals(due, engine.pollTimeout());
      engine.handleTimeout(due);
      assertArrayEquals(first, sent(engine));
    }
    engine.handleTimeout(30 * SECOND);
    assertSilent(engine);
    assertFailed(AuthFailure.NO_RESPONSE, engine);
  }

  @Test
  void repeatedChallengeGetsTheSameResponse() {
    for (AuthMethod method : new AuthMethod[] {AuthMethod.CHAP_MD5, AuthMethod.MS_CHAP_V2}) {
      AuthProtocol engine = peer(method);
      receive(engine, CHALLENGE, 0);
      CredentialRequest request = needed(engine);
      receive(engine, CHALLENGE, 0);
      assertNull(engine.pollEvent());
      assertSilent(engine);
      engine.answer(request, AuthPair.known("secret"), 0);
      byte[] response = sent(engine);
      receive(engine, CHALLENGE, 0);
      assertArrayEquals(response, sent(engine));
      assertNull(engine.pollEvent());
      assertEquals(2, engine.statistics().duplicates());
    }
  }

  @Test
  void newerChallengeTakesTheQuestionsPlace() {
    AuthProtocol engine = peer(AuthMethod.CHAP_MD5);
    receive(engine, CHALLENGE, 0);
    CredentialRequest old = needed(engine);
    receive(engine, "01 08 000b 01 ff 6f74686572", 0);
    engine.answer(old, AuthPair.known("secret"), 0);
    assertSilent(engine);
    answer(engine, "secret", 0);
    assertEquals(8, sent(engine)[1]);
  }

  /// Section 4.1: the authenticator must allow that, should its reply be lost.
  @Test
  void responseIsRepeatedUntilTheVerdict() {
    AuthProtocol engine = peer(AuthMethod.CHAP_MD5);
    receive(engine, CHALLENGE, 0);
    answer(engine, "secret", 0);
    byte[] response = sent(engine);
    engine.handleTimeout(3 * SECOND);
    assertArrayEquals(response, sent(engine));
    receive(engine, "03 07 0004", 4 * SECOND);
    assertSucceeded(engine);
    assertEquals(AuthProtocol.NO_DEADLINE, engine.pollTimeout());
  }

  @Test
  void repeatedResponseGetsTheSameReplyWhateverItSays() {
    for (boolean right : new boolean[] {true, false}) {
      AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
      byte[] challenge = sent(engine);
      byte[] value =
          DigestChap.MD5
              .prove(
                  challenge[1],
                  "bob",
                  Secret.of("secret".toCharArray()),
                  Arrays.copyOfRange(challenge, 5, 21),
                  context("x"))
              .value();
      byte[] good =
          AuthProtocol.build(2, challenge[1], new byte[] {16}, value, Names.encode("bob"));
      byte[] bad =
          AuthProtocol.build(2, challenge[1], new byte[] {16}, new byte[16], Names.encode("eve"));
      receive(engine, right ? good : bad, 0);
      // While the secret is looked up, and after it.
      receive(engine, right ? bad : good, 0);
      answer(engine, "secret", 0);
      byte[] reply = sent(engine);
      assertEquals(right ? 3 : 4, reply[0]);
      receive(engine, right ? bad : good, 0);
      assertArrayEquals(reply, sent(engine));
      assertEquals(right, engine.outcome() instanceof AuthOutcome.Succeeded);
    }
  }

  /// Security cases 23 and 24: values that are empty, a prefix, too long, or beyond the packet.
  @ParameterizedTest
  @CsvSource({"CHAP_MD5", "CHAP_SHA1", "CHAP_SHA256", "CHAP_SHA3_256", "MS_CHAP", "MS_CHAP_V2"})
  void case23_case24_valuesOfEachLength(AuthMethod method) {
    AuthPair sample = new AuthPair(method, 5).start().run(Duration.ofSeconds(1));
    byte[] good = sample.fromPeer.getFirst();
    int right = good[4];
    for (int length = 0; length <= 255; length++) {
      AuthPair pair = new AuthPair(method, 5).start();
      byte[] value = Arrays.copyOf(Arrays.copyOfRange(good, 5, 5 + right), length);
      byte[] response =
          AuthProtocol.build(
              2, good[1], new byte[] {(byte) length}, value, Names.encode(AuthPair.CLIENT));
      pair.authenticator.receive(response, 0, response.length, 0);
      pair.exchange();
      assertEquals(
          length == right,
          pair.authenticator.outcome() instanceof AuthOutcome.Succeeded,
          "length " + length);
      // A size octet that promises more than there is.
      AuthPair lying = new AuthPair(method, 5).start();
      response[4] = (byte) 0xff;
      lying.authenticator.receive(response, 0, response.length, 0);
      assertEquals(
          length + AuthPair.CLIENT.length() < 255 ? 1 : 0,
          lying.authenticator.statistics().malformed());
      lying.exchange();
      assertFalse(lying.authenticator.outcome() instanceof AuthOutcome.Succeeded);
    }
  }

  /// Security case 1, for CHAP: names up to what fits a packet.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 254, 255, 256, 257, 1000, 1475})
  void case1_namesOfAnyLength(int length) {
    AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
    int identifier = sent(engine)[1];
    byte[] name = new byte[length];
    Arrays.fill(name, (byte) 'n');
    receive(engine, AuthProtocol.build(2, identifier, new byte[] {16}, new byte[16], name), 0);
    assertEquals(
        "n".repeat(length),
        assertInstanceOf(CredentialRequest.PeersSecret.class, needed(engine)).peerName());
    AuthProtocol peer = peer(AuthMethod.CHAP_MD5);
    receive(peer, AuthProtocol.build(1, 9, new byte[] {16}, new byte[16], name), 0);
    answer(peer, "secret", 0);
    assertEquals(4 + 1 + 16 + 3, sent(peer).length);
  }

  @Test
  void nulInANameDoesNotEndIt() {
    AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
    int identifier = sent(engine)[1];
    byte[] name = Names.encode("bob\0eve");
    receive(engine, AuthProtocol.build(2, identifier, new byte[] {16}, new byte[16], name), 0);
    assertEquals(
        "bob\0eve",
        assertInstanceOf(CredentialRequest.PeersSecret.class, needed(engine)).peerName());
  }

  /// Security case 10: what can't be answered is not answered with what is left of an earlier
  /// answer.
  @ParameterizedTest
  @CsvSource({"MS_CHAP, 8", "MS_CHAP_V2, 16"})
  void case10_unusableChallengesAreNotAnswered(AuthMethod method, int right) {
    AuthProtocol engine = peer(method);
    for (int length = 0; length <= 64; length++) {
      byte[] packet =
          AuthProtocol.build(
              1, length, new byte[] {(byte) length}, new byte[length], Names.encode("srv"));
      receive(engine, packet, 0);
      if (length == right) {
        answer(engine, "secret", 0);
        assertEquals(4 + 1 + 49 + 3, sent(engine).length);
      } else {
        assertSilent(engine);
        assertNull(engine.pollEvent());
      }
    }
    assertEquals(64, engine.statistics().malformed());
  }

  @Test
  void emptyChallengeIsDropped() {
    AuthProtocol engine = peer(AuthMethod.CHAP_MD5);
    receive(engine, "01 07 0008 00 737276", 0);
    assertEquals(1, engine.statistics().malformed());
    assertNull(engine.pollEvent());
  }

  /// Security case 11: ten thousand repetitions cost one cached answer.
  @Test
  void case11_manyRepetitionsKeepOneResponse() {
    AuthProtocol engine = peer(AuthMethod.MS_CHAP_V2);
    receive(engine, CHALLENGE, 0);
    answer(engine, "secret", 0);
    byte[] response = sent(engine);
    for (int i = 0; i < 10_000; i++) {
      receive(engine, CHALLENGE, 0);
      assertArrayEquals(response, sent(engine));
      assertSilent(engine);
    }
    // And ten thousand new ones that nobody answers leave one question.
    byte[] challenge = hex(CHALLENGE);
    for (int i = 0; i < 10_000; i++) {
      challenge[1] = (byte) i;
      challenge[5] = (byte) (i >>> 8);
      receive(engine, challenge, 0);
    }
    needed(engine);
    assertNull(engine.pollEvent());
    assertSilent(engine);
  }

  @Test
  void peerIsChallengedAgain() {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(
            Duration.ofSeconds(3), 10, Duration.ofSeconds(60), Duration.ofSeconds(60), 0);
    AuthPair pair =
        new AuthPair(
            AuthMethod.MS_CHAP_V2,
            3,
            AuthConfig.of(AuthPair.SERVER).withChap(chap),
            AuthConfig.of(AuthPair.CLIENT));
    pair.start().run(Duration.ofSeconds(1));
    AuthOutcome first = pair.authenticator.outcome();
    assertInstanceOf(AuthOutcome.Succeeded.class, first);
    pair.run(Duration.ofSeconds(200));
    assertEquals(1 + 3, pair.fromPeer.size());
    assertNotEquals(pair.fromAuthenticator.get(0)[1], pair.fromAuthenticator.get(2)[1]);
    // The keys are those of the first authentication.
    assertEquals(first, pair.authenticator.outcome());
    pair.ownSecrets.clear();
    pair.ownSecrets.add("wrong now");
    pair.run(Duration.ofMinutes(1));
    assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
    assertFailed(AuthFailure.REFUSED, pair.peer);
  }

  @Test
  void anotherNameLaterIsNotAccepted() {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(
            Duration.ofSeconds(3), 10, Duration.ofSeconds(60), Duration.ofSeconds(60), 0);
    AuthContext context =
        new AuthContext(AuthConfig.of("srv").withChap(chap), new SplittableRandom(1));
    AuthProtocol engine = AuthMethod.CHAP_MD5.authenticator(context);
    engine.start(0);
    for (String name : new String[] {"bob", "eve"}) {
      byte[] challenge = sent(engine);
      byte[] value =
          DigestChap.MD5
              .prove(
                  challenge[1],
                  name,
                  Secret.of("secret".toCharArray()),
                  Arrays.copyOfRange(challenge, 5, 21),
                  context)
              .value();
      receive(
          engine,
          AuthProtocol.build(2, challenge[1], new byte[] {16}, value, Names.encode(name)),
          0);
      answer(engine, "secret", 0);
      assertEquals(name.equals("bob") ? 3 : 4, sent(engine)[0]);
      engine.handleTimeout(60 * SECOND);
    }
    assertFailed(AuthFailure.NAME_CHANGED, engine);
  }

  @Test
  void unansweredLaterChallengeEndsIt() {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(
            Duration.ofSeconds(3), 2, Duration.ofSeconds(60), Duration.ofSeconds(60), 0);
    AuthPair pair =
        new AuthPair(
            AuthMethod.CHAP_MD5,
            3,
            AuthConfig.of(AuthPair.SERVER).withChap(chap),
            AuthConfig.of(AuthPair.CLIENT));
    pair.start().run(Duration.ofSeconds(1));
    pair.loss = 1;
    pair.run(Duration.ofMinutes(2));
    assertFailed(AuthFailure.NO_RESPONSE, pair.authenticator);
    assertSucceeded(pair.peer);
  }

  /// Whoever knows no secret must not get in with our own answer to our own challenge.
  @Test
  void ownChallengeIsNotAnswered() {
    AuthContext context = context("both");
    AuthProtocol authenticator = AuthMethod.CHAP_MD5.authenticator(context);
    AuthProtocol peer = AuthMethod.CHAP_MD5.peer(context);
    authenticator.start(0);
    peer.start(0);
    byte[] challenge = sent(authenticator);
    receive(peer, challenge, 0);
    assertEquals(1, peer.statistics().reflected());
    assertNull(peer.pollEvent());
    challenge[5]++;
    receive(peer, challenge, 0);
    needed(peer);
  }

  @Test
  void wrongValueIsRefusedAtOnce() {
    AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
    receive(engine, response(engine, "00".repeat(16)), 0);
    answer(engine, "secret", 0);
    byte[] failure = sent(engine);
    assertEquals(4, failure[0]);
    assertEquals("Access denied", Names.decode(failure, 4, failure.length));
    assertFailed(AuthFailure.NOT_PROVEN, engine);
  }

  @Test
  void responseToAnotherChallengeIsDropped() {
    AuthProtocol engine = authenticator(AuthMethod.CHAP_MD5);
    byte[] response = response(engine, "00".repeat(16));
    response[1]++;
    receive(engine, response, 0);
    assertEquals(1, engine.statistics().wrongIdentifier());
    assertNull(engine.pollEvent());
  }

  @Test
  void verdictBeforeAResponseIsDropped() {
    AuthProtocol engine = peer(AuthMethod.CHAP_MD5);
    receive(engine, "03 00 0004", 0);
    receive(engine, CHALLENGE, 0);
    receive(engine, "03 07 0004", 0);
    receive(engine, "04 07 0004", 0);
    assertEquals(3, engine.statistics().unexpected());
    assertTrue(engine.outcome() instanceof AuthOutcome.Pending);
  }

  @Test
  void hexHelperDigitsAreWhole() {
    assertNull(Hex.decode("abc", 0));
    assertNull(Hex.decode("zz", 0));
    assertNull(Hex.decode("a\uff11", 0));
    assertEquals(
        "ab", HexFormat.of().formatHex(java.util.Objects.requireNonNull(Hex.decode("x=Ab", 2))));
  }
}
