package linedisc.serial.net;

/// Makes the point-to-point interfaces that line disciplines bind to ports.
///
/// @param type `ppp`, `sl`
/// @param mtu at first, in octets
record SerialCloner(String type, int mtu) implements InterfaceCloner {
  @Override
  public InterfaceSettings settings(String name, int unit) {
    return InterfaceSettings.pointToPoint(mtu);
  }
}
