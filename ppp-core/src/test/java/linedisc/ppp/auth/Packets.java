package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;

/// Hand-made packets, and what an engine answers to them.
final class Packets {
  private Packets() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static void receive(AuthProtocol engine, String hex, long now) {
    receive(engine, hex(hex), now);
  }

  static void receive(AuthProtocol engine, byte[] packet, long now) {
    // In the middle of a buffer, so that reading outside is seen.
    byte[] buffer = new byte[packet.length + 7];
    java.util.Arrays.fill(buffer, (byte) 0xee);
    System.arraycopy(packet, 0, buffer, 3, packet.length);
    engine.receive(buffer, 3, packet.length, now);
  }

  static byte[] sent(AuthProtocol engine) {
    byte[] packet = engine.pollTransmit();
    assertNotNull(packet, "nothing was sent");
    return packet;
  }

  static void assertSent(String hex, AuthProtocol engine) {
    assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(sent(engine)));
  }

  static void assertSilent(AuthProtocol engine) {
    assertNull(engine.pollTransmit());
  }

  /// The request that the engine has just made.
  static CredentialRequest needed(AuthProtocol engine) {
    for (AuthEvent event = engine.pollEvent(); event != null; event = engine.pollEvent()) {
      if (event instanceof AuthEvent.Needed(CredentialRequest request)) {
        return request;
      }
    }
    throw new AssertionError("nothing was asked");
  }

  static void answer(AuthProtocol engine, String secret, long now) {
    engine.answer(needed(engine), AuthPair.known(secret), now);
  }
}
