package linedisc.serial.port;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Tells when serial ports come and go. One thread, asleep while no device file does.
public final class PortWatch implements AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final SerialPorts ports;
  private final Consumer<List<PortInfo>> listener;
  private final DeviceChanges changes;
  private volatile boolean closed;

  private PortWatch(SerialPorts ports, Consumer<List<PortInfo>> listener) {
    this.ports = ports;
    this.listener = listener;
    this.changes = DeviceChanges.in(ports.folders());
  }

  /// Starts to watch.
  ///
  /// @param listener called with the whole list, at once and after each change, on the watch's
  ///   thread
  public static PortWatch start(SerialPorts ports, Consumer<List<PortInfo>> listener) {
    PortWatch watch = new PortWatch(ports, listener);
    Thread.ofPlatform().name("port watch").daemon().start(watch::run);
    return watch;
  }

  private void run() {
    List<PortInfo> known = ports.list();
    listener.accept(known);
    try {
      while (!closed) {
        List<PortInfo> now = changes.await(FOREVER) ? ports.list() : known;
        if (!now.equals(known)) {
          known = now;
          listener.accept(now);
        }
      }
    } catch (InterruptedException e) {
      // The listener's doing, or a stranger's: the end.
      return;
    }
  }

  /// Stops watching; the listener may still be running.
  @Override
  public void close() {
    closed = true;
    changes.close();
  }
}
