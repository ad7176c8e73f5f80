package linedisc.examples.term;

import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.port.PortSettings.Parity;
import linedisc.serial.port.PortSettings.StopBits;

/// What the keys make of a line's settings.
final class Settings {
  private static final int[] SPEEDS = {
    50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400, 57_600,
    115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_152_000, 1_500_000,
    2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000
  };

  private Settings() {}

  static PortSettings faster(PortSettings now) {
    for (int speed : SPEEDS) {
      if (speed > now.speed()) {
        return now.toBuilder().speed(speed).build();
      }
    }
    return now;
  }

  static PortSettings slower(PortSettings now) {
    int below = now.speed();
    for (int speed : SPEEDS) {
      if (speed < now.speed()) {
        below = speed;
      }
    }
    return now.toBuilder().speed(below).build();
  }

  static PortSettings nextFlow(PortSettings now) {
    FlowControl next =
        switch (now.flow()) {
          case NONE -> FlowControl.RTS_CTS;
          case RTS_CTS -> FlowControl.XON_XOFF;
          case XON_XOFF -> FlowControl.NONE;
        };
    return now.toBuilder().flow(next).build();
  }

  static PortSettings nextParity(PortSettings now) {
    Parity next =
        switch (now.parity()) {
          case NONE -> Parity.ODD;
          case ODD -> Parity.EVEN;
          case EVEN, MARK, SPACE -> Parity.NONE;
        };
    return now.toBuilder().parity(next).build();
  }

  static PortSettings nextDataBits(PortSettings now) {
    return now.toBuilder().dataBits(now.dataBits() == 8 ? 5 : now.dataBits() + 1).build();
  }

  static PortSettings nextStopBits(PortSettings now) {
    return now.toBuilder()
        .stopBits(now.stopBits() == StopBits.ONE ? StopBits.TWO : StopBits.ONE)
        .build();
  }
}
