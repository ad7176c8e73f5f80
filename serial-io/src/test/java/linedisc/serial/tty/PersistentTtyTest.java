package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import linedisc.slip.SlipConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A port known by a link, as udev makes them, whose device is another each time.
@Timeout(60)
class PersistentTtyTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final InterfaceTable nearTable = new InterfaceTable();
  private final InterfaceTable farTable = new InterfaceTable();
  private final TtyTable near = new TtyTable(nearTable);
  private final TtyTable far = new TtyTable(farTable);
  private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();

  /// Binds the same interface each time.
  private final class Binder implements PersistentTty.User {
    private final @Nullable NetInterface sl;

    Binder(@Nullable NetInterface sl) {
      this.sl = sl;
    }

    @Override
    public void opened(Tty tty) throws IOException {
      calls.add("opened");
      if (sl == null) {
        throw new IOException("planted");
      }
      tty.bind(slip(), sl);
      calls.add("bound");
    }

    @Override
    public void gone(@Nullable HangUp cause) {
      calls.add(cause == null ? "closed" : cause);
    }

    @Override
    public void failed(PortException why) {
      calls.add(why.reason());
    }
  }

  @BeforeEach
  void needsPtys() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
  }

  @AfterEach
  void close() {
    near.close();
    far.close();
    nearTable.close();
    farTable.close();
  }

  private static SlipDiscipline slip() {
    return new SlipDiscipline(SlipConfig.builder().build());
  }

  private Object next() throws InterruptedException {
    Object call = calls.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(call, "nothing has happened");
    return call;
  }

  @Test
  void theLinkComesBackWithTheLine() throws Exception {
    Path link = folder.resolve("usb-modem");
    PortOpener opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
    NetInterface sl0 = nearTable.create("sl");
    PersistentTty line =
        PersistentTty.start(
            near,
            "usb-modem",
            () -> opener.await(link.toString(), PortSettings.DEFAULT, Duration.ofDays(1)),
            new Binder(sl0));
    for (int i = 0; i < 3; i++) {
      PtyTransport master = PtyTransport.open();
      Tty other = far.open(master);
      NetInterface peer = other.bind(slip()).netInterface();
      assertNull(line.tty());
      Files.createSymbolicLink(link, Path.of(master.slave()));
      assertEquals("opened", next());
      assertEquals("bound", next());
      // An IPv6 header alone.
      byte[] packet = new byte[40];
      packet[0] = 0x60;
      packet[39] = (byte) i;
      sl0.send(packet, 0, packet.length);
      byte[] got = new byte[1500];
      assertEquals(packet.length, peer.receive(got, 0, got.length, LONG));
      assertArrayEquals(packet, Arrays.copyOf(got, packet.length));
      Files.delete(link);
      other.close(Duration.ZERO).await();
      assertTrue(next() instanceof HangUp);
      assertTrue(sl0.isAttached());
    }
    line.close();
    assertTrue(calls.isEmpty(), calls.toString());
  }

  @Test
  void aUserWhoCanDoNothingWithItGetsItAgain() throws Exception {
    try (PtyTransport master = PtyTransport.open()) {
      PortOpener opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
      PersistentTty line =
          PersistentTty.start(
              near,
              "pty",
              () -> opener.open(master.slave(), PortSettings.DEFAULT),
              new Binder(null));
      for (int i = 0; i < 2; i++) {
        assertEquals("opened", next());
        assertEquals("closed", next());
      }
      line.close();
    }
  }

  @Test
  void whatIsNoPortIsNotTriedAgain() throws Exception {
    PortOpener opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
    PersistentTty line =
        PersistentTty.start(
            near,
            "null",
            () -> opener.await("/dev/null", PortSettings.DEFAULT, Duration.ofDays(1)),
            new Binder(null));
    assertEquals(PortException.Reason.NOT_A_PORT, next());
    line.close();
  }

  @Test
  void aLineThatIsGivenUpWhileItOpensIsClosedAgain() throws Exception {
    CompletableFuture<PersistentTty> line = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    SerialTransport wire = wire(closed);
    line.complete(
        PersistentTty.start(
            near,
            "wire",
            () -> {
              assertNull(line.join().close(Duration.ZERO));
              // Whatever opens it may have taken the interrupt for its own.
              boolean _ = Thread.interrupted();
              return wire;
            },
            new Binder(null)));
    assertTrue(closed.await(20, TimeUnit.SECONDS));
    assertEquals(List.of(), List.copyOf(calls));
  }

  @Test
  void aLineThatOpensAfterItsTableWasClosedIsClosedToo() throws Exception {
    NetInterface sl0 = nearTable.create("sl");
    CountDownLatch closed = new CountDownLatch(1);
    PersistentTty line =
        PersistentTty.start(
            near,
            "wire",
            () -> {
              near.close();
              return wire(closed);
            },
            new Binder(sl0));
    assertTrue(closed.await(20, TimeUnit.SECONDS));
    line.close();
  }

  private static SerialTransport wire(CountDownLatch closed) {
    return new ForwardingTransport(new NullModem("wire", 0, () -> {}).left()) {
      @Override
      public void start(TransportUser user) {
        line().start(user);
      }

      @Override
      public CloseResult close(Duration drain) {
        closed.countDown();
        return super.close(drain);
      }
    };
  }

  @Test
  void aLineThatIsAwaitedCanBeGivenUp() throws NetException {
    PortOpener opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
    PersistentTty line =
        PersistentTty.start(
            near,
            "none",
            () ->
                opener.await(
                    folder.resolve("none").toString(), PortSettings.DEFAULT, Duration.ofDays(1)),
            new Binder(nearTable.create("sl")));
    assertNull(line.close(Duration.ZERO));
    assertTrue(calls.isEmpty(), calls.toString());
  }
}
