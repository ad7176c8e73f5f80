package linedisc.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A serial port, or the slave side of a pseudo-terminal, through jSerialComm.
///
/// What that library would do to us is kept out by the rules followed here and in [LineDriver]: no
/// listener; no read without a time limit; no write that may wait where the driver can tell how
/// much it would take; no native call beside a close.
public final class JSerialCommTransport extends DeviceTransport {
  /// jSerialComm's own code for "this process has opened it already", where errno would be ENOENT.
  private static final int OPENED_HERE = 2;

  private final SerialPort port;
  private final PortLine line;

  private JSerialCommTransport(
      String name, DeviceNode node, PortSettings settings, SerialPort port, PortLine line) {
    super(name, node, settings, new LineDriver(name, line, settings.stallLimit()));
    this.port = port;
    this.line = line;
  }

  /// Opens a port.
  ///
  /// @param device its path, or a bare name like `ttyUSB0` or `COM3`
  /// @param locks the process's locks
  /// @throws PortException when that can't be done
  public static JSerialCommTransport open(String device, PortSettings settings, PortLocks locks)
      throws PortException {
    return open(device, settings, false, locks);
  }

  private static JSerialCommTransport open(
      String device, PortSettings wanted, boolean asFound, PortLocks locks) throws PortException {
    PortSettings settings = wanted;
    DeviceNode node = DeviceNode.find(device);
    NativeSerial.require();
    PortLocks.Lock lock = locks.take(node);
    TtyGuard guard = null;
    SerialPort port = null;
    try {
      guard = TtyGuard.open(node);
      if (asFound && guard != null) {
        settings = settings.withLineOf(guard.device().found());
      }
      port = openPort(node, settings, guard != null);
    } finally {
      if (port == null) {
        if (guard != null) {
          guard.device().putBack();
          guard.close();
        }
        lock.release();
      }
    }
    boolean modem = settings.modem() && (guard == null || guard.device().hasModemLines());
    PortLine line = new PortLine(port, modem, Pacing.of(node, settings), guard, lock);
    return new JSerialCommTransport(device, node, settings, port, line);
  }

  private static SerialPort openPort(DeviceNode node, PortSettings settings, boolean guarded)
      throws PortException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(node.path().toString());
    } catch (SerialPortInvalidPortException e) {
      throw new PortException(PortException.Reason.NOT_FOUND, node.name() + " does not exist.");
    }
    boolean _ = NativeSettings.applyTo(port, settings);
    if (guarded) {
      // Its own lock, on another descriptor, would find ours.
      port.disableExclusiveLock();
    }
    if (!settings.dtrAtOpen()) {
      port.clearDTR();
    }
    if (!settings.rtsAtOpen()) {
      port.clearRTS();
    }
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, PortLine.BUSY_MILLIS, 0);
    if (!port.openPort()) {
      int error = port.getLastErrorCode();
      throw error == OPENED_HERE ? node.usedHere() : node.refusal(error);
    }
    return port;
  }

  /// Opens a port with the speed, character format and flow control that it has at the moment.
  /// Linux only; elsewhere as [#open].
  ///
  /// @param device as for [#open]
  /// @param others the settings but for those
  /// @throws PortException when that can't be done
  public static JSerialCommTransport openAsFound(
      String device, PortSettings others, PortLocks locks) throws PortException {
    return open(device, others, true, locks);
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
    return on ? port.setBreak() : port.clearBreak();
  }

  @Override
  public boolean setDtr(boolean on) {
    return control(() -> on ? port.setDTR() : port.clearDTR());
  }

  @Override
  public boolean setRts(boolean on) {
    return control(() -> on ? port.setRTS() : port.clearRTS());
  }

  @Override
  public Set<ModemLine> modemLines() {
    EnumSet<ModemLine> lines = EnumSet.noneOf(ModemLine.class);
    add(lines, ModemLine.DCD, port::getDCD);
    add(lines, ModemLine.DSR, port::getDSR);
    add(lines, ModemLine.CTS, port::getCTS);
    add(lines, ModemLine.RI, port::getRI);
    add(lines, ModemLine.DTR, port::getDTR);
    add(lines, ModemLine.RTS, port::getRTS);
    return lines;
  }

  private void add(Set<ModemLine> lines, ModemLine line, BooleanSupplier on) {
    if (control(on)) {
      lines.add(line);
    }
  }
}
