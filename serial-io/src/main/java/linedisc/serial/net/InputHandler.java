package linedisc.serial.net;

import linedisc.serial.life.Removal;
import org.jspecify.annotations.Nullable;

/// A consumer of an interface's received packets that belongs to this system (a forwarder, a host
/// device): it is called on the reader's thread and drains the queue there.
@FunctionalInterface
public interface InputHandler {
  /// Does nothing.
  InputHandler NONE = _ -> {};

  /// Packets have come; [NetInterface#poll] gets them, until it says that none is left or that the
  /// interface has gone. No lock is held. Must not wait: what it sends, it offers.
  void inputReady(NetInterface netInterface);

  /// The interface has been unlinked; nothing comes from it any more. A consumer that has made
  /// something of the same name elsewhere, as a host's device is, begins to take it away: the
  /// interface's name and unit stay taken until that has ended. Called by the Reaper, no lock held;
  /// must not wait.
  ///
  /// @return what has to end first; null: nothing
  default @Nullable Removal leaving(NetInterface netInterface) {
    return null;
  }

  /// The interface has gone. Called by the Reaper or by whoever ended what was waited for, no lock
  /// held; must not wait.
  default void gone(NetInterface netInterface) {}
}
