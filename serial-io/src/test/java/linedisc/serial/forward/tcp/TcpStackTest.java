package linedisc.serial.forward.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.forward.Prefix;
import linedisc.serial.life.Clock;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over a loopback interface, where nobody serves.
class TcpStackTest {
  private static final int SILENT = 7;

  private final InterfaceTable table = new InterfaceTable();
  private final Forwarder forwarder = new Forwarder(table, Runnable::run);
  private final Clock clock = new Clock(table.sync());
  private final TcpStack stack =
      new TcpStack(forwarder, RandomGenerator.of("SplittableRandom"), clock, table, Runnable::run);

  @BeforeEach
  void attach() throws IOException {
    NetInterface lo0 = table.get("lo0");
    lo0.configure(new AddressPair(Prefix.address("127.0.0.1"), null));
    lo0.configure(new AddressPair(Prefix.address("::1"), null));
    forwarder.attach(lo0);
    forwarder.setLocal(stack);
  }

  @AfterEach
  void close() {
    stack.close();
    forwarder.close();
    clock.close();
    table.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aSegmentOfNoConnectionGetsAReset(String address) {
    IOException refused =
        assertThrows(IOException.class, () -> stack.connect(Prefix.address(address), 9));
    assertEquals("connection refused", refused.getMessage());
  }

  @Test
  void noWayLeadsThere() {
    InetAddress nowhere = Prefix.address("10.1.2.3");
    assertEquals(
        "no way to 10.1.2.3",
        assertThrows(IOException.class, () -> stack.connect(nowhere, 9)).getMessage());
  }

  /// A lost interface, and not the many seconds after which nobody has answered, ends the wait.
  @Test
  void aConnectionEndsWithItsInterface() throws Exception {
    NetInterface sl0 = table.create("sl0");
    sl0.configure(new AddressPair(Prefix.address("10.0.0.1"), Prefix.address("10.0.0.2")));
    forwarder.attach(sl0);
    var failure = new CompletableFuture<IOException>();
    Thread waiter =
        Thread.ofPlatform()
            .start(() ->
                failure.complete(
                    assertThrows(
                        IOException.class, () -> stack.connect(Prefix.address("10.0.0.2"), 9))));
    while (waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    sl0.destroy().await();
    assertEquals("the interface has gone", failure.get(30, TimeUnit.SECONDS).getMessage());
  }

  @Test
  void whatIsNotTcpIsNotTaken() {
    byte[] packet = new byte[40];
    int at = Ipv4.write(packet, 0, 0, 0, 64, Ip.UDP, 0x7f000001, 0x7f000001, 20);
    assertFalse(stack.packet(packet, 0, 40));
    Ipv4.write(packet, 0, 0, 0, 64, Ip.TCP, 0x7f000001, 0x7f000001, 20);
    Tcp.write(packet, at, 1, 2, 3, 4, Tcp.SYN, 5, 0);
    assertTrue(stack.packet(packet, 0, 40), "a damaged segment is TCP's to drop");
  }

  @Test
  void aRelayEndsAConnectionThatLeadsNowhere() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        TcpRelay relay = TcpRelay.open(stack, 0, Prefix.address("127.0.0.1"), 9, executor)) {
      for (int i = 0; i < 3; i++) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.localPort())) {
          assertEquals(-1, client.getInputStream().read());
        }
      }
    }
  }

  @Test
  @Timeout(20)
  void aRelayThatIsClosedWaitsForNobody() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    forwarder.setLocal((b, offset, length) -> {
      int tcp = offset + Ipv4.headerLength(b, offset);
      return Tcp.destinationPort(b, tcp) == SILENT
          ? answer(b, offset, tcp, ended)
          : stack.packet(b, offset, length);
    });
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        TcpRelay relay = TcpRelay.open(stack, 0, Prefix.address("127.0.0.1"), SILENT, executor);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.localPort())) {
      client.shutdownOutput();
      ended.await();
    }
  }

  /// Another address of this host is another end, even with the same ports.
  @Test
  void aSegmentToAnotherAddressIsOfNoConnection() throws Exception {
    var port = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    forwarder.setLocal((b, offset, length) -> {
      int tcp = offset + Ipv4.headerLength(b, offset);
      if (Tcp.destinationPort(b, tcp) != SILENT) {
        return stack.packet(b, offset, length);
      }
      port.set(Tcp.sourcePort(b, tcp));
      return answer(b, offset, tcp, ended);
    });
    InetAddress host = Prefix.address("127.0.0.1");
    TcpSocket socket = stack.connect(host, SILENT);
    byte[] reset = new byte[40];
    int length =
        Tcp.write(reset, Ipv4.HEADER_LENGTH, SILENT, port.get(), 1001, 0, Tcp.RST, 4096, 0);
    assertTrue(
        stack.packet(reset, 0, TcpStack.wrap(reset, host, Prefix.address("127.0.0.2"), length)));
    socket.write(new byte[1], 0, 1);
    assertTrue(stack.packet(reset, 0, TcpStack.wrap(reset, host, host, length)));
    assertThrows(IOException.class, () -> socket.write(new byte[1], 0, 1));
  }

  /// A server that acknowledges everything and never says anything, not even that it has ended.
  private boolean answer(byte[] b, int offset, int tcp, CountDownLatch ended) {
    int bits = Tcp.controlBits(b, tcp);
    boolean begins = (bits & Tcp.SYN) != 0;
    if (begins || (bits & Tcp.FIN) != 0) {
      byte[] reply = new byte[40];
      int segment =
          Tcp.write(
              reply,
              Ipv4.HEADER_LENGTH,
              SILENT,
              Tcp.sourcePort(b, tcp),
              begins ? 1000 : 1001,
              Tcp.sequence(b, tcp) + 1,
              begins ? Tcp.SYN | Tcp.ACK : Tcp.ACK,
              4096,
              0);
      InetAddress host = Prefix.address("127.0.0.1");
      var _ = forwarder.send(reply, 0, TcpStack.wrap(reply, host, host, segment));
      if (!begins) {
        ended.countDown();
      }
    }
    return true;
  }
}
