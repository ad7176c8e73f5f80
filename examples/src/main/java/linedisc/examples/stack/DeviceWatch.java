package linedisc.examples.stack;

import java.time.Duration;
import linedisc.serial.port.DeviceChanges;

/// Tells when a device comes or goes. One thread, asleep until then.
public final class DeviceWatch implements AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final DeviceChanges changes;
  private final Runnable listener;
  private volatile boolean closed;

  private DeviceWatch(DeviceChanges changes, Runnable listener) {
    this.changes = changes;
    this.listener = listener;
  }

  /// Begins.
  ///
  /// @param changes becomes the watch's own
  /// @param listener on the watch's thread
  public static DeviceWatch start(DeviceChanges changes, Runnable listener) {
    var watch = new DeviceWatch(changes, listener);
    Thread.ofPlatform().daemon().name("devices").start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!closed) {
        if (changes.await(FOREVER)) {
          listener.run();
        }
      }
    } catch (InterruptedException e) {
      // Nobody of ours does that: the end.
      return;
    }
  }

  @Override
  public void close() {
    closed = true;
    changes.close();
  }
}
