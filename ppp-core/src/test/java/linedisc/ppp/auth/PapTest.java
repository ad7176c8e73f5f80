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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PapTest {
  private static final long SECOND = 1_000_000_000L;

  private static AuthProtocol authenticator() {
    AuthProtocol engine = AuthMethod.PAP.authenticator(context("server"));
    engine.start(0);
    return engine;
  }

  private static AuthProtocol peer(String name) {
    AuthProtocol engine = AuthMethod.PAP.peer(context(name));
    engine.start(0);
    return engine;
  }

  private static AuthContext context(String name) {
    return new AuthContext(AuthConfig.of(name), new SplittableRandom(1));
  }

  @Test
  void requestAndAck() {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    byte[] request = sent(peer);
    int id = request[1];
    assertEquals("000b 03626f62 027077".replace(" ", ""), HexFormat.of().formatHex(request, 2, 11));
    assertEquals(1, request[0]);
    AuthProtocol authenticator = authenticator();
    receive(authenticator, request, 0);
    assertEquals(
        "bob",
        assertInstanceOf(CredentialRequest.PeersPassword.class, asked(authenticator, "pw"))
            .peerName());
    byte[] ack = sent(authenticator);
    assertEquals(
        HexFormat.of().formatHex(new byte[] {2, (byte) id, 0, 5, 0}),
        HexFormat.of().formatHex(ack));
    receive(peer, ack, 0);
    assertSucceeded(peer);
  }

  private static CredentialRequest asked(AuthProtocol engine, String secret) {
    CredentialRequest request = needed(engine);
    engine.answer(request, AuthPair.known(secret), 0);
    return request;
  }

  @Test
  void theFirstVerdictStands() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 000b 03626f62 027077", 0);
    answer(engine, "other", 0);
    assertSent("03 05 0014 0f4c6f67696e20696e636f7272656374", engine);
    // The right password comes too late.
    receive(engine, "01 06 000d 03626f62 046f746865", 0);
    assertSent("03 06 0014 0f4c6f67696e20696e636f7272656374", engine);
    assertFailed(AuthFailure.NOT_PROVEN, engine);
  }

  @Test
  void repetitionWhileCheckingMovesTheReply() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 000b 03626f62 027077", 0);
    CredentialRequest request = needed(engine);
    receive(engine, "01 06 000b 03626f62 027077", 0);
    // Something else must not ride on the answer to the first.
    receive(engine, "01 07 000b 03626f62 027078", 0);
    receive(engine, "01 08 000b 03626f63 027077", 0);
    assertEquals(1, engine.statistics().duplicates());
    assertEquals(2, engine.statistics().unexpected());
    assertSilent(engine);
    engine.answer(request, new CredentialAnswer.Checked(true), 0);
    assertSent("02 06 0005 00", engine);
    assertSucceeded(engine);
  }

  @Test
  void passwordsCanBeCheckedElsewhere() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 000b 03626f62 027077", 0);
    engine.answer(needed(engine), new CredentialAnswer.Checked(false), 0);
    assertFailed(AuthFailure.NOT_PROVEN, engine);
  }

  @Test
  void paddingIsIgnored() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 000d 03626f62 027077 0102 030405", 0);
    answer(engine, "pw", 0);
    assertSucceeded(engine);
  }

  /// Security case 24: lengths beyond the packet.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 05 0004",
        "01 05 0005 00",
        "01 05 0005 01",
        "01 05 0006 0161",
        "01 05 0007 016101",
        "01 05 000b ff626f62027077",
        "01 05 000b 07626f62027077",
        "01 05 000b 03626f62ff7077",
        "01 05 000b 03626f62037077",
        "01 05 0003 03626f62027077",
        "01 05 0000 03626f62027077",
        "01 05 000c 03626f62027077",
        "01 05 ffff 03626f62027077",
        "01 05 00",
        "01",
        ""
      })
  void case24_lengthsBeyondThePacketAreDropped(String request) {
    AuthProtocol engine = authenticator();
    receive(engine, request, 0);
    assertEquals(1, engine.statistics().malformed());
    assertSilent(engine);
    receive(engine, "01 06 000b 03626f62 027077", 0);
    answer(engine, "pw", 0);
    assertSucceeded(engine);
  }

  /// Security case 23: an empty password, also with an empty name, is only right if a secret says
  /// so, and none does.
  @Test
  void case23_emptyCredentialsFail() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 0006 00 00", 0);
    CredentialRequest.PeersPassword request =
        assertInstanceOf(CredentialRequest.PeersPassword.class, needed(engine));
    assertEquals("", request.peerName());
    assertTrue(request.password().isEmpty());
    engine.answer(request, AuthPair.known(""), 0);
    assertFailed(AuthFailure.NOT_PROVEN, engine);
  }

  /// Security case 19: the password that came is wiped after the answer.
  @Test
  void case19_receivedPasswordIsWiped() {
    AuthProtocol engine = authenticator();
    receive(engine, "01 05 000b 03626f62 027077", 0);
    CredentialRequest.PeersPassword request =
        assertInstanceOf(CredentialRequest.PeersPassword.class, needed(engine));
    byte[] live = request.password().live();
    engine.answer(request, AuthPair.known("pw"), 0);
    assertEquals("0000", HexFormat.of().formatHex(live));
  }

  @Test
  void requestsAreRepeatedWithNewIdentifiers() {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    int first = sent(peer)[1];
    for (int i = 1; i < 10; i++) {
      long due = 3 * SECOND * i;
      assertEquals(due, peer.pollTimeout());
      peer.handleTimeout(due - 1);
      assertSilent(peer);
      peer.handleTimeout(due);
      assertEquals((byte) (first + i), sent(peer)[1]);
    }
    // A reply to the very first one is late, but right.
    byte[] ack = hex("0200 0005 00");
    ack[1] = (byte) (first - 1);
    receive(peer, ack, 29 * SECOND);
    assertEquals(1, peer.statistics().wrongIdentifier());
    ack[1] = (byte) first;
    receive(peer, ack, 29 * SECOND);
    assertSucceeded(peer);
    assertEquals(AuthProtocol.NO_DEADLINE, peer.pollTimeout());
  }

  @Test
  void givesUpAfterTenRequests() {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    for (int i = 1; i <= 10; i++) {
      peer.handleTimeout(3 * SECOND * i);
    }
    assertFailed(AuthFailure.NO_RESPONSE, peer);
  }

  @Test
  void waitsThirtySecondsForARequest() {
    AuthProtocol engine = authenticator();
    assertEquals(30 * SECOND, engine.pollTimeout());
    engine.handleTimeout(30 * SECOND);
    assertFailed(AuthFailure.TIMED_OUT, engine);
    receive(engine, "01 05 000b 03626f62 027077", 31 * SECOND);
    assertSent("03 05 0014 0f4c6f67696e20696e636f7272656374", engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0004", "0005 00", "0007 02 6f6b", "0009 02 6f6b 0000"})
  void messagesMayBeMissing(String rest) {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    byte[] ack = hex("0200" + rest);
    ack[1] = sent(peer)[1];
    receive(peer, ack, 0);
    assertSucceeded(peer);
  }

  @Test
  void messageBeyondThePacketIsDropped() {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    byte[] nak = hex("0300 0006 02 6f");
    nak[1] = sent(peer)[1];
    receive(peer, nak, 0);
    assertEquals(1, peer.statistics().malformed());
    assertInstanceOf(AuthOutcome.Pending.class, peer.outcome());
  }

  @Test
  void refusalTellsWhy() {
    AuthProtocol peer = peer("bob");
    answer(peer, "pw", 0);
    byte[] nak = hex("0300 0009 04 6e1b6f21");
    nak[1] = sent(peer)[1];
    receive(peer, nak, 0);
    assertEquals(new AuthOutcome.Failed(AuthFailure.REFUSED, "n\ufffdo!"), peer.outcome());
  }

  @Test
  void whatDoesNotFitALengthOctetIsNotSent() {
    AuthProtocol longest = peer("n".repeat(255));
    answer(longest, "p".repeat(255), 0);
    assertEquals(4 + 256 + 256, sent(longest).length);
    AuthProtocol tooLong = peer("bob");
    answer(tooLong, "p".repeat(256), 0);
    assertSilent(tooLong);
    assertFailed(AuthFailure.NO_CREDENTIALS, tooLong);
  }

  @Test
  void otherCodesAreDropped() {
    AuthProtocol engine = authenticator();
    AuthProtocol peer = peer("bob");
    for (int code = 0; code < 0x100; code++) {
      byte[] packet = {(byte) code, 1, 0, 4};
      if (code != 1) {
        receive(engine, packet, 0);
      }
      receive(peer, packet, 0);
    }
    assertEquals(0xff, engine.statistics().unexpected());
    assertEquals(0x100, peer.statistics().unexpected());
    assertSilent(engine);
    assertSilent(peer);
  }
}
