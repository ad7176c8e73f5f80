package linedisc.ppp.auth;

import static linedisc.ppp.auth.AuthProtocolTest.assertFailed;
import static linedisc.ppp.auth.AuthProtocolTest.assertSucceeded;
import static linedisc.ppp.auth.EapTest.MD5_REQUEST;
import static linedisc.ppp.auth.EapTest.afterIdentity;
import static linedisc.ppp.auth.EapTest.authenticator;
import static linedisc.ppp.auth.EapTest.pair;
import static linedisc.ppp.auth.EapTest.peer;
import static linedisc.ppp.auth.EapTest.response;
import static linedisc.ppp.auth.Packets.answer;
import static linedisc.ppp.auth.Packets.assertSilent;
import static linedisc.ppp.auth.Packets.hex;
import static linedisc.ppp.auth.Packets.receive;
import static linedisc.ppp.auth.Packets.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// EAP against those who mean harm: security cases by number.
class EapSecurityTest {
  /// Security case 8: unknown types lead to the next method or to a failure, never to a Nak of
  /// ours.
  @ParameterizedTest
  @ValueSource(strings = {"", "00", "13", "ff", "1a", "0d13", "0004"})
  void case8_authenticatorNeverSendsNak(String wanted) {
    AuthProtocol engine = authenticator(EapType.MSCHAPV2, EapType.MD5_CHALLENGE);
    byte[] offer = afterIdentity(engine);
    assertEquals(26, offer[4]);
    receive(engine, response(offer[1], 3, hex(wanted)), 0);
    byte[] next = sent(engine);
    boolean none = wanted.isEmpty() || wanted.startsWith("00");
    assertEquals(none ? 4 : 1, next[0]);
    if (!none) {
      assertEquals(4, next[4]);
      receive(engine, response(next[1], 3, hex("13")), 0);
      assertEquals(4, sent(engine)[0]);
    }
    assertFailed(AuthFailure.NO_COMMON_METHOD, engine);
  }

  /// Security case 8: a Response of another type than asked for is dropped.
  @Test
  void case8_unknownResponseTypesAreDropped() {
    AuthProtocol engine = authenticator(EapType.MD5_CHALLENGE);
    byte[] identity = sent(engine);
    for (int type = 0; type < 0x100; type++) {
      if (type != 1) {
        receive(engine, response(identity[1], type, new byte[] {4}), 0);
        assertSilent(engine);
      }
    }
    receive(engine, response(identity[1], 1, Names.encode("bob")), 0);
    byte[] challenge = sent(engine);
    for (int type = 0; type < 0x100; type++) {
      if (type != 3 && type != 4) {
        receive(engine, response(challenge[1], type, new byte[] {4}), 0);
        assertSilent(engine);
      }
    }
    assertEquals(255 + 254, engine.statistics().unexpected());
    assertNull(engine.pollEvent());
  }

  /// Security case 1: a value size near and over the length, names up to a full packet, in each
  /// state.
  @Test
  void case1_sizesAndNamesInEachState() {
    List<byte[]> requests = new ArrayList<>();
    for (int size : new int[] {0, 1, 15, 16, 17, 20, 254, 255}) {
      for (int rest : new int[] {0, 1, size - 1, size, size + 1, size + 255, size + 256, 1400}) {
        if (rest >= 0) {
          byte[] data = new byte[1 + rest];
          Arrays.fill(data, (byte) 'n');
          data[0] = (byte) size;
          requests.add(data);
        }
      }
    }
    for (int state = 0; state < 5; state++) {
      for (byte[] data : requests) {
        AuthProtocol peer = peer(EapType.MD5_CHALLENGE, EapType.MSCHAPV2);
        AuthProtocol authenticator = authenticator(EapType.MD5_CHALLENGE);
        int identifier = 0x30;
        int expected = sent(authenticator)[1];
        if (state >= 1) {
          receive(peer, "01 20 0005 01", 0);
          sent(peer);
          receive(authenticator, response(expected, 1, Names.encode("bob")), 0);
          expected = sent(authenticator)[1];
        }
        if (state >= 2) {
          receive(peer, MD5_REQUEST, 0);
          receive(
              authenticator,
              response(expected, 4, CountedField.of(new byte[16], Names.encode("bob"))),
              0);
        }
        if (state >= 3) {
          answer(peer, "secret", 0);
          sent(peer);
          answer(authenticator, "secret", 0);
          sent(authenticator);
        }
        if (state >= 4) {
          receive(peer, "03 21 0004", 0);
        }
        receive(peer, AuthProtocol.build(1, identifier, new byte[] {4}, data), 0);
        receive(authenticator, response(expected, 4, data), 0);
        while (peer.pollTransmit() != null || authenticator.pollTransmit() != null) {}
        assertFalse(authenticator.outcome() instanceof AuthOutcome.Succeeded);
      }
    }
  }

