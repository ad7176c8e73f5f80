package linedisc.serial.life;

import java.util.concurrent.locks.LockSupport;

/// The [Sync] of production.
final class SystemSync implements Sync {
  static final SystemSync INSTANCE = new SystemSync();

  private SystemSync() {}

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void park(long nanos) {
    if (nanos == FOREVER) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos);
    }
  }

  @Override
  public void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @Override
  public Thread start(String name, Runnable body) {
    return Thread.ofPlatform().daemon().name(name).start(() -> OwnThread.run(body));
  }

  @Override
  public void step() {}
}
