package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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

/// Waits for files to come and go in the folders where devices have their names, which may come and
/// go themselves. Where the system can't tell, it lets look now and then. One thread waits at a
/// time; any may close.
public final class DeviceChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChanges.class);

  /// A device's file appears before all about it is ready, and others come with it.
  private static final long SETTLE_MILLIS = 100;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final @Nullable WatchService service;
  private final List<Path> folders;

  private DeviceChanges(@Nullable WatchService service, List<Path> folders) {
    this.service = service;
    this.folders = List.copyOf(folders);
  }

  /// Watches these folders, and those above them as far as they are not there.
  static DeviceChanges in(List<Path> folders) {
    WatchService service = null;
    try {
      service = FileSystems.getDefault().newWatchService();
      register(service, folders);
      return new DeviceChanges(service, folders);
    } catch (IOException e) {
      LOG.warn("devices can't be watched: {}", e.toString());
      close(service);
      return new DeviceChanges(null, folders);
    }
  }

  private static void register(WatchService service, List<Path> folders) throws IOException {
    for (Path folder : folders) {
      Path watched = null;
      // Again, if it has come while what is above it was being registered.
      for (Path there = nearest(folder); !there.equals(watched); there = nearest(folder)) {
        try {
          there.register(
              service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
          watched = there;
        } catch (NoSuchFileException | NotDirectoryException e) {
          LOG.debug("a folder that has just gone", e);
        }
      }
    }
  }

  /// The folder itself or what is there of the way to it.
  private static Path nearest(Path folder) {
    Path whole = folder.toAbsolutePath();
    for (Path at = whole; at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return at;
      }
    }
    return whole;
  }

  /// Waits until something has changed, as far as one knows, and a moment longer for what comes
  /// with it.
  ///
  /// @return false: nothing has, as long as `limit`; or this was closed
  public boolean await(Duration limit) throws InterruptedException {
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
      register(service, folders);
      return true;
    } catch (IOException e) {
      // What is watched already still is.
      LOG.debug("a folder can't be watched", e);
      return true;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  @Override
  public void close() {
    close(service);
  }

  private static void close(@Nullable WatchService service) {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("a watch that can't be closed", e);
      }
    }
  }
}
