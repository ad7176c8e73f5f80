package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SocketTransportTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Recorder near = new Recorder();
  private final Recorder far = new Recorder();

  @Test
  void trafficBothWaysArrivesAndTheEndHangsUp() throws IOException {
    try (ServerSocketChannel server = listen();
        SocketTransport client = SocketTransport.connect("127.0.0.1", port(server), TIMEOUT);
        SocketTransport accepted = new SocketTransport("accepted", server.accept())) {
      byte[] up = new byte[500_000];
      byte[] down = new byte[300_000];
      SplittableRandom random = new SplittableRandom(2217);
      random.nextBytes(up);
      random.nextBytes(down);
      near.send(up);
      far.send(down);
      client.start(near);
      accepted.start(far);
      assertArrayEquals(up, far.awaitReceived(up.length));
      assertArrayEquals(down, near.awaitReceived(down.length));
      assertEquals(CloseResult.CLOSED, accepted.close(Duration.ZERO));
      assertInstanceOf(HangUp.PeerClosed.class, near.awaitHangUp());
      assertEquals(0, far.hangUps());
    }
  }

  @Test
  void aBlockedWriteDoesNotKeepItFromClosing() throws IOException {
    try (ServerSocketChannel server = listen();
        SocketTransport client = SocketTransport.connect("127.0.0.1", port(server), TIMEOUT)) {
      near.send(new byte[32 << 20]);
      client.start(near);
      assertEquals(CloseResult.CLOSED, client.close(Duration.ofMillis(50)));
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocketChannel server = listen()) {
      port = port(server);
    }
    PortException e =
        assertThrows(
            PortException.class, () -> SocketTransport.connect("127.0.0.1", port, TIMEOUT));
    assertEquals("Nobody listens at 127.0.0.1:" + port + ".", e.getMessage());
    assertEquals(PortException.Reason.NOT_FOUND, e.reason());
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int port(ServerSocketChannel server) throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }
}
