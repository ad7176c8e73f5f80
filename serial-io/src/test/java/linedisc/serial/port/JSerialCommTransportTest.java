package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Ports opened through jSerialComm.
class JSerialCommTransportTest extends SerialPortContract {
  JSerialCommTransportTest() {
    super("jserialcomm", new SerialBackend.JSerialComm());
  }

  @Test
  void aBlockedWriteLeavesAZombieThatClosesOnceReadable() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Recorder user = new Recorder();
      user.send(new byte[1 << 20]);
      port.start(user);
      // Nobody reads at the master until it is started.
      assertEquals(CloseResult.ZOMBIE, port.close(Duration.ofMillis(100)));
      assertEquals(CloseResult.ZOMBIE, port.close(Duration.ZERO));
      assertFalse(user.hasSentAll());
      PortException busy = assertThrows(PortException.class, () -> open(master));
      assertEquals(PortException.Reason.BUSY, busy.reason());
      master.start(new Recorder());
      assertEquals(CloseResult.CLOSED, port.close(Duration.ofSeconds(20)));
      assertEquals(0, user.hangUps());
      open(master).close();
    }
  }

  @Test
  void aStalledLineHangsUp() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port =
            open(
                master.slave(),
                PortSettings.builder().stallLimit(Duration.ofMillis(200)).build())) {
      Recorder user = new Recorder();
      user.send(new byte[1 << 20]);
      port.start(user);
      assertInstanceOf(HangUp.LineStalled.class, user.awaitHangUp());
      assertEquals(CloseResult.ZOMBIE, port.close(Duration.ZERO));
      master.close(Duration.ZERO);
      assertEquals(CloseResult.CLOSED, port.close(Duration.ofSeconds(20)));
    }
  }

  @Test
  void aPortClosesWhateverItsWriterIsDoing() throws IOException {
    SplittableRandom random = new SplittableRandom(41858);
    for (int i = 0; i < 30; i++) {
      try (PtyTransport master = PtyTransport.open()) {
        SerialTransport port = open(master);
        Recorder user = new Recorder();
        user.send(new byte[random.nextInt(30_000)]);
        port.start(user);
        if (random.nextBoolean()) {
          master.start(new Recorder());
        }
        if (random.nextBoolean()) {
          master.close(Duration.ZERO);
        }
        if (port.close(Duration.ZERO) == CloseResult.ZOMBIE) {
          master.close(Duration.ZERO);
          assertEquals(CloseResult.CLOSED, port.close(Duration.ofSeconds(20)), "round " + i);
        }
      }
    }
  }
}
