package linedisc.serial.port;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Termios;
import linedisc.serial.ffi.TtyRequests;
import org.jspecify.annotations.Nullable;

/// A serial port, or the slave side of a pseudo-terminal, through the C library alone, driven by a
/// loop that it shares with others. Linux only.
///
/// A write never waits in the kernel, so a stopped line does not keep the port from closing.
public final class PosixTransport implements SerialTransport {
  private final String name;
  private final DeviceNode node;
  private final PosixLine line;
  private final LoopDriver driver;
  private volatile PortSettings settings;

  private PosixTransport(
      String name, DeviceNode node, PortSettings settings, PosixLine line, LoopDriver driver) {
    this.name = name;
    this.node = node;
    this.settings = settings;
    this.line = line;
    this.driver = driver;
  }

  /// Opens a port.
  ///
  /// @param device its path, or a bare name like `ttyUSB0`
  /// @param locks the process's locks
  /// @param loop drives it
  /// @throws PortException when that can't be done
  public static PosixTransport open(
      String device, PortSettings settings, PortLocks locks, EpollLoop loop) throws PortException {
    return open(device, settings, false, locks, loop);
  }

  /// Opens a port with the speed, character format and flow control that it has at the moment.
  ///
  /// @param device as for [#open]
  /// @param others the settings but for those
  /// @throws PortException when that can't be done
  public static PosixTransport openAsFound(
      String device, PortSettings others, PortLocks locks, EpollLoop loop) throws PortException {
    return open(device, others, true, locks, loop);
  }

  private static PosixTransport open(
      String name, PortSettings wanted, boolean asFound, PortLocks locks, EpollLoop loop)
      throws PortException {
    DeviceNode node = DeviceNode.find(name);
    PortLocks.Lock lock = locks.take(node);
    TtyDevice device = null;
    LoopDriver driver = null;
    try {
      device = device(node);
      PortSettings settings = asFound ? wanted.withLineOf(device.found()) : wanted;
      set(node, device, settings);
      boolean modem = settings.modem() && device.hasModemLines();
      PosixLine line = new PosixLine(device, modem, Pacing.of(node, settings), lock);
      driver = new LoopDriver(name, line, settings.stallLimit(), loop);
      return new PosixTransport(name, node, settings, line, driver);
    } finally {
      if (driver == null) {
        giveUp(device);
        lock.release();
      }
    }
  }

  private static TtyDevice device(DeviceNode node) throws PortException {
    TtyDevice device = TtyDevice.open(node);
    if (device == null) {
      throw new PortException(
          PortException.Reason.FAILED,
          node.name()
              + " can't be opened by the posix transport, which needs Linux on x86-64, aarch64 or"
              + " riscv64; there is jserialcomm.");
    }
    return device;
  }

  private static void giveUp(@Nullable TtyDevice device) {
    if (device != null) {
      device.putBack();
      TtyRequests.setExclusive(TtyDevice.calls(), device.descriptor(), false);
      device.close();
    }
  }

  private static void set(DeviceNode node, TtyDevice device, PortSettings settings)
      throws PortException {
    int fd = device.descriptor();
    Libc calls = TtyDevice.calls();
    TtyRequests.setExclusive(calls, fd, true);
    TtyRequests.setModemLines(calls, fd, TtyRequests.DTR, settings.dtrAtOpen());
    TtyRequests.setModemLines(calls, fd, TtyRequests.RTS, settings.rtsAtOpen());
    boolean lines = settings.dtrAtOpen() && settings.rtsAtOpen();
    boolean done =
        device.apply(
            settings,
            termios -> {
              termios.makeRaw();
              // A break is not data, nor is it to flush anything.
              termios.inputFlags(0, Termios.IGNBRK);
              termios.controlFlags(lines ? 0 : Termios.HUPCL, Termios.CLOCAL);
            });
    if (!done) {
      throw cantBe(node.name(), settings);
    }
    TtyRequests.lowLatency(calls, fd);
  }

  private static PortException cantBe(String name, PortSettings settings) {
    return new PortException(
        PortException.Reason.FAILED, name + " can't be set to " + settings + ".");
  }

  @Override
  public void leaveAsSet() {
    line.leaveAsSet();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int speed() {
    return settings.speed();
  }

  @Override
  public PortSettings settings() {
    return settings;
  }

  /// Two that do this at once follow each other.
  @Override
  public synchronized void apply(PortSettings wanted) throws PortException {
    PortSettings changed = settings.withLineOf(wanted);
    Pacing pacing = Pacing.of(node, changed);
    if (!driver.control(() -> line.apply(changed, pacing))) {
      throw cantBe(name, changed);
    }
    settings = changed;
  }

  @Override
  public void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public void workReady() {
    driver.workReady();
  }

  @Override
  public boolean setDtr(boolean on) {
    return driver.control(() -> line.setModemLine(TtyRequests.DTR, on));
  }

  @Override
  public boolean setRts(boolean on) {
    return driver.control(() -> line.setModemLine(TtyRequests.RTS, on));
  }

  @Override
  public Set<ModemLine> modemLines() {
    EnumSet<ModemLine> lines = EnumSet.noneOf(ModemLine.class);
    boolean _ =
        driver.control(() -> {
          int on = line.modemLines();
          for (ModemLine each : ModemLine.values()) {
            if ((on & bit(each)) != 0) {
              lines.add(each);
            }
          }
          return true;
        });
    return lines;
  }

  private static int bit(ModemLine line) {
    return switch (line) {
      case DCD -> TtyRequests.DCD;
      case DSR -> TtyRequests.DSR;
      case CTS -> TtyRequests.CTS;
      case RI -> TtyRequests.RI;
      case DTR -> TtyRequests.DTR;
      case RTS -> TtyRequests.RTS;
    };
  }

  @Override
  public boolean sendBreak(Duration length) {
    if (!driver.control(() -> line.setBreak(true))) {
      return false;
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    return driver.control(() -> line.setBreak(false));
  }

  /// Never a [CloseResult#ZOMBIE] on account of the line; only a user's method that does not return
  /// can make it one.
  @Override
  public CloseResult close(Duration drain) {
    return driver.close(drain);
  }
}
