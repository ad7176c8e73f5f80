package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import linedisc.serial.ffi.Libc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ports opened through the C library, all driven by one loop; and what is a loop's own.
class PosixTransportTest extends SerialPortContract {
  private final EpollLoop loop = Objects.requireNonNull(backend.loop());

  PosixTransportTest() {
    super("posix", new SerialBackend.Posix(new EpollLoop()));
  }

  private final Libc libc = new Libc(4096);

  /// A write never waits, so there is nothing that a close would have to leave to its fate.
  @Test
  void aFullLineDoesNotKeepThePortFromClosing() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Recorder user = new Recorder();
      user.send(new byte[1 << 20]);
      port.start(user);
      assertEquals(CloseResult.CLOSED, port.close(Duration.ofMillis(100)));
      assertFalse(user.hasSentAll());
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
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
      assertEquals(1, user.hangUps());
    }
  }

  /// Both ends on one thread, and the line full most of the time.
  @Test
  void bothEndsShareALoop() throws IOException {
    try (PtyTransport master = PtyTransport.open(loop);
        SerialTransport port = open(master)) {
      Duplex duplex = Duplex.start(master, port, 1055, 1_000_000, 1_000_000);
      duplex.awaitEnd();
    }
  }

  @Test
  void anExceptionOfOneUserIsNoMatterForTheOthers() throws IOException {
    try (PtyTransport one = PtyTransport.open();
        PtyTransport two = PtyTransport.open();
        SerialTransport bad = open(one);
        SerialTransport good = open(two)) {
      Recorder broken = new Recorder();
      bad.start(broken);
      Recorder user = new Recorder();
      good.start(user);
      broken.failWith(new IllegalStateException("planted"));
      Recorder far = new Recorder();
      far.send(new byte[1]);
      one.start(far);
      assertInstanceOf(HangUp.UserFailed.class, broken.awaitHangUp());
      Recorder other = new Recorder();
      other.send(new byte[] {1, 2, 3});
      two.start(other);
      assertArrayEquals(new byte[] {1, 2, 3}, user.awaitReceived(3));
      assertEquals(0, user.hangUps());
    }
  }

  /// Even if it can't bear to be told.
  @Test
  void anExceptionAtTheHangUpIsNoMatterForTheOthers() throws IOException {
    try (PtyTransport one = PtyTransport.open();
        PtyTransport two = PtyTransport.open();
        SerialTransport bad = open(one);
        SerialTransport good = open(two)) {
      CountDownLatch told = new CountDownLatch(1);
      bad.start(
          new Silent() {
            @Override
            public void hungUp(HangUp cause) {
              told.countDown();
              throw new IllegalStateException("planted");
            }
          });
      Recorder user = new Recorder();
      good.start(user);
      one.close(Duration.ZERO);
      await(told);
      Recorder other = new Recorder();
      other.send(new byte[] {1, 2, 3});
      two.start(other);
      assertArrayEquals(new byte[] {1, 2, 3}, user.awaitReceived(3));
      assertEquals(CloseResult.CLOSED, bad.close(Duration.ZERO));
    }
  }

  @Test
  void aCloseWaitsForTheUsersMethodToReturn() throws Exception {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport port = open(master);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch outside = new CountDownLatch(1);
      port.start(
          new Silent() {
            @Override
            public void input(long mark, byte[] buffer, int offset, int length) {
              inside.countDown();
              PosixTransportTest.await(go);
              outside.countDown();
            }
          });
      Recorder far = new Recorder();
      far.send(new byte[1]);
      master.start(far);
      await(inside);
      try (ExecutorService closer = Executors.newSingleThreadExecutor()) {
        Future<CloseResult> close = closer.submit(() -> port.close(Duration.ZERO));
        assertFalse(close.isDone());
        go.countDown();
        assertEquals(CloseResult.CLOSED, close.get(20, TimeUnit.SECONDS));
        assertEquals(0, outside.getCount());
      }
    }
  }

  /// The one case in which it can't be closed.
  @Test
  void aPortWhoseUserDoesNotReturnIsAZombieUntilItDoes() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport port = open(master);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      port.start(
          new Silent() {
            @Override
            public void input(long mark, byte[] buffer, int offset, int length) {
              inside.countDown();
              PosixTransportTest.await(go);
            }
          });
      Recorder far = new Recorder();
      far.send(new byte[1]);
      master.start(far);
      await(inside);
      assertEquals(CloseResult.ZOMBIE, port.close(Duration.ZERO));
      go.countDown();
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
    }
  }

  @Test
  void aPortIsClosedFromAnothersMethodAndFromItsOwn() throws IOException {
    try (PtyTransport one = PtyTransport.open();
        PtyTransport two = PtyTransport.open()) {
      SerialTransport other = open(two);
      Recorder user = new Recorder();
      other.start(user);
      SerialTransport port = open(one);
      var results = new ArrayList<CloseResult>();
      CountDownLatch done = new CountDownLatch(1);
      port.start(
          new Silent() {
            @Override
            public void input(long mark, byte[] buffer, int offset, int length) {
              results.add(other.close(Duration.ofSeconds(5)));
              results.add(port.close(Duration.ofSeconds(5)));
              done.countDown();
            }
          });
      Recorder far = new Recorder();
      far.send(new byte[5000]);
      one.start(far);
      await(done);
      assertEquals(List.of(CloseResult.CLOSED, CloseResult.CLOSED), results);
      assertEquals(0, user.hangUps());
      open(one).close();
    }
  }

  @Test
  void aHangUpWhileTheUserIsAtWorkIsToldOnceItIsDone() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport port = open(master);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(1);
      var calls = new ConcurrentLinkedQueue<String>();
      port.start(
          new Silent() {
            @Override
            public void input(long mark, byte[] buffer, int offset, int length) {
              inside.countDown();
              PosixTransportTest.await(go);
              calls.add("input");
            }

            @Override
            public void hungUp(HangUp cause) {
              calls.add("hung up");
              told.countDown();
            }
          });
      Recorder far = new Recorder();
      far.send(new byte[1]);
      master.start(far);
      await(inside);
      master.close(Duration.ZERO);
      go.countDown();
      await(told);
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
      assertEquals(List.of("input", "hung up"), List.copyOf(calls));
    }
  }

  /// Whatever its writer and its reader do, and whoever hangs up meanwhile.
  @Test
  void aPortClosesAtAnyMoment() throws Exception {
    SplittableRandom random = new SplittableRandom(41858);
    long before = descriptors();
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 300; i++) {
        PtyTransport master = PtyTransport.open(random.nextBoolean() ? loop : null);
        SerialTransport port = open(master);
        Recorder near = new Recorder();
        near.send(new byte[random.nextInt(60_000)]);
        Recorder far = new Recorder();
        far.send(new byte[random.nextInt(60_000)]);
        port.start(near);
        if (random.nextInt(3) > 0) {
          master.start(far);
        }
        List<Future<?>> all = new ArrayList<>();
        if (random.nextBoolean()) {
          all.add(others.submit(() -> master.close(Duration.ZERO)));
        }
        all.add(others.submit(port::workReady));
        for (int spin = random.nextInt(2000); spin > 0; spin--) {
          Thread.onSpinWait();
        }
        assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO), "round " + i);
        for (Future<?> each : all) {
          each.get();
        }
        assertEquals(CloseResult.CLOSED, master.close(Duration.ZERO), "round " + i);
        assertTrue(near.hangUps() <= 1, "round " + i);
      }
    }
    assertEquals(before, descriptors());
  }

  /// The number of its descriptor may be somebody else's by then.
  @Test
  void aPortThatIsStartedAfterItsCloseDoesNothing() throws IOException {
    try (PtyTransport one = PtyTransport.open();
        PtyTransport two = PtyTransport.open();
        PtyTransport bystander = PtyTransport.open(loop)) {
      SerialTransport port = open(one);
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
      int next = libc.open(two.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
      Recorder late = new Recorder();
      late.send(new byte[1]);
      port.start(late);
      port.workReady();
      // The second turn of another comes after its first.
      threadOf(bystander);
      try (PtyTransport another = PtyTransport.open(loop)) {
        threadOf(another);
      }
      assertFalse(late.hasSentAll());
      assertEquals(0, late.hangUps());
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
      libc.close(next);
    }
  }

  @Test
  void aPortIsClosedWhileItIsStarted() throws Exception {
    SplittableRandom random = new SplittableRandom(20_077);
    long before = descriptors();
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        PtyTransport bystander = PtyTransport.open(loop)) {
      bystander.start(new Recorder());
      for (int i = 0; i < 300; i++) {
        try (PtyTransport master = PtyTransport.open()) {
          SerialTransport port = open(master);
          Recorder user = new Recorder();
          Future<?> start = other.submit(() -> port.start(user));
          for (int spin = random.nextInt(2000); spin > 0; spin--) {
            Thread.onSpinWait();
          }
          assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO), "round " + i);
          start.get();
          assertEquals(0, user.hangUps(), "round " + i);
        }
      }
    }
    assertEquals(before, descriptors());
  }

  /// A closed port's name, and its descriptor's number, come back at once; nothing of before may be
  /// taken for something of the new one.
  @Test
  void aPortIsOpenedAgainUnderTheSameName() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        PtyTransport bystander = PtyTransport.open(loop)) {
      bystander.start(new Recorder());
      // While it is held open here the other side does not hang up.
      int held = libc.open(master.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
      Recorder far = new Recorder();
      master.start(far);
      for (int i = 0; i < 200; i++) {
        try (SerialTransport port = open(master)) {
          Recorder near = new Recorder();
          port.start(near);
          byte[] octets = {(byte) i, 1};
          far.send(octets);
          master.workReady();
          assertArrayEquals(octets, near.awaitReceived(2), "round " + i);
          near.send(octets);
          port.workReady();
          far.awaitReceived(2 * (i + 1));
        }
      }
      assertEquals(0, far.hangUps());
      libc.close(held);
    }
  }

  @Test
  void theThreadIsThereFromTheFirstLineToTheLast() throws IOException {
    long before = descriptors();
    List<@Nullable Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (PtyTransport one = PtyTransport.open(loop);
          PtyTransport two = PtyTransport.open(loop)) {
        threads.add(threadOf(one));
        assertEquals(threads.getLast(), threadOf(two));
      }
      assertEquals(before, descriptors());
    }
    assertNotEquals(threads.getFirst(), threads.getLast());
    assertFalse(threads.stream().anyMatch(thread -> thread != null && thread.isAlive()));
  }

  private static @Nullable Thread threadOf(SerialTransport line) {
    AtomicReference<@Nullable Thread> seen = new AtomicReference<>();
    CountDownLatch called = new CountDownLatch(1);
    line.start(
        new Silent() {
          @Override
          public int fill(byte[] buffer, int offset, int length) {
            seen.set(Thread.currentThread());
            called.countDown();
            return 0;
          }
        });
    await(called);
    return seen.get();
  }

  @Test
  void fiveHundredPortsTakeTurns() throws IOException {
    List<PtyTransport> masters = new ArrayList<>();
    List<SerialTransport> ports = new ArrayList<>();
    List<Recorder> users = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        PtyTransport master = PtyTransport.open(loop);
        masters.add(master);
        SerialTransport port = open(master);
        ports.add(port);
        for (SerialTransport end : List.of(master, port)) {
          Recorder user = new Recorder();
          user.send(new byte[] {(byte) i, (byte) (i >> 8), 3});
          users.add(user);
          end.start(user);
        }
      }
      for (int i = 0; i < users.size(); i++) {
        byte[] expected = {(byte) (i / 2), (byte) (i / 2 >> 8), 3};
        assertArrayEquals(expected, users.get(i).awaitReceived(3));
      }
    } finally {
      ports.forEach(SerialTransport::close);
      masters.forEach(SerialTransport::close);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  /// Has nothing to say.
  private static class Silent implements TransportUser {
    @Override
    public long mark() {
      return 0;
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {}

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      return 0;
    }

    @Override
    public void hungUp(HangUp cause) {}
  }
}
