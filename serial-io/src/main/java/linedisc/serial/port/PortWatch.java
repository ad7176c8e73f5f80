package linedisc.serial.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Tells when serial ports come and go. One thread, asleep while no device file does.
public final class PortWatch implements AutoCloseable {
  /// The file appears before the kernel has filled in all about it, and others come with it.
  private static final long SETTLE_MILLIS = 100;

  private final SerialPorts ports;
  private final Consumer<List<PortInfo>> listener;
  private final WatchService service;

  private PortWatch(SerialPorts ports, Consumer<List<PortInfo>> listener, WatchService service) {
    this.ports = ports;
    this.listener = listener;
    this.service = service;
  }

  /// Starts to watch.
  ///
  /// @param listener called with the whole list, at once and after each change, on the watch's
  ///   thread
  /// @throws PortException when the system can't tell
  public static PortWatch start(SerialPorts ports, Consumer<List<PortInfo>> listener)
      throws PortException {
    return start(ports, Path.of("/dev"), listener);
  }

  static PortWatch start(SerialPorts ports, Path devices, Consumer<List<PortInfo>> listener)
      throws PortException {
    try {
      WatchService service = FileSystems.getDefault().newWatchService();
      devices.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      PortWatch watch = new PortWatch(ports, listener, service);
      Thread.ofPlatform().name("port watch").daemon().start(watch::run);
      return watch;
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.FAILED, "Ports can't be watched: " + e.getMessage() + ".");
    }
  }

  private void run() {
    List<PortInfo> known = ports.list();
    listener.accept(known);
    try {
      for (; ; ) {
        WatchKey key = service.take();
        do {
          key.pollEvents();
          key.reset();
          key = service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        } while (key != null);
        List<PortInfo> now = ports.list();
        if (!now.equals(known)) {
          known = now;
          listener.accept(now);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // The end.
      return;
    }
  }

  /// Stops watching; the listener may still be running.
  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
