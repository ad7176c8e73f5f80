package linedisc.serial.net;

/// A consumer of an interface's received packets that belongs to this system (a forwarder, a host
/// device): it is called on the reader's thread and drains the queue there.
@FunctionalInterface
public interface InputHandler {
  /// Does nothing.
  InputHandler NONE = _ -> {};

  /// Packets have come; [NetInterface#poll] gets them, until it says that none is left or that the
  /// interface has gone. No lock is held. Must not wait: what it sends, it offers.
  void inputReady(NetInterface netInterface);

  /// The interface has gone. Called by the Reaper, no lock held; must not wait.
  default void gone(NetInterface netInterface) {}
}
