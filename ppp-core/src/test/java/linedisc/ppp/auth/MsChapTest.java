package linedisc.ppp.auth;

import static linedisc.ppp.auth.AuthProtocolTest.assertFailed;
import static linedisc.ppp.auth.AuthProtocolTest.assertSucceeded;
import static linedisc.ppp.auth.Packets.answer;
import static linedisc.ppp.auth.Packets.assertSilent;
import static linedisc.ppp.auth.Packets.hex;
import static linedisc.ppp.auth.Packets.needed;
import static linedisc.ppp.auth.Packets.receive;
import static linedisc.ppp.auth.Packets.sent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What MS-CHAP and MS-CHAP-V2 add: formatted messages, retries, the authenticator's proof, keys.
class MsChapTest {
  private static AuthContext context(int retries) {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(
            Duration.ofSeconds(3), 10, Duration.ZERO, Duration.ofSeconds(60), retries);
    return new AuthContext(AuthConfig.of("User").withChap(chap), new SplittableRandom(1));
  }

  private static AuthProtocol engine(AuthMethod method, boolean peer, int retries) {
    AuthContext context = context(retries);
    AuthProtocol engine = peer ? method.peer(context) : method.authenticator(context);
    engine.start(0);
    return engine;
  }

  private static byte[] reply(int code, int identifier, String message) {
    return AuthProtocol.build(code, identifier, message.getBytes(StandardCharsets.UTF_8));
  }

  private static String message(byte[] packet) {
    return Names.decode(packet, 4, packet.length);
  }

