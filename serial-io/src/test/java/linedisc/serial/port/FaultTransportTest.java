package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FaultTransportTest {
  private static final int OCTETS = 100_000;

  @Test
  void withoutRatesNothingHappens() {
    byte[] passed = pass(0, 0, 1);
    assertArrayEquals(new byte[OCTETS], passed);
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertArrayEquals(pass(1e-3, 1e-2, 42), pass(1e-3, 1e-2, 42));
  }

  @Test
  void bitsFlipAtTheRateAskedFor() {
    byte[] passed = pass(1e-3, 0, 7);
    assertEquals(OCTETS, passed.length);
    int flipped = BitSet.valueOf(passed).cardinality();
    // 800 expected, standard deviation 28
    assertTrue(flipped > 650 && flipped < 950, flipped + " bits");
  }

  @Test
  void octetsVanishAtTheRateAskedFor() {
    int dropped = OCTETS - pass(0, 1e-2, 7).length;
    // 1000 expected, standard deviation 31
    assertTrue(dropped > 800 && dropped < 1200, dropped + " octets");
  }

  @Test
  void receivedOctetsSufferToo() {
    NullModem wire = new NullModem("wire", 0, () -> {});
    Recorder sender = new Recorder();
    Recorder receiver = new Recorder();
    FaultTransport faulty = new FaultTransport(wire.right(), 0, 0.5, 3);
    wire.left().start(sender);
    faulty.start(receiver);
    sender.send(new byte[1000]);
    wire.left().workReady();
    wire.step(0);
    assertEquals(1000 - faulty.faults(), receiver.received().length);
    assertTrue(faulty.faults() > 400 && faulty.faults() < 600, faulty.faults() + " faults");
  }

  /// What arrives of zeros that are sent through faults.
  private static byte[] pass(double bitErrorRate, double dropRate, long seed) {
    NullModem wire = new NullModem("wire", 0, () -> {});
    Recorder sender = new Recorder();
    Recorder receiver = new Recorder();
    FaultTransport faulty = new FaultTransport(wire.left(), bitErrorRate, dropRate, seed);
    faulty.start(sender);
    wire.right().start(receiver);
    sender.send(new byte[OCTETS]);
    faulty.workReady();
    for (wire.step(0); wire.pollTimeout() != Long.MAX_VALUE; ) {
      wire.step(0);
    }
    return receiver.received();
  }
}
