package linedisc.serial.port;

import java.util.EnumSet;
import java.util.Set;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Termios;
import linedisc.serial.ffi.TtyRequests;
import org.jspecify.annotations.Nullable;

/// A serial port, or the slave side of a pseudo-terminal, through the C library alone, driven by a
/// loop that it shares with others. Linux only.
///
/// A write never waits in the kernel, so a stopped line does not keep the port from closing: only a
/// user's method that does not return can make a close answer [CloseResult#ZOMBIE].
public final class PosixTransport extends DeviceTransport {
  private final PosixLine line;

  private PosixTransport(
      String name, DeviceNode node, PortSettings settings, PosixLine line, LoopDriver driver) {
    super(name, node, settings, driver);
    this.line = line;
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

  @Override
  public void leaveAsSet() {
    line.leaveAsSet();
  }

  @Override
  boolean change(PortSettings wanted, Pacing pacing) {
    return line.apply(wanted, pacing);
  }

  @Override
  boolean setBreak(boolean on) {
    return line.setBreak(on);
  }

  @Override
  public boolean setDtr(boolean on) {
    return control(() -> line.setModemLine(TtyRequests.DTR, on));
  }

  @Override
  public boolean setRts(boolean on) {
    return control(() -> line.setModemLine(TtyRequests.RTS, on));
  }

  @Override
  public Set<ModemLine> modemLines() {
    EnumSet<ModemLine> lines = EnumSet.noneOf(ModemLine.class);
    boolean _ =
        control(() -> {
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
}
