package linedisc.serial.net;

import org.jspecify.annotations.Nullable;

/// What somebody keeps who needs an interface for long: a route, a session, a capture. It is
/// counted, so that leaks show in the table's list, and it delays nothing: each time it is followed
/// one has to see whether the interface is still there.
public final class InterfaceRef implements AutoCloseable {
  private final InterfaceLifecycle lifecycle;
  private final InterfaceEntry entry;
  private final String purpose;
  private volatile @Nullable NetInterface target;

  /// Guarded by the table's lock.
  private boolean closed;

  InterfaceRef(
      InterfaceLifecycle lifecycle, InterfaceEntry entry, NetInterface target, String purpose) {
    this.lifecycle = lifecycle;
    this.entry = entry;
    this.target = target;
    this.purpose = purpose;
  }

  /// The interface's name, also after it has gone.
  public String name() {
    return entry.name();
  }

  /// The interface's index, also after it has gone.
  public long index() {
    return entry.index();
  }

  /// Follows the reference.
  ///
  /// @return null: the interface has gone (or is about to)
  public @Nullable NetInterface follow() {
    NetInterface netInterface = target;
    if (netInterface != null && !netInterface.isAttached()) {
      target = null;
      return null;
    }
    return netInterface;
  }

  /// Gives the reference up.
  @Override
  public void close() {
    target = null;
    lifecycle.locked(() -> {
      if (!closed) {
        closed = true;
        lifecycle.registry().dismiss(entry, purpose);
      }
      return null;
    });
  }
}