  /// RFC 2433 appendix B.2 in a Response packet.
  @Test
  void msChapResponsePacket() {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP, true, 0);
    receive(engine, "01 2a 000d 08 102db5df085d3041", 0);
    answer(engine, "MyPw", 0);
    assertEquals(
        "022a003a31"
            + "00".repeat(24)
            + "4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61"
            + "01"
            + "55736572",
        HexFormat.of().formatHex(sent(engine)));
  }

  /// RFC 2759 section 9.2 as Value, confirmation and back.
  @Test
  void msChap2Values() {
    byte[] challenge = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
    byte[] peerChallenge = hex("21402324255E262A28295F2B3A337C7E");
    Secret secret = Secret.of("clientPass".toCharArray());
    ChapAlgorithm.Proof proof = MsChap2.prove("User", secret, challenge, peerChallenge);
    assertEquals(
        "21402324255E262A28295F2B3A337C7E"
            + "00".repeat(8)
            + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"
            + "00",
        HexFormat.of().withUpperCase().formatHex(proof.value()));
    MsChap2 algorithm = new MsChap2();
    ChapAlgorithm.Judgement judgement =
        algorithm.judge(0, "User", secret, challenge, proof.value());
    assertTrue(judgement.genuine());
    assertEquals(
        "S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Access granted",
        new String(judgement.message(), StandardCharsets.US_ASCII));
    assertTrue(algorithm.isConfirmedBy(proof, judgement.message()));
    // Each side sends with the key that the other receives with.
    MppeKeys client = proof.keys();
    MppeKeys server = judgement.keys();
    assertNotNull(client);
    assertNotNull(server);
    for (int length : new int[] {MppeKeys.SHORT_LENGTH, MppeKeys.LONG_LENGTH}) {
      assertArrayEquals(client.send(length), server.receive(length));
      assertArrayEquals(client.receive(length), server.send(length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "S=",
        "M=Access granted",
        "S=407A5589115FD0D6209F510FE9C04566932CDA5",
        "S=407A5589115FD0D6209F510FE9C04566932CDA57 M=x",
        "S=407A5589115FD0D6209F510FE9C04566932CDAZZ",
        " S=407A5589115FD0D6209F510FE9C04566932CDA56"
      })
  void authenticatorWithoutProofIsLeft(String message) {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP_V2, true, 0);
    receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    answer(engine, "clientPass", 0);
    sent(engine);
    receive(engine, reply(3, 7, message), 0);
    assertFailed(AuthFailure.AUTHENTICATOR_NOT_PROVEN, engine);
  }

  @ParameterizedTest
  @CsvSource({"' M=Welcome', false", "'M=Welcome', false", "'', false", "' more', true"})
  void textAfterTheProofDoesNotMatter(String text, boolean lowerCase) {
    byte[] challenge = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
    byte[] peerChallenge = hex("21402324255E262A28295F2B3A337C7E");
    Secret secret = Secret.of("clientPass".toCharArray());
    ChapAlgorithm.Proof proof = MsChap2.prove("User", secret, challenge, peerChallenge);
    String digits = "407A5589115FD0D6209F510FE9C04566932CDA56";
    String message = "S=" + (lowerCase ? digits.toLowerCase(java.util.Locale.ROOT) : digits) + text;
    assertTrue(new MsChap2().isConfirmedBy(proof, Names.encode(message)));
  }

  /// Windows 98 says by a flag that it can't bear a text.
  @Test
  void flagsLeaveTheTextOut() {
    byte[] challenge = new byte[16];
    Secret secret = Secret.of("pw".toCharArray());
    byte[] value = MsChap2.prove("User", secret, challenge, new byte[16]).value();
    value[48] = 4;
    ChapAlgorithm.Judgement judgement = new MsChap2().judge(0, "User", secret, challenge, value);
    assertTrue(judgement.genuine());
    assertEquals(42, judgement.message().length);
  }

  @Test
  void lanManagerResponseIsRefused() {
    AuthPair sample = new AuthPair(AuthMethod.MS_CHAP, 5).start().run(Duration.ofSeconds(1));
    byte[] response = sample.fromPeer.getFirst();
    response[5 + 48] = 0;
    AuthPair pair = new AuthPair(AuthMethod.MS_CHAP, 5).start();
    pair.authenticator.receive(response, 0, response.length, 0);
    pair.exchange();
    assertFailed(AuthFailure.NOT_PROVEN, pair.authenticator);
  }

  @ParameterizedTest
  @EnumSource(names = {"MS_CHAP", "MS_CHAP_V2"})
  void secondTrySucceeds(AuthMethod method) {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(Duration.ofSeconds(3), 10, Duration.ZERO, Duration.ofSeconds(60), 2);
    AuthPair pair =
        new AuthPair(
            method,
            3,
            AuthConfig.of(AuthPair.SERVER).withChap(chap),
            AuthConfig.of(AuthPair.CLIENT).withChap(chap));
    pair.ownSecrets.clear();
    pair.ownSecrets.addAll(List.of("wrong", "wrong too", AuthPair.SECRET));
    pair.start().run(Duration.ofSeconds(1));
    assertSucceeded(pair.authenticator);
    assertSucceeded(pair.peer);
    assertEquals(3, pair.fromPeer.size());
    // RFC 2433 appendix B.1, RFC 2759 section 9.1: the identifier grows with each retry.
    assertEquals((byte) (pair.fromPeer.get(0)[1] + 1), pair.fromPeer.get(1)[1]);
    assertEquals((byte) (pair.fromPeer.get(1)[1] + 1), pair.fromPeer.get(2)[1]);
    assertTrue(message(pair.fromAuthenticator.get(1)).startsWith("E=691 R=1 C="));
    List<CredentialRequest> ours =
        pair.requests.stream().filter(CredentialRequest.OurSecret.class::isInstance).toList();
    assertEquals(
        List.of(false, true, true),
        ours.stream().map(r -> ((CredentialRequest.OurSecret) r).retry()).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"MS_CHAP", "MS_CHAP_V2"})
  void retriesEnd(AuthMethod method) {
    for (int server = 0; server <= 3; server++) {
      for (int client = 0; client <= 3; client++) {
        AuthPair pair =
            new AuthPair(method, 3, retries(AuthPair.SERVER, server), retries("client", client));
        pair.ownSecrets.clear();
        pair.ownSecrets.add("wrong");
        pair.start().run(Duration.ofMinutes(2));
        assertEquals(1 + Math.min(server, client), pair.fromPeer.size());
        assertFailed(AuthFailure.REFUSED, pair.peer);
        assertFailed(
            client < server ? AuthFailure.TIMED_OUT : AuthFailure.NOT_PROVEN, pair.authenticator);
      }
    }
  }

  private static AuthConfig retries(String name, int retries) {
    AuthConfig.Chap chap =
        new AuthConfig.Chap(
            Duration.ofSeconds(3), 10, Duration.ZERO, Duration.ofSeconds(60), retries);
    return AuthConfig.of(name).withChap(chap);
  }

  /// Security case 11: an authenticator that grants retries for ever does not get them for ever.
  @Test
  void case11_peerCountsRetriesItself() {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP_V2, true, 3);
    int identifier = 7;
    receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    for (int i = 0; i < 4; i++) {
      answer(engine, "wrong", 0);
      assertEquals(identifier, sent(engine)[1]);
      receive(engine, reply(4, identifier, "E=691 R=1 C=" + "0a".repeat(16) + " V=3 M=no"), 0);
      identifier++;
      // The first Challenge once more does not begin the count anew.
      receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    }
    assertFailed(AuthFailure.REFUSED, engine);
  }

  /// RFC 2433 section 8: without a challenge in the Failure, the one before with 23 added.
  @Test
  void impliedChallenge() {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP, true, 1);
    receive(engine, "01 07 000d 08 f02db5df085d3041", 0);
    answer(engine, "wrong", 0);
    sent(engine);
    receive(engine, reply(4, 7, "E=691 R=1 V=2"), 0);
    answer(engine, "MyPw", 0);
    byte[] response = sent(engine);
    assertEquals(8, response[1]);
    byte[] expected =
        MsChapHash.challengeResponse(
            hex("072db5df085d3041"), MsChapHash.ntPasswordHash(Secret.of("MyPw".toCharArray())));
    assertArrayEquals(expected, Arrays.copyOfRange(response, 29, 53));
  }

  @Test
  void msChap2RetryNeedsAChallenge() {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP_V2, true, 1);
    receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    answer(engine, "wrong", 0);
    sent(engine);
    receive(engine, reply(4, 7, "E=691 R=1 C=00 V=3 M=no"), 0);
    assertFailed(AuthFailure.REFUSED, engine);
  }

  @ParameterizedTest
  @CsvSource({
    "E=646 R=0 V=3 M=Not now, RESTRICTED_LOGON_HOURS, Not now",
    "E=647 R=0, ACCOUNT_DISABLED, ''",
    "E=648 R=0 C=00 V=3 M=Expired, PASSWORD_EXPIRED, Expired",
    "E=648 R=1 V=3, PASSWORD_EXPIRED, ''",
    "E=649 R=0, NO_DIALIN_PERMISSION, ''",
    "E=691 R=0 V=3 M=no M=no, REFUSED, no M=no",
    "E=709 R=0, CHANGE_PASSWORD_REFUSED, ''",
    "E=12345678901 R=0, REFUSED, E=12345678901 R=0",
    "E= R= C= V=, REFUSED, 'E= R= C= V='",
    "M=only text, REFUSED, only text",
    "Access denied, REFUSED, Access denied",
    "'', REFUSED, ''"
  })
  void failuresAreRead(String message, AuthFailure reason, String text) {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP_V2, true, 2);
    receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    answer(engine, "wrong", 0);
    sent(engine);
    receive(engine, reply(4, 7, message), 0);
    assertEquals(new AuthOutcome.Failed(reason, text), engine.outcome());
    assertSilent(engine);
  }

  @Test
  void failuresAreWritten() {
    MsChap2 second = new MsChap2();
    assertEquals(
        "E=691 R=0 C=" + "00".repeat(16) + " V=3 M=Access denied",
        new String(second.refusal(691, null), StandardCharsets.US_ASCII));
    assertEquals(
        "E=691 R=1 C=0102030405060708 V=2",
        new String(new MsChap().refusal(691, hex("0102030405060708")), StandardCharsets.US_ASCII));
    ChapAlgorithm.Refusal read = second.readRefusal(second.refusal(691, new byte[16]));
    assertTrue(read.retry());
  }

  @ParameterizedTest
  @CsvSource({"MS_CHAP, 5", "MS_CHAP, 6", "MS_CHAP_V2, 7"})
  void changeOfPasswordIsRefused(AuthMethod method, int code) {
    AuthProtocol engine = engine(method, false, 1);
    int identifier = sent(engine)[1] & 0xff;
    byte[] change = AuthProtocol.build(code, (identifier + 1) & 0xff, new byte[582]);
    // Before any Failure it is out of place.
    receive(engine, change, 0);
    assertEquals(1, engine.statistics().unexpected());
    assertSilent(engine);
    byte[] response =
        AuthProtocol.build(2, identifier, new byte[] {49}, new byte[49], Names.encode("bob"));
    receive(engine, response, 0);
    answer(engine, "secret", 0);
    assertTrue(message(sent(engine)).startsWith("E=691 R=1"));
    receive(engine, change, 0);
    byte[] failure = sent(engine);
    assertEquals(4, failure[0]);
    assertEquals(change[1], failure[1]);
    assertTrue(message(failure).startsWith("E=709 R=0"));
    assertFailed(AuthFailure.CHANGE_PASSWORD_REFUSED, engine);
  }

  @Test
  void domainInTheNameIsSentButNotHashed() {
    AuthPair pair =
        new AuthPair(
            AuthMethod.MS_CHAP_V2, 3, AuthConfig.of("srv"), AuthConfig.of("BIGCO\\johndoe"));
    pair.secrets.put("BIGCO\\johndoe", AuthPair.SECRET);
    pair.start().run(Duration.ofSeconds(1));
    assertSucceeded(pair.authenticator);
    assertSucceeded(pair.peer);
  }

  @ParameterizedTest
  @EnumSource(names = {"MS_CHAP", "MS_CHAP_V2", "EAP"})
  void keysOfBothSidesFit(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 3).start().run(Duration.ofSeconds(1));
    MppeKeys server = keys(pair.authenticator);
    MppeKeys client = keys(pair.peer);
    for (int length : new int[] {MppeKeys.SHORT_LENGTH, MppeKeys.LONG_LENGTH}) {
      assertEquals(length, server.send(length).length);
      assertArrayEquals(server.send(length), client.receive(length));
      assertArrayEquals(server.receive(length), client.send(length));
    }
    server.wipe();
    assertArrayEquals(new byte[16], server.send(MppeKeys.LONG_LENGTH));
    assertEquals("MppeKeys[hidden]", client.toString());
  }

  private static MppeKeys keys(AuthProtocol engine) {
    MppeKeys keys = assertInstanceOf(AuthOutcome.Succeeded.class, engine.outcome()).keys();
    assertNotNull(keys);
    return keys;
  }

  /// RFC 3079 sections 2.5 and 3.5: the start keys.
  @Test
  void startKeysOfRfc3079() {
    Secret secret = Secret.of("clientPass".toCharArray());
    byte[] hashHash = MsChapHash.hashNtPasswordHash(MsChapHash.ntPasswordHash(secret));
    MppeKeys first =
        MppeKeys.fromMsChap(MsChapHash.lmPasswordHash(secret), hashHash, hex("102db5df085d3041"));
    assertEquals("76a152936096d783", HexFormat.of().formatHex(first.send(8)));
    assertEquals(
        "a8947850cfc0accad1789fb62ddcddb0".replace("acca", "acc1"),
        HexFormat.of().formatHex(first.send(16)));
    assertArrayEquals(first.send(16), first.receive(16));
    MppeKeys second =
        MppeKeys.fromMsChap2(
            hashHash, hex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"), true);
    assertEquals("8b7cdc149b993a1b", HexFormat.of().formatHex(second.send(8)));
    assertEquals("8b7cdc149b993a1ba118cb153f56dccb", HexFormat.of().formatHex(second.send(16)));
  }

  @Test
  void unusedAnswersToRetriesAreAskedWithTheirText() {
    AuthProtocol engine = engine(AuthMethod.MS_CHAP_V2, true, 1);
    receive(engine, "01 07 0015 10 000102030405060708090a0b0c0d0e0f", 0);
    answer(engine, "wrong", 0);
    sent(engine);
    receive(engine, reply(4, 7, "E=691 R=1 C=" + "0a".repeat(16) + " V=3 M=Once more"), 0);
    assertEquals(new AuthEvent.Message("Once more"), engine.pollEvent());
    assertEquals(
        new CredentialRequest.OurSecret(AuthMethod.MS_CHAP_V2, "User", "", true), needed(engine));
  }
}
