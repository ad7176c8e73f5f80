package linedisc.serial.net;

/// Makes interfaces of one type.
public interface InterfaceCloner {
  /// The type, and the first part of the names: letters only.
  String type();

  /// The highest unit; more than that is ENOSPC.
  default int maxUnit() {
    return 0x7fff;
  }

  /// Units below this one exist from the start and can't be destroyed (EPERM).
  default int permanentUnits() {
    return 0;
  }

  /// What a new interface is to be like. Called with no lock held; name and unit are reserved, but
  /// nobody sees the interface yet. When it throws, name and unit are free again.
  ///
  /// @throws NetException the creation fails with it
  InterfaceSettings settings(String name, int unit) throws NetException;

  /// A new interface has been built and is about to be published. A type that carries its packets
  /// itself, without a port, binds it here with [InterfaceBinding#bindEarly]. Called with no lock
  /// held.
  ///
  /// @throws NetException the creation fails with it
  default void built(InterfaceBinding binding) throws NetException {}
}
