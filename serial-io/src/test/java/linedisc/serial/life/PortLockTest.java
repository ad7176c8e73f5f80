package linedisc.serial.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PortLockTest {
  @Test
  void firstComeFirstServed() {
    for (long seed = 0; seed < 200; seed++) {
      SeededSync sync = new SeededSync(seed);
      List<Integer> came = new ArrayList<>();
      List<Integer> served = new ArrayList<>();
      long _ =
          sync.run(() -> {
            PortLock lock = new PortLock(sync, LockRank.PORT);
            lock.lock();
            for (int i = 0; i < 5; i++) {
              int number = i;
              Thread _ =
                  sync.spawn(
                      "actor",
                      () -> {
                        lock.lock();
                        served.add(number);
                        lock.unlock();
                      });
              sync.awaitIdle();
              came.add(number);
            }
            lock.unlock();
          });
      assertEquals(came, served, "seed " + seed);
    }
  }

  /// Whoever comes gets the lock after at most one turn of an endless user.
  @Test
  void anEndlessUserStarvesNobody() {
    for (long seed = 0; seed < 200; seed++) {
      SeededSync sync = new SeededSync(seed);
      boolean[] served = new boolean[1];
      int[] turns = new int[1];
      long _ =
          sync.run(() -> {
            PortLock lock = new PortLock(sync, LockRank.PORT);
            Thread _ =
                sync.spawn(
                    "endless",
                    () -> {
                      while (!served[0]) {
                        lock.lock();
                        turns[0]++;
                        sync.step();
                        lock.unlock();
                      }
                    });
            sync.step();
            lock.lock();
            served[0] = true;
            lock.unlock();
          });
      assertTrue(served[0] && turns[0] < 1000, "seed " + seed);
    }
  }

  @Test
  void excludesUnderRealThreads() throws Exception {
    PortLock lock = new PortLock(Sync.system(), LockRank.PORT);
    int[] counter = new int[1];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 2000; n++) {
                  lock.lock();
                  counter[0]++;
                  lock.unlock();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(8000, counter[0]);
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndIsNotLost() throws Exception {
    PortLock lock = new PortLock(Sync.system(), LockRank.PORT);
    boolean[] interrupted = new boolean[1];
    lock.lock();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              lock.lock();
              interrupted[0] = Thread.interrupted();
              lock.unlock();
            });
    thread.interrupt();
    assertFalse(thread.join(java.time.Duration.ofMillis(20)));
    lock.unlock();
    thread.join();
    assertTrue(interrupted[0]);
  }
}
