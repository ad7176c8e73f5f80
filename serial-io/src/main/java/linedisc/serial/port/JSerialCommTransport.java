package linedisc.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A serial port, or the slave side of a pseudo-terminal, through jSerialComm.
///
/// What that library would do to us is kept out by the rules followed here and in [LineDriver]: no
/// listener; no read without a time limit; no write that may wait where the driver can tell how
/// much it would take; no native call beside a close.
public final class JSerialCommTransport implements SerialTransport {
  /// jSerialComm's own code for "this process has opened it already", where errno would be ENOENT.
  private static final int OPENED_HERE = 2;

  private final String name;
  private final PortSettings settings;
  private final SerialPort port;
  private final LineDriver driver;

  private JSerialCommTransport(
      String name, PortSettings settings, SerialPort port, LineDriver driver) {
    this.name = name;
    this.settings = settings;
    this.port = port;
    this.driver = driver;
  }

  /// Opens a port.
  ///
  /// @param device its path, or a bare name like `ttyUSB0` or `COM3`
  /// @param locks the process's locks
  /// @throws PortException when that can't be done
  public static JSerialCommTransport open(String device, PortSettings settings, PortLocks locks)
      throws PortException {
    DeviceNode node = DeviceNode.find(device);
    NativeSerial.require();
    PortLocks.Lock lock = locks.take(node);
    TtyGuard guard = null;
    SerialPort port = null;
    try {
      guard = TtyGuard.open(node);
      port = openPort(node, settings, guard != null);
    } finally {
      if (port == null) {
        if (guard != null) {
          guard.close();
        }
        lock.release();
      }
    }
    Pacing pacing = Pacing.of(node, settings);
    boolean modem = settings.modem() && (guard == null || guard.hasModemLines());
    PortLine line = new PortLine(port, modem, pacing, guard, lock);
    LineDriver driver = new LineDriver(device, line, pacing.fetchOctets(), settings.stallLimit());
    return new JSerialCommTransport(device, settings, port, driver);
  }

  private static SerialPort openPort(DeviceNode node, PortSettings settings, boolean guarded)
      throws PortException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(node.path().toString());
    } catch (SerialPortInvalidPortException e) {
      throw new PortException(PortException.Reason.NOT_FOUND, node.name() + " does not exist.");
    }
    port.setComPortParameters(
        settings.speed(),
        settings.dataBits(),
        switch (settings.stopBits()) {
          case ONE -> SerialPort.ONE_STOP_BIT;
          case ONE_AND_A_HALF -> SerialPort.ONE_POINT_FIVE_STOP_BITS;
          case TWO -> SerialPort.TWO_STOP_BITS;
        },
        switch (settings.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case MARK -> SerialPort.MARK_PARITY;
          case SPACE -> SerialPort.SPACE_PARITY;
        });
    port.setFlowControl(
        switch (settings.flow()) {
          case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
          case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
          case XON_XOFF ->
              SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED
                  | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
        });
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

  @Override
  public String name() {
    return name;
  }

  @Override
  public int speed() {
    return settings.speed();
  }

  /// How the port was opened.
  public PortSettings settings() {
    return settings;
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
    return driver.control(() -> on ? port.setDTR() : port.clearDTR());
  }

  @Override
  public boolean setRts(boolean on) {
    return driver.control(() -> on ? port.setRTS() : port.clearRTS());
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
    if (driver.control(on)) {
      lines.add(line);
    }
  }

  @Override
  public boolean sendBreak(Duration length) {
    if (!driver.control(port::setBreak)) {
      return false;
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    return driver.control(port::clearBreak);
  }

  @Override
  public CloseResult close(Duration drain) {
    return driver.close(drain);
  }
}
