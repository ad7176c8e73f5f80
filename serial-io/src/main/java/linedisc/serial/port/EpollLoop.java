package linedisc.serial.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One thread for any number of lines: it waits for all of them in one place (epoll) and reads and
/// writes without waiting. Linux only.
///
/// The thread and its descriptors are there while a line of the loop is open, from the first to the
/// last, so a loop itself needs no closing. Its users' methods run on that thread, one at a time: a
/// user that waits there holds up all lines of the loop.
public final class EpollLoop {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(2);

  private @Nullable LoopThread thread;
  private int lines;

  /// A loop without lines.
  public EpollLoop() {}

  /// The thread, for one more line.
  ///
  /// @throws PortException when there are no descriptors left
  synchronized LoopThread enter() throws PortException {
    LoopThread present = thread == null ? LoopThread.start() : thread;
    thread = present;
    lines++;
    return present;
  }

  /// A line less. With the last one the thread ends; unless this is that very thread, it has ended
  /// when this returns.
  void leave() {
    LoopThread last = takeLast();
    if (last != null) {
      last.end(JOIN_LIMIT);
    }
  }

  private synchronized @Nullable LoopThread takeLast() {
    lines--;
    if (lines > 0) {
      return null;
    }
    LoopThread last = thread;
    thread = null;
    return last;
  }
}