  /// Security case 1: what is longer than it may be is malformed, and the next good one works.
  @Test
  void case1_valueBeyondThePacketIsDropped() {
    AuthProtocol engine = peer(EapType.MD5_CHALLENGE);
    receive(engine, "01 21 0009 04 04 000102", 0);
    receive(engine, "01 21 0006 04 00", 0);
    receive(engine, "01 21 0005 04", 0);
    assertEquals(3, engine.statistics().malformed());
    assertNull(engine.pollEvent());
    receive(engine, MD5_REQUEST, 0);
    answer(engine, "secret", 0);
    receive(engine, "03 21 0004", 0);
    assertSucceeded(engine);
  }

  /// Security case 24: the inner length of MSCHAPv2 below its header or beyond the packet, both
  /// ways.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 1000, 0x7fff, 0xffff, -1})
  void case24_innerLengths(int msLength) {
    AuthProtocol authenticator = authenticator(EapType.MSCHAPV2);
    AuthProtocol peer = peer(EapType.MSCHAPV2);
    byte[] offer = afterIdentity(authenticator);
    receive(peer, withInnerLength(offer, msLength), 0);
    assertEquals(1, peer.statistics().malformed());
    receive(peer, offer, 0);
    answer(peer, "secret", 0);
    byte[] response = sent(peer);
    receive(authenticator, withInnerLength(response, msLength), 0);
    assertEquals(1, authenticator.statistics().malformed());
    assertNull(authenticator.pollEvent());
    receive(authenticator, response, 0);
    answer(authenticator, "secret", 0);
    byte[] success = sent(authenticator);
    receive(peer, withInnerLength(success, msLength), 0);
    assertEquals(2, peer.statistics().malformed());
    receive(peer, success, 0);
    assertSucceeded(peer);
  }

  /// -1 stands for one more than there is.
  private static byte[] withInnerLength(byte[] packet, int msLength) {
    int length = msLength < 0 ? packet.length - 5 + 1 : msLength;
    byte[] changed = packet.clone();
    changed[7] = (byte) (length >>> 8);
    changed[8] = (byte) length;
    return changed;
  }

  /// Security case 4: packets of 0 to 8 octets.
  @Test
  void case4_shortPackets() {
    for (int length = 0; length <= 8; length++) {
      for (int code = 0; code <= 5; code++) {
        byte[] packet = new byte[length];
        if (length > 0) {
          packet[0] = (byte) code;
        }
        if (length > 3) {
          packet[3] = (byte) length;
        }
        AuthProtocol peer = peer(EapType.MD5_CHALLENGE);
        AuthProtocol authenticator = authenticator(EapType.MD5_CHALLENGE);
        receive(peer, packet, 0);
        receive(authenticator, packet, 0);
        assertInstanceOf(AuthOutcome.Pending.class, peer.outcome());
        assertInstanceOf(AuthOutcome.Pending.class, authenticator.outcome());
      }
    }
  }

  /// Security case 5: what comes after Success and Failure once more does nothing.
  @Test
  void case5_responsesAfterTheEnd() {
    for (EapType type : EapType.values()) {
      for (boolean right : new boolean[] {true, false}) {
        AuthPair pair = pair(type);
        if (!right) {
          pair.ownSecrets.clear();
          pair.ownSecrets.add("wrong");
        }
        pair.start().run(Duration.ofSeconds(1));
        AuthOutcome outcome = pair.authenticator.outcome();
        assertEquals(right, outcome instanceof AuthOutcome.Succeeded);
        for (int i = 0; i < 3; i++) {
          for (byte[] packet : pair.fromPeer) {
            receive(pair.authenticator, packet, 0);
          }
        }
        assertSilent(pair.authenticator);
        assertEquals(outcome, pair.authenticator.outcome());
        assertNull(pair.authenticator.pollEvent());
      }
    }
  }

  /// Security case 6: conversations that are broken off leave nothing behind, however many they are
  /// and however late the owner looks.
  @Test
  void case6_abortedConversationsKeepNothing() {
    AuthConfig.Eap d = AuthConfig.Eap.DEFAULT;
    AuthConfig.Eap unlimited =
        new AuthConfig.Eap(
            d.restart(), 10, Duration.ofSeconds(60), Duration.ZERO, 0, 0, d.methods());
    AuthContext context =
        new AuthContext(AuthConfig.of("bob").withEap(unlimited), new SplittableRandom(1));
    AuthProtocol peer = AuthMethod.EAP.peer(context);
    peer.start(0);
    AuthProtocol offers = authenticator(EapType.MSCHAPV2);
    byte[] challenge = afterIdentity(offers);
    byte[] notification = AuthProtocol.build(1, 0, new byte[] {2}, new byte[100]);
    for (int i = 0; i < 100_000; i++) {
      byte[] request = (i & 1) == 0 ? challenge : notification;
      request[1] = (byte) i;
      peer.receive(request, 0, request.length, i);
      if (i % 100 == 0) {
        // The method asks for a secret; without an answer nothing else would be taken.
        peer.answer(
            new CredentialRequest.OurSecret(AuthMethod.EAP, "bob", "srv", false),
            AuthPair.known("secret"),
            i);
      }
    }
    int events = 0;
    while (peer.pollEvent() != null) {
      events++;
    }
    int packets = 0;
    while (peer.pollTransmit() != null) {
      packets++;
    }
    assertTrue(events > 0 && events <= 40, "events " + events);
    assertTrue(packets > 0 && packets <= 8, "packets " + packets);
  }
}
