package linedisc.examples.bench;

import linedisc.serial.port.HangUp;
import linedisc.serial.port.TransportUser;

/// One end of a line without a tty.
abstract class RawEnd implements TransportUser {
  @Override
  public long mark() {
    return 0;
  }

  @Override
  public void hungUp(HangUp cause) {
    // The other end was closed first.
  }
}
