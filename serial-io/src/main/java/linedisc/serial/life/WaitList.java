package linedisc.serial.life;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Threads that wait, first come first. Guarded by its owner's `synchronized` section; allocates
/// only when more threads wait than ever before.
final class WaitList {
  private static final @Nullable Thread[] NONE = {};

  private @Nullable Thread[] ring = NONE;
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /// Appends a thread, unless it is there already.
  void add(Thread thread) {
    if (indexOf(thread) >= 0) {
      return;
    }
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) & (ring.length - 1)] = thread;
    size++;
  }

  /// Takes the first thread, null if none waits.
  @Nullable Thread poll() {
    if (size == 0) {
      return null;
    }
    Thread first = ring[head];
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    return first;
  }

  /// Takes a thread out that waits no longer.
  void remove(Thread thread) {
    int at = indexOf(thread);
    if (at < 0) {
      return;
    }
    for (int i = at; i < size - 1; i++) {
      ring[(head + i) & (ring.length - 1)] = ring[(head + i + 1) & (ring.length - 1)];
    }
    size--;
    ring[(head + size) & (ring.length - 1)] = null;
  }

  /// Takes them all and ends their waiting.
  void wakeAll(Sync sync) {
    for (Thread thread = poll(); thread != null; thread = poll()) {
      sync.unpark(thread);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself
  private int indexOf(Thread thread) {
    for (int i = 0; i < size; i++) {
      if (ring[(head + i) & (ring.length - 1)] == thread) {
        return i;
      }
    }
    return -1;
  }

  private void grow() {
    @Nullable Thread[] larger = Arrays.copyOf(ring, Math.max(4, 2 * ring.length));
    for (int i = 0; i < size; i++) {
      larger[i] = ring[(head + i) & (ring.length - 1)];
    }
    Arrays.fill(larger, size, larger.length, null);
    ring = larger;
    head = 0;
  }
}
