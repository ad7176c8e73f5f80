package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for files to come and go in the folders where devices have their names. Where the system
/// can't tell, it lets look now and then. One thread waits at a time; any may close.
final class DeviceChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChanges.class);

  /// A device's file appears before all about it is ready, and others come with it.
  private static final long SETTLE_MILLIS = 100;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final @Nullable WatchService service;

  private DeviceChanges(@Nullable WatchService service) {
    this.service = service;
  }

  /// Watches those of these folders that exist.
  static DeviceChanges in(List<Path> folders) {
    try {
      WatchService service = FileSystems.getDefault().newWatchService();
      for (Path folder : folders) {
        if (Files.isDirectory(folder)) {
          folder.register(
              service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        }
      }
      return new DeviceChanges(service);
    } catch (IOException e) {
      LOG.warn("devices can't be watched: {}", e.toString());
      return new DeviceChanges(null);
    }
  }

  /// Waits until something has changed, as far as one knows, and a moment longer for what comes
  /// with it.
  ///
  /// @return false: nothing has, as long as `limit`; or this was closed
  boolean await(Duration limit) throws InterruptedException {
    if (service == null) {
      boolean look = limit.compareTo(LOOK_AGAIN) >= 0;
      Thread.sleep(look ? LOOK_AGAIN : limit);
      return look;
    }
    try {
      WatchKey key = service.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return false;
      }
      Thread.sleep(SETTLE_MILLIS);
      for (; key != null; key = service.poll()) {
        key.pollEvents();
        key.reset();
      }
      return true;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("a watch that can't be closed", e);
      }
    }
  }
}
