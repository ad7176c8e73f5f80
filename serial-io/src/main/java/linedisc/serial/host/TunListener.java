package linedisc.serial.host;

/// Who made a [TunDevice], and is told of its end.
public interface TunListener {
  /// Nobody.
  TunListener NONE = new TunListener() {};

  /// Somebody has deleted the device (`ip link del ppp0`); it carries nothing any more, and is
  /// still to be closed. On the device's own thread, no lock held; must not wait.
  default void deleted() {}

  /// The device is about to be removed: what else was done to the host for it is to be undone now.
  /// On the device's closer, no lock held; may wait. Called once.
  default void closing() {}
}
