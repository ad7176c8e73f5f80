package linedisc.serial.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;
import linedisc.serial.ffi.Tun;
import linedisc.serial.life.Closer;
import linedisc.serial.life.Gate;
import linedisc.serial.life.Gate.Side;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InputHandler;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A network device of the host that stands for an interface: what the interface receives goes to
/// the host's network stack, what that sends over the device is offered to the interface. Linux
/// only so far.
///
/// It consumes the interface's packets, so nobody else can. It goes with the interface, whose name
/// and unit stay taken until the kernel's device is gone; [#close] takes it away while the
/// interface stays.
///
/// Packets from the line are written on the reader's thread, after the port's lock was released;
/// those from the host are read on a thread of the device's own, which waits in `poll`, where an
/// eventfd wakes it. It offers and never waits: what finds the interface's queue full is dropped
/// and counted. Nothing is allocated for a packet, and every call on the descriptor passes a
/// [Gate].
///
/// Any thread may call any method, with no lock of a port or table held.
public final class TunDevice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TunDevice.class);

  /// The shortest buffer for a packet, in octets.
  private static final int LEAST_ROOM = 2048;

  private static final int DEVICE = 0;
  private static final int WAKE = 1;

  /// Longer than any call on the descriptor takes.
  private static final long GATE_NANOS = 2_000_000_000L;

  private final Sync sync = Sync.system();
  private final NetInterface netInterface;
  private final TunListener listener;
  private final String name;
  private final int index;
  private final int fd;
  private final int wake;
  private final Gate gate = new Gate(sync);
  private final Closer closer;
  private final Libc calls = new Libc(Long.BYTES);

  /// Whether [TunListener#closing] has been called. The closer's.
  private boolean undone;

  private final AtomicBoolean deleted = new AtomicBoolean();
  private final LongAdder toHost = new LongAdder();
  private final LongAdder toHostDropped = new LongAdder();
  private final LongAdder fromHost = new LongAdder();
  private final LongAdder fromHostDropped = new LongAdder();

  private TunDevice(NetInterface netInterface, TunListener listener, Tun tun, int index, int wake) {
    this.netInterface = netInterface;
    this.listener = listener;
    this.name = tun.name();
    this.index = index;
    this.fd = tun.fd();
    this.wake = wake;
    this.closer = new Closer(sync, "tun " + name, this::tryClose);
  }

  /// Makes a device for an interface. It is down and has no address; its MTU is the interface's.
  ///
  /// @param name the device's; null: the interface's; with `%d` in it: with the lowest free number
  /// @throws HostException when the host can't or won't have it
  /// @throws NetException ENXIO: the interface has gone; EBUSY: somebody else consumes its packets
  public static TunDevice open(
      NetInterface netInterface, @Nullable String name, TunListener listener)
      throws HostException, NetException {
    HostException.requireSupport();
    String wanted = name == null ? netInterface.name() : name;
    if (wanted.isEmpty() || wanted.length() > Tun.MAX_NAME) {
      throw HostException.noDevice(wanted, Errno.EINVAL);
    }
    Libc libc = new Libc(64);
    Tun tun = Tun.open(libc, wanted);
    if (tun.fd() < 0) {
      throw HostException.noDevice(wanted, -tun.fd());
    }
    int wake = -1;
    boolean opened = false;
    try (Rtnetlink host = new Rtnetlink()) {
      Rtnetlink.Device made = host.device(tun.name());
      if (made == null) {
        throw HostException.noDevice(wanted, Errno.ENODEV);
      }
      host.setMtu(made.index(), netInterface.mtu());
      boolean _ = host.makeNoAddresses(made.index());
      wake = libc.eventfd();
      if (wake < 0) {
        throw HostException.failed("making an event descriptor", -wake);
      }
      TunDevice device = new TunDevice(netInterface, listener, tun, made.index(), wake);
      // From here on the interface's end is the device's.
      netInterface.setInputHandler(device.new FromLine());
      opened = true;
      Thread _ = device.sync.start("tun " + device.name, device::readHost);
      return device;
    } finally {
      if (!opened) {
        libc.close(tun.fd());
        if (wake >= 0) {
          libc.close(wake);
        }
      }
    }
  }

  /// The device's name.
  public String name() {
    return name;
  }

  /// The device's number on the host.
  public int index() {
    return index;
  }

  /// What it has counted so far.
  public TunStatistics statistics() {
    return new TunStatistics(
        toHost.sum(), toHostDropped.sum(), fromHost.sum(), fromHostDropped.sum());
  }

  /// Whether somebody has deleted it.
  public boolean isDeleted() {
    return deleted.get();
  }

  /// Begins to remove the device.
  ///
  /// @return ends when the kernel has none any more
  public Removal remove() {
    return closer.start();
  }

  /// As [#remove], without waiting.
  @Override
  public void close() {
    Removal _ = remove();
  }

  // ---- the closer's

  private boolean tryClose() {
    if (!undone) {
      undone = true;
      try {
        listener.closing();
      } catch (RuntimeException e) {
        LOG.error("{}: what was done for it could not be undone", name, e);
      }
    }
    boolean _ = gate.shut();
    // Only this thread closes the eventfd, and only below.
    calls.raise(wake);
    if (!gate.awaitEmpty(GATE_NANOS)) {
      LOG.warn("{} is still in use; the unit of {} stays taken", name, netInterface);
      return false;
    }
    calls.close(fd);
    calls.close(wake);
    try {
      netInterface.setInputHandler(InputHandler.NONE);
    } catch (NetException e) {
      // It has gone, or is about to.
    }
    return true;
  }

  // ---- from the line

  /// The consumer of the interface's packets.
  private final class FromLine implements InputHandler {
    private byte[] packet = new byte[Math.max(LEAST_ROOM, netInterface.mtu())];
    private Libc writing = new Libc(packet.length);

    /// Calls of [#inputReady] that have not been answered: two readers, of one binding and the
    /// next, may meet here, and one of them does the work.
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public void inputReady(NetInterface source) {
      if (asked.getAndIncrement() != 0) {
        return;
      }
      int seen = 1;
      while (seen != 0) {
        drain(source);
        seen = asked.addAndGet(-seen);
      }
    }

    private void drain(NetInterface source) {
      for (; ; ) {
        int length = source.poll(packet, 0, packet.length);
        if (length < 0) {
          return;
        }
        if (length > packet.length) {
          toHostDropped.increment();
          packet = new byte[Math.max(length, 2 * packet.length)];
          writing = new Libc(packet.length);
        } else if (write(length)) {
          toHost.increment();
        } else {
          toHostDropped.increment();
        }
      }
    }

    private boolean write(int length) {
      if (!gate.enter(Side.WRITE)) {
        return false;
      }
      try {
        return writing.write(fd, packet, 0, length) == length;
      } finally {
        gate.leave(Side.WRITE);
      }
    }

    @Override
    public @Nullable Removal leaving(NetInterface source) {
      return closer.start();
    }

    @Override
    public void gone(NetInterface source) {
      // In case the Reaper has come by another way.
      close();
    }
  }

  // ---- from the host

  private void readHost() {
    Poll readable = new Poll(2);
    readable.watch(DEVICE, fd, Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
    byte[] packet = new byte[LEAST_ROOM];
    Libc reading = new Libc(LEAST_ROOM);
    int length = -Errno.EAGAIN;
    while (gate.enter(Side.READ)) {
      try {
        if (length == -Errno.EAGAIN) {
          readable.await(-1);
        }
        if (netInterface.mtu() > packet.length) {
          packet = new byte[netInterface.mtu()];
          reading = new Libc(packet.length);
        }
        length = reading.read(fd, packet, 0, packet.length);
      } finally {
        gate.leave(Side.READ);
      }
      if (length > 0) {
        offer(packet, length);
      } else if (length != -Errno.EAGAIN && !gate.isShut()) {
        // EBADFD: the device is no longer behind this descriptor.
        deleted.set(true);
        listener.deleted();
        return;
      }
    }
  }

  private void offer(byte[] packet, int length) {
    boolean isIp = packet[0] >>> 4 == 4 || packet[0] >>> 4 == 6;
    if (isIp && netInterface.offer(packet, 0, length) == Put.DONE) {
      fromHost.increment();
    } else {
      fromHostDropped.increment();
    }
  }

  /// Its name and what it stands for.
  @Override
  public String toString() {
    return name + " of " + netInterface;
  }
}
