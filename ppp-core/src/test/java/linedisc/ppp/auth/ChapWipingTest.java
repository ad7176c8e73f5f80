package linedisc.ppp.auth;

import static linedisc.ppp.auth.Packets.answer;
import static linedisc.ppp.auth.Packets.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Security case 19: what is derived from a secret does not outlive its use.
class ChapWipingTest {
  private static final String CHALLENGE = "01 07 0015 10 000102030405060708090a0b0c0d0e0f";

  private final Watched algorithm = new Watched();
  private final AuthProtocol peer =
      new ChapPeer(
          AuthMethod.MS_CHAP_V2,
          algorithm,
          new AuthContext(AuthConfig.of("bob"), new SplittableRandom(1)));

  private ChapAlgorithm.Proof respond() {
    peer.start(0);
    receive(peer, CHALLENGE, 0);
    answer(peer, "secret", 0);
    return algorithm.proofs.getFirst();
  }

  private static void assertWiped(boolean keysToo, ChapAlgorithm.Proof proof) {
    assertEquals("00".repeat(20), HexFormat.of().formatHex(proof.confirmation()));
    MppeKeys keys = proof.keys();
    assertNotNull(keys);
    for (byte[] key : new byte[][] {keys.send(16), keys.receive(16), keys.send(8)}) {
      assertEquals(keysToo, HexFormat.of().formatHex(key).equals("00".repeat(key.length)), "keys");
    }
  }

  @Test
  void case19_success() {
    ChapAlgorithm.Proof proof = respond();
    String digits = HexFormat.of().withUpperCase().formatHex(proof.confirmation());
    receive(peer, AuthProtocol.build(3, 7, Names.encode("S=" + digits)), 0);
    AuthProtocolTest.assertSucceeded(peer);
    assertWiped(false, proof);
    peer.close();
    // They are the owner's now.
    assertWiped(false, proof);
  }

  @Test
  void case19_failure() {
    ChapAlgorithm.Proof proof = respond();
    receive(peer, AuthProtocol.build(4, 7, Names.encode("E=691 R=0")), 0);
    assertWiped(true, proof);
  }

  @Test
  void case19_wrongConfirmation() {
    ChapAlgorithm.Proof proof = respond();
    receive(peer, AuthProtocol.build(3, 7, Names.encode("S=" + "00".repeat(20))), 0);
    AuthProtocolTest.assertFailed(AuthFailure.AUTHENTICATOR_NOT_PROVEN, peer);
    assertWiped(true, proof);
  }

  @Test
  void case19_newerChallenge() {
    ChapAlgorithm.Proof proof = respond();
    receive(peer, CHALLENGE.replace("01 07", "01 08"), 0);
    assertWiped(true, proof);
  }

  @Test
  void case19_timeLimit() {
    ChapAlgorithm.Proof proof = respond();
    peer.handleTimeout(60_000_000_000L);
    AuthProtocolTest.assertFailed(AuthFailure.TIMED_OUT, peer);
    assertWiped(true, proof);
  }

  @Test
  void case19_close() {
    ChapAlgorithm.Proof proof = respond();
    peer.close();
    assertWiped(true, proof);
  }

  /// A second success has keys that nobody wants (RFC 3079 section 3).
  @Test
  void case19_laterAuthentication() {
    ChapAlgorithm.Proof first = respond();
    String digits = HexFormat.of().withUpperCase().formatHex(first.confirmation());
    receive(peer, AuthProtocol.build(3, 7, Names.encode("S=" + digits)), 0);
    receive(peer, CHALLENGE.replace("01 07", "01 08"), 0);
    answer(peer, "secret", 0);
    ChapAlgorithm.Proof second = algorithm.proofs.getLast();
    digits = HexFormat.of().withUpperCase().formatHex(second.confirmation());
    receive(peer, AuthProtocol.build(3, 8, Names.encode("S=" + digits)), 0);
    assertWiped(false, first);
    assertWiped(true, second);
  }

  /// MS-CHAP-V2 that remembers what it gave out.
  private static final class Watched implements ChapAlgorithm {
    final List<Proof> proofs = new ArrayList<>();
    private final ChapAlgorithm real = new MsChap2();

    @Override
    public Proof prove(
        int identifier, String name, Secret secret, byte[] challenge, AuthContext context) {
      Proof proof = real.prove(identifier, name, secret, challenge, context);
      proofs.add(proof);
      return proof;
    }

    @Override
    public int challengeLength() {
      return real.challengeLength();
    }

    @Override
    public boolean canAnswer(int length) {
      return real.canAnswer(length);
    }

    @Override
    public boolean isConfirmedBy(Proof proof, byte[] message) {
      return real.isConfirmedBy(proof, message);
    }

    @Override
    public Refusal readRefusal(byte[] message) {
      return real.readRefusal(message);
    }

    @Override
    public Judgement judge(
        int identifier, String name, Secret secret, byte[] challenge, byte[] value) {
      return real.judge(identifier, name, secret, challenge, value);
    }

    @Override
    public byte[] refusal(int error, byte @Nullable [] nextChallenge) {
      return real.refusal(error, nextChallenge);
    }

    @Override
    public boolean hasRetries() {
      return real.hasRetries();
    }

    @Override
    public boolean isChangePassword(int code) {
      return real.isChangePassword(code);
    }
  }
}
