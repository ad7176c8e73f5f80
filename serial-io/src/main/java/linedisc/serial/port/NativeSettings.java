package linedisc.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import linedisc.serial.ffi.Termios;

/// Line settings in the words of those who carry them out.
final class NativeSettings {
  /// How far the speed of a clock divider may be from what was asked for: one part in this many.
  private static final int SPEED_TOLERANCE = 40;

  private NativeSettings() {}

  /// Sets a port of jSerialComm, open or not.
  ///
  /// @return false when it is open and refuses
  static boolean applyTo(SerialPort port, PortSettings settings) {
    boolean characters =
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
    return port.setFlowControl(
            switch (settings.flow()) {
              case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
              case RTS_CTS ->
                  SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
              case XON_XOFF ->
                  SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED
                      | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
            })
        && characters;
  }

  /// Puts line settings into a tty's. What a pseudo-terminal can't have it drops by itself.
  static void applyTo(Termios termios, PortSettings settings) {
    termios.speed(settings.speed());
    int characters =
        switch (settings.parity()) {
          case NONE -> 0;
          case ODD -> Termios.PARENB | Termios.PARODD;
          case EVEN -> Termios.PARENB;
          case MARK -> Termios.PARENB | Termios.PARODD | Termios.CMSPAR;
          case SPACE -> Termios.PARENB | Termios.CMSPAR;
        };
    characters |= (settings.dataBits() - 5) * Termios.CS6;
    characters |= settings.stopBits() == PortSettings.StopBits.ONE ? 0 : Termios.CSTOPB;
    characters |= settings.flow() == PortSettings.FlowControl.RTS_CTS ? Termios.CRTSCTS : 0;
    termios.controlFlags(
        Termios.CSIZE
            | Termios.CSTOPB
            | Termios.PARENB
            | Termios.PARODD
            | Termios.CMSPAR
            | Termios.CRTSCTS,
        characters);
    int software = Termios.IXON | Termios.IXOFF;
    int check = Termios.INPCK | Termios.IGNPAR;
    termios.inputFlags(
        software | check,
        (settings.flow() == PortSettings.FlowControl.XON_XOFF ? software : 0)
            | (settings.parity() == PortSettings.Parity.NONE ? 0 : check));
  }

  /// A tty's line settings; the rest is as in [PortSettings#DEFAULT], and the speed too if it is 0:
  /// that hangs up and is none.
  static PortSettings of(Termios termios) {
    int flags = termios.controlFlags();
    PortSettings.Parity parity = PortSettings.Parity.NONE;
    if ((flags & Termios.PARENB) != 0) {
      boolean odd = (flags & Termios.PARODD) != 0;
      if ((flags & Termios.CMSPAR) != 0) {
        parity = odd ? PortSettings.Parity.MARK : PortSettings.Parity.SPACE;
      } else {
        parity = odd ? PortSettings.Parity.ODD : PortSettings.Parity.EVEN;
      }
    }
    PortSettings.FlowControl flow = PortSettings.FlowControl.NONE;
    if ((flags & Termios.CRTSCTS) != 0) {
      flow = PortSettings.FlowControl.RTS_CTS;
    } else if ((termios.inputFlags() & Termios.IXON) != 0) {
      flow = PortSettings.FlowControl.XON_XOFF;
    }
    return PortSettings.builder()
        .speed(termios.speed() > 0 ? termios.speed() : PortSettings.DEFAULT.speed())
        .dataBits(5 + (flags & Termios.CSIZE) / Termios.CS6)
        .parity(parity)
        .stopBits(
            (flags & Termios.CSTOPB) == 0 ? PortSettings.StopBits.ONE : PortSettings.StopBits.TWO)
        .flow(flow)
        .build();
  }

  /// Whether a tty's speed is what was asked for, as nearly as its clock can be divided.
  static boolean hasSpeed(Termios termios, int speed) {
    return Math.abs((long) termios.speed() - speed) <= speed / SPEED_TOLERANCE;
  }
}
