package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessTransportTest {
  private final Recorder user = new Recorder();

  @BeforeEach
  void needsCommands() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
  }

  @Test
  void aCommandOnAPtyGetsEveryOctet() throws IOException {
    Ptys.assumed();
    try (ProcessTransport line = ProcessTransport.onPty(List.of("cat"))) {
      passes(line);
      assertEquals(CloseResult.CLOSED, line.close(Duration.ZERO));
      assertFalse(line.process().isAlive());
      assertEquals(0, user.hangUps());
    }
  }

  @Test
  void aCommandOnPipesGetsEveryOctet() throws IOException {
    try (ProcessTransport line = ProcessTransport.onPipes(List.of("cat"))) {
      passes(line);
      assertEquals(CloseResult.CLOSED, line.close(Duration.ZERO));
      assertFalse(line.process().isAlive());
      assertEquals(0, user.hangUps());
    }
  }

  @Test
  void theEndOfTheCommandHangsUp() throws IOException {
    Ptys.assumed();
    for (ProcessTransport line :
        List.of(
            ProcessTransport.onPty(List.of("printf", "bye")),
            ProcessTransport.onPipes(List.of("printf", "bye")))) {
      Recorder one = new Recorder();
      line.start(one);
      assertInstanceOf(HangUp.PeerClosed.class, one.awaitHangUp());
      assertArrayEquals(new byte[] {'b', 'y', 'e'}, one.received());
      line.close(Duration.ZERO);
    }
  }

  @Test
  void aCommandThatDoesNotReadIsEnded() throws IOException {
    try (ProcessTransport line = ProcessTransport.onPipes(List.of("sleep", "1000"))) {
      user.send(new byte[1 << 20]);
      line.start(user);
      assertEquals(CloseResult.CLOSED, line.close(Duration.ZERO));
      assertFalse(line.process().isAlive());
    }
  }

  @Test
  void aCommandThatIsNotThere() {
    PortException e =
        assertThrows(
            PortException.class, () -> ProcessTransport.onPipes(List.of("/no/such/program")));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("The command /no/such/program can't be run: "),
        e.getMessage());
  }

  private void passes(ProcessTransport line) {
    byte[] data = new byte[100_000];
    new SplittableRandom(4).nextBytes(data);
    user.send(data);
    line.start(user);
    assertArrayEquals(data, user.awaitReceived(data.length));
  }
}
