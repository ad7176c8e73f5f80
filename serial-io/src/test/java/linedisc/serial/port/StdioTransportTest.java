package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A child JVM that echoes its standard input, as seen over pipes and over a pty.
class StdioTransportTest {
  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  /// Sends back what comes, then an octet 4, until it has seen an octet 4 itself.
  static final class Echo {
    private Echo() {}

    public static void main(String[] arguments) throws Exception {
      StdioTransport line = StdioTransport.open();
      Recorder user = new Recorder();
      line.start(user);
      int seen = 0;
      for (boolean end = false; !end; ) {
        byte[] all = user.awaitReceived(seen + 1);
        byte[] some = Arrays.copyOfRange(all, seen, all.length);
        seen = all.length;
        end = some[some.length - 1] == 4;
        user.send(some);
        line.workReady();
      }
      line.close(Duration.ofSeconds(10));
    }
  }

  @Test
  void overPipesAndOverAPty() throws Exception {
    List<String> command = java(Echo.class);
    byte[] data = new byte[20_000];
    new SplittableRandom(5).nextBytes(data);
    for (int i = 0; i < data.length; i++) {
      data[i] |= (byte) 0x80;
    }
    data[data.length - 1] = 4;
    for (ProcessTransport line :
        List.of(ProcessTransport.onPipes(command), ProcessTransport.onPty(command))) {
      Recorder user = new Recorder();
      line.start(user);
      user.send(data);
      line.workReady();
      assertArrayEquals(data, user.awaitReceived(data.length));
      assertInstanceOf(HangUp.PeerClosed.class, user.awaitHangUp());
      assertEquals(data.length, user.received().length);
      line.close(Duration.ZERO);
    }
  }

  /// Says which of the three is a terminal.
  static final class Flags {
    private Flags() {}

    public static void main(String[] arguments) {
      for (StandardStream stream : StandardStream.values()) {
        System.out.print(stream.isTerminal() ? 't' : 'f');
      }
    }
  }

  @Test
  void eachStreamIsAskedForItself() throws Exception {
    assertEquals("ttf", flags("exec \"$@\" 2>/dev/null"));
    assertEquals("ftt", flags("exec \"$@\" 2>&1 </dev/null"));
  }

  private static String flags(String shell) throws PortException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell, "sh"));
    command.addAll(java(Flags.class));
    try (ProcessTransport line = ProcessTransport.onPty(command)) {
      Recorder user = new Recorder();
      line.start(user);
      return new String(user.awaitReceived(3), StandardCharsets.US_ASCII);
    }
  }

  private static List<String> java(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }
}
