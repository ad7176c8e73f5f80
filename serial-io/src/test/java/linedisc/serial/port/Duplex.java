package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;

/// Random octets both ways over a pty at once.
///
/// @param far the user of the master, which sends `down`
/// @param near the user of the port, which sends `up`
record Duplex(Recorder far, Recorder near, byte[] down, byte[] up) {
  /// Starts both ends.
  static Duplex start(SerialTransport master, SerialTransport port, long seed, int down, int up) {
    SplittableRandom random = new SplittableRandom(seed);
    Duplex duplex = new Duplex(new Recorder(), new Recorder(), new byte[down], new byte[up]);
    random.nextBytes(duplex.down);
    random.nextBytes(duplex.up);
    duplex.far.send(duplex.down);
    duplex.near.send(duplex.up);
    master.start(duplex.far);
    port.start(duplex.near);
    return duplex;
  }

  /// Waits until all has come as it was sent.
  void awaitEnd() {
    assertArrayEquals(down, near.awaitReceived(down.length));
    assertArrayEquals(up, far.awaitReceived(up.length));
  }
}
