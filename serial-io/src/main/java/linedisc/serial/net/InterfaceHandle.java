package linedisc.serial.net;

import linedisc.serial.life.Removal;
import org.jspecify.annotations.Nullable;

/// What the cloning open returns: an interface that lasts as long as the handle, or as its binding
/// if that ends later.
public final class InterfaceHandle implements AutoCloseable {
  private final InterfaceLifecycle lifecycle;
  private final InterfaceEntry entry;
  private final NetInterface netInterface;

  /// Guarded by the table's lock.
  private boolean closed;

  InterfaceHandle(InterfaceLifecycle lifecycle, InterfaceEntry entry, NetInterface netInterface) {
    this.lifecycle = lifecycle;
    this.entry = entry;
    this.netInterface = netInterface;
  }

  /// The interface.
  public NetInterface netInterface() {
    return netInterface;
  }

  /// Gives the interface up: it is destroyed, unless somebody has made it STICKY, or it is bound
  /// and so goes with its binding. Does not wait.
  @Override
  public void close() {
    Removal _ = release();
  }

  /// As [#close], for those who want to wait.
  ///
  /// @return the removal that this has started; null: none
  public @Nullable Removal release() {
    return lifecycle.locked(() -> {
      if (closed) {
        return null;
      }
      closed = true;
      return lifecycle.disown(entry);
    });
  }
}
