package linedisc.serial.tty;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import linedisc.serial.life.Gate;
import linedisc.serial.life.OctetQueue;
import linedisc.serial.life.Sync;
import linedisc.serial.life.WorkSignal;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A line in memory with a reader, a writer, a gate and a descriptor that must not be closed beside
/// I/O: what a real transport is, without the port.
final class FakeLine implements SerialTransport {
  static final int CHUNK = 64;

  private final Sync sync;
  private final String name;
  private final Gate gate;
  private final WorkSignal work;
  private final WorkSignal writable;

  /// What the native read will give.
  private final OctetQueue incoming;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicInteger closes = new AtomicInteger();
  private volatile @Nullable FakeLine peer;
  private volatile @Nullable TransportUser user;
  private volatile PortSettings settings = PortSettings.DEFAULT;
  private volatile boolean stuck;
  private volatile boolean unplugged;
  private volatile boolean closing;
  private volatile boolean inNativeCall;

  FakeLine(Sync sync, String name) {
    this.sync = sync;
    this.name = name;
    this.gate = new Gate(sync);
    this.work = new WorkSignal(sync);
    this.writable = new WorkSignal(sync);
    this.incoming = new OctetQueue(sync, 1 << 16);
  }

  /// What either writes the other reads.
  static void connect(FakeLine a, FakeLine b) {
    a.peer = b;
    b.peer = a;
  }

  /// Octets arrive on the line.
  void arrive(byte[] octets) {
    incoming.offer(octets, 0, octets.length);
  }

  /// From now on a native write does not come back.
  void block() {
    stuck = true;
  }

  /// Blocked writes come back.
  void unblock() {
    stuck = false;
    writable.signal();
  }

  /// The adapter is pulled out.
  void unplug() {
    unplugged = true;
    incoming.close();
  }

  byte[] written() {
    synchronized (written) {
      return written.toByteArray();
    }
  }

  /// How often the descriptor was closed.
  int closes() {
    return closes.get();
  }

  boolean isWriting() {
    return gate.isInside(Gate.Side.WRITE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int speed() {
    return 115_200;
  }

  @Override
  public PortSettings settings() {
    return settings;
  }

  @Override
  public void apply(PortSettings wanted) {
    settings = wanted;
  }

  /// Whom the line drives.
  TransportUser user() {
    return Objects.requireNonNull(user);
  }

  @Override
  public void start(TransportUser driven) {
    user = driven;
    Thread _ = sync.start(name + "-reader", () -> read(driven));
    Thread _ = sync.start(name + "-writer", () -> write(driven));
  }

  @Override
  public void workReady() {
    work.signal();
  }

  @Override
  public CloseResult close(Duration drain) {
    boolean _ = gate.shut();
    closing = true;
    incoming.close();
    work.signal();
    if (!gate.awaitEmpty(Duration.ofMillis(50).toNanos())) {
      return CloseResult.ZOMBIE;
    }
    if (inNativeCall || closes.incrementAndGet() != 1) {
      throw new AssertionError("closed beside I/O or twice: " + closes);
    }
    return CloseResult.CLOSED;
  }

  private void read(TransportUser user) {
    byte[] buffer = new byte[CHUNK];
    for (; ; ) {
      if (!gate.enter(Gate.Side.READ)) {
        return;
      }
      int length;
      try {
        length = nativeRead(buffer);
      } finally {
        gate.leave(Gate.Side.READ);
      }
      if (length < 0) {
        hangUp(user);
        return;
      }
      user.input(user.mark(), buffer, 0, length);
    }
  }

  private void write(TransportUser user) {
    byte[] buffer = new byte[CHUNK];
    while (!closing) {
      int length = user.fill(buffer, 0, buffer.length);
      if (length == 0) {
        boolean _ = work.await(Sync.FOREVER);
        continue;
      }
      if (!gate.enter(Gate.Side.WRITE)) {
        return;
      }
      try {
        nativeWrite(buffer, length);
      } finally {
        gate.leave(Gate.Side.WRITE);
      }
      if (unplugged) {
        hangUp(user);
        return;
      }
    }
  }

  private void hangUp(TransportUser user) {
    boolean first;
    synchronized (this) {
      first = !closing && unplugged;
      unplugged = false;
    }
    if (first) {
      user.hungUp(new HangUp.DeviceGone(5, "Input/output error"));
    }
  }

  private int nativeRead(byte[] buffer) {
    try {
      return Math.max(-1, incoming.take(buffer, 0, buffer.length, Sync.FOREVER));
    } catch (InterruptedException e) {
      return -1;
    }
  }

  private void nativeWrite(byte[] buffer, int length) {
    inNativeCall = true;
    sync.step();
    while (stuck) {
      boolean _ = writable.await(Sync.FOREVER);
    }
    // Before the other end has it, so that who has seen it arrive finds it there.
    synchronized (written) {
      written.write(buffer, 0, length);
    }
    FakeLine other = peer;
    if (other != null && !unplugged) {
      other.incoming.offer(buffer, 0, length);
    }
    sync.step();
    inNativeCall = false;
  }
}
