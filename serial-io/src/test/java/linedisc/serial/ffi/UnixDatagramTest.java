package linedisc.serial.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixDatagramTest {
  private static final byte[] WORDS = "READY=1\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @BeforeEach
  void needsLinux() {
    assumeTrue(Platform.supported(), "foreign calls are Linux's");
  }

  @Test
  void nobodyListens() {
    assertFalse(UnixDatagram.send(folder.resolve("nothing").toString(), WORDS));
    assertFalse(UnixDatagram.send("@linedisc nobody " + folder, WORDS));
    assertFalse(UnixDatagram.send("", WORDS));
    assertFalse(UnixDatagram.send("x".repeat(200), WORDS));
  }

  @Test
  void somebodyListens() throws Exception {
    Path socat = Path.of("/usr/bin/socat");
    assumeTrue(Files.isExecutable(socat), "needs socat");
    Path socket = folder.resolve("socket");
    Process listener =
        new ProcessBuilder(socat.toString(), "-u", "UNIX-RECV:" + socket, "STDOUT").start();
    try {
      while (!UnixDatagram.send(socket.toString(), WORDS)) {
        assertTrue(listener.isAlive());
        Thread.onSpinWait();
      }
      byte[] heard = listener.getInputStream().readNBytes(WORDS.length);
      assertEquals("READY=1\n", new String(heard, StandardCharsets.UTF_8));
    } finally {
      listener.destroy();
    }
  }
}
