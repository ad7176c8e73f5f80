package linedisc.serial.net;

/// ENXIO: the interface has been destroyed, or there never was one.
public final class InterfaceGoneException extends NetException {
  private static final long serialVersionUID = 1L;

  InterfaceGoneException(String name) {
    super(NetError.ENXIO, name + ": " + NetError.ENXIO.text());
  }
}
