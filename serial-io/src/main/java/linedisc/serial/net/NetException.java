package linedisc.serial.net;

import java.io.IOException;

/// A request to the interface table, an interface or a tty was refused; nothing has changed. The
/// message starts with the error's name: `EBUSY ppp0: in use`.
public sealed class NetException extends IOException permits InterfaceGoneException {
  private static final long serialVersionUID = 1L;

  private final NetError error;

  NetException(NetError error, String message) {
    super(error + " " + message);
    this.error = error;
  }

  /// What kind of trouble.
  public NetError error() {
    return error;
  }
}
