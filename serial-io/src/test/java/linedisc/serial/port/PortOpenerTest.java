package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortOpenerTest {
  @TempDir private Path folder;

  @Test
  void aCommand() throws IOException {
    Ptys.assumed();
    try (SerialTransport line = open("exec:printf 'a b'")) {
      Recorder user = new Recorder();
      line.start(user);
      assertArrayEquals(new byte[] {'a', ' ', 'b'}, user.awaitReceived(3));
    }
  }

  @Test
  void aDevice() throws IOException {
    Ptys.assumed();
    try (PtyTransport master = PtyTransport.open();
        SerialTransport line = open(master.slave())) {
      assertEquals(master.slave(), line.name());
    }
  }

  @Test
  void aPtyUnderAName() throws IOException {
    Ptys.assumed();
    Path name = folder.resolve("modem0");
    try (SerialTransport line = open("pty:" + name)) {
      assertEquals(name + " (master)", line.name());
      assertTrue(Files.exists(name));
    }
  }

  @Test
  void connections() throws IOException {
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      try (SerialTransport line = open("tcp://127.0.0.1:" + port)) {
        assertEquals("127.0.0.1:" + port, line.name());
      }
      try (SerialTransport line = open("rfc2217://127.0.0.1:" + port)) {
        assertEquals("rfc2217://127.0.0.1:" + port, line.name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host:80",
        "tcp://host",
        "tcp://:1",
        "tcp://127.0.0.1:0",
        "rfc2217://127.0.0.1:65536",
        "tcp://127.0.0.1:99999999",
        "0403:ffff:NONE",
      })
  void aNameThatIsNoneIsSaidInASentence(String name) {
    PortException e = assertThrows(PortException.class, () -> open(name));
    assertEquals(PortException.Reason.NOT_FOUND, e.reason());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(name) && message.endsWith("."), message);
  }

  private SerialTransport open(String name) throws PortException {
    return new PortOpener(new SerialPorts(), new PortLocks(folder))
        .open(name, PortSettings.DEFAULT);
  }
}
