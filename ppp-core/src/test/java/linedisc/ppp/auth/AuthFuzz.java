package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/// Packets of any content to each authentication engine.
///
/// An input is one octet that picks method and role, then packets, each with two octets of length
/// in front. The engines are those of an [AuthPair] with seed 1, so that what the other end of that
/// pair sends leads deep into them. Secrets are answered, but wrong: nobody must get in.
class AuthFuzz {
  private static final int MAX_OUTPUTS = 100;

  @FuzzTest
  void packets(byte[] data) {
    if (data.length == 0) {
      return;
    }
    AuthMethod[] methods = AuthMethod.values();
    AuthMethod method = methods[(data[0] & 0x7f) % methods.length];
    AuthPair pair = new AuthPair(method, 1).start();
    AuthProtocol engine = data[0] < 0 ? pair.authenticator : pair.peer;
    long now = 0;
    int at = 1;
    while (at + 2 <= data.length) {
      int length = Math.min(AuthProtocol.unsigned16(data, at), data.length - at - 2);
      byte[] packet = Arrays.copyOfRange(data, at + 2, at + 2 + length);
      engine.receive(packet, 0, packet.length, now);
      drain(engine, now);
      engine.handleTimeout(now);
      drain(engine, now);
      now += 100_000_000L;
      at += 2 + length;
    }
    boolean asksForProof = engine == pair.authenticator || method == AuthMethod.MS_CHAP_V2;
    assertFalse(asksForProof && engine.outcome() instanceof AuthOutcome.Succeeded);
    engine.close();
  }

  private static void drain(AuthProtocol engine, long now) {
    int outputs = 0;
    for (AuthEvent event = engine.pollEvent(); event != null; event = engine.pollEvent()) {
      outputs++;
      if (event instanceof AuthEvent.Needed(CredentialRequest request)) {
        engine.answer(request, AuthPair.known("not it"), now);
      }
    }
    for (byte[] packet = engine.pollTransmit(); packet != null; packet = engine.pollTransmit()) {
      outputs++;
    }
    assertTrue(outputs < MAX_OUTPUTS);
  }
}
