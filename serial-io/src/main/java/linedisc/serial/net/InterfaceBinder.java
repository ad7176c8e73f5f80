package linedisc.serial.net;

import linedisc.serial.life.PortLock;

/// The table as ports and devices see it.
///
/// A bind has two steps. [#claim] finds or builds an interface, with no lock held. Then, under
/// [#lock()] and inside it the port's own lock, the port looks at itself again and calls
/// [InterfaceBinding#commit]; or, when it can't have the interface any more, with no lock held
/// [InterfaceBinding#abandon].
public final class InterfaceBinder {
  private final InterfaceLifecycle lifecycle;

  InterfaceBinder(InterfaceLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /// The table's lock, which is taken outside any port's.
  public PortLock lock() {
    return lifecycle.lock();
  }

  /// Claims the lowest idle interface of a type, or builds one. No lock held.
  ///
  /// @throws NetException EINVAL: no such type; ENOSPC
  public InterfaceBinding claim(String type) throws NetException {
    return lifecycle.claim(type);
  }

  /// Claims a certain interface. No lock held.
  ///
  /// @throws NetException ENXIO; EBUSY: it is bound
  public InterfaceBinding claim(NetInterface netInterface) throws NetException {
    return lifecycle.claim(netInterface);
  }
}
