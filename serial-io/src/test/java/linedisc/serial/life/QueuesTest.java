package linedisc.serial.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.PacketQueue.Put;
import org.junit.jupiter.api.Test;

/// Queues, signals, gates and timers under seeded schedules: nothing is lost, nobody sleeps on
/// work.
class QueuesTest {
  private static final int SEEDS = 300;

  @Test
  void everyPacketArrivesOnceAndInOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      PacketQueue queue = new PacketQueue(sync, () -> {}, 3, 100);
      List<Integer> got = new ArrayList<>();
      long _ =
          sync.run(() -> {
            Thread _ =
                sync.spawn(
                    "producer",
                    () -> {
                      for (int i = 0; i < 20; i++) {
                        byte[] packet = {(byte) i, 0, 0, 0};
                        assertEquals(Put.DONE, queue.put(packet, 0, 4, false, Sync.FOREVER));
                        queue.wake();
                      }
                    });
            byte[] packet = new byte[4];
            for (int i = 0; i < 20; i++) {
              assertEquals(4, queue.take(packet, 0, 4, Sync.FOREVER));
              got.add((int) packet[0]);
            }
          });
      for (int i = 0; i < 20; i++) {
        assertEquals(i, got.get(i), "seed " + seed);
      }
      assertEquals(new PacketQueue.Counters(20, 80, 20, 80, 0, 0), queue.counters());
    }
  }

  @Test
  void downAndGoneReachThoseWhoWait() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      PacketQueue queue = new PacketQueue(sync, () -> {}, 1, 100);
      byte[] packet = new byte[4];
      long _ =
          sync.run(() -> {
            assertEquals(Put.DONE, queue.offer(packet, 0, 4, false));
            assertEquals(Put.FULL, queue.offer(packet, 0, 4, false));
            assertEquals(Put.TOO_LONG, queue.offer(new byte[101], 0, 101, false));
            Thread waiter =
                sync.spawn(
                    "producer",
                    () -> assertEquals(Put.DOWN, queue.put(packet, 0, 4, false, Sync.FOREVER)));
            sync.awaitIdle();
            queue.down(1, true);
            sync.join(waiter);
            queue.down(2, true);
            queue.up(1);
            assertEquals(Put.DOWN, queue.offer(packet, 0, 4, false));
            queue.up(2);
            Thread consumer =
                sync.spawn(
                    "consumer",
                    () -> assertEquals(PacketQueue.GONE, queue.take(packet, 0, 4, Sync.FOREVER)));
            sync.awaitIdle();
            queue.close();
            assertEquals(Put.GONE, queue.offer(packet, 0, 4, false));
            assertEquals(Put.GONE, queue.refuse());
            assertEquals(PacketQueue.GONE, queue.nextLength());
            queue.drain();
            sync.join(consumer);
          });
    }
  }

  @Test
  void octetsKeepTheirOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      OctetQueue queue = new OctetQueue(sync, 7);
      byte[] text = "In the beginning was the command line".getBytes(StandardCharsets.US_ASCII);
      byte[] got = new byte[text.length];
      long _ =
          sync.run(() -> {
            Thread _ =
                sync.spawn(
                    "producer",
                    () -> {
                      int at = 0;
                      while (at < text.length) {
                        at += queue.put(text, at, text.length - at, Sync.FOREVER);
                      }
                    });
            int at = 0;
            while (at < got.length) {
              int room = Math.min(3, got.length - at);
              at += queue.take(got, at, room, Sync.FOREVER);
            }
            assertEquals(0, queue.take(got, 0, 1, sync.nanoTime() + 1000));
            queue.halt(true);
            assertEquals(OctetQueue.HALTED, queue.take(got, 0, 1, Sync.FOREVER));
            queue.close();
            queue.halt(false);
            assertEquals(OctetQueue.CLOSED, queue.put(got, 0, 1, Sync.FOREVER));
          });
      assertEquals(
          new String(text, StandardCharsets.US_ASCII),
          new String(got, StandardCharsets.US_ASCII),
          "seed " + seed);
    }
  }

  @Test
  void aSignalIsNeverLost() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      WorkSignal signal = new WorkSignal(sync);
      int[] work = new int[1];
      long _ =
          sync.run(() -> {
            Thread worker =
                sync.spawn(
                    "worker",
                    () -> {
                      int done = 0;
                      while (done < 10) {
                        assertTrue(signal.await(Sync.FOREVER));
                        done = work[0];
                      }
                    });
            for (int i = 0; i < 10; i++) {
              work[0]++;
              signal.signal();
            }
            sync.join(worker);
            boolean _ = signal.await(0);
            assertFalse(signal.await(1000));
          });
    }
  }

  @Test
  void aGateIsEmptyWhenItSaysSo() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      Gate gate = new Gate(sync);
      int[] inside = new int[1];
      boolean[] closed = new boolean[1];
      long _ =
          sync.run(() -> {
            for (Gate.Side side : Gate.Side.values()) {
              Thread _ =
                  sync.spawn(
                      side.name(),
                      () -> {
                        while (gate.enter(side)) {
                          inside[0]++;
                          assertFalse(closed[0]);
                          sync.step();
                          inside[0]--;
                          gate.leave(side);
                        }
                      });
            }
            for (int i = sync.nextInt(30); i > 0; i--) {
              sync.step();
            }
            assertTrue(gate.shut());
            assertTrue(gate.awaitEmpty(Sync.FOREVER));
            assertEquals(0, inside[0]);
            closed[0] = true;
          });
    }
  }

  @Test
  void timersGoOffInTimeAndNotWithoutCause() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      long _ =
          sync.run(() -> {
            List<String> log = new ArrayList<>();
            try (Clock clock = new Clock(sync)) {
              long start = sync.nanoTime();
              Clock.Timer late = clock.timer(() -> log.add("late"));
              Clock.Timer soon = clock.timer(() -> log.add("soon"));
              Clock.Timer never = clock.timer(() -> log.add("never"));
              late.schedule(start + 30_000_000);
              never.schedule(start + 20_000_000);
              soon.schedule(start + 40_000_000);
              soon.schedule(start + 10_000_000);
              soon.schedule(start + 90_000_000);
              never.cancel();
              sleep(sync, start + 5_000_000);
              assertEquals(List.of(), log);
              sleep(sync, start + 15_000_000);
              assertEquals(List.of("soon"), log);
              sleep(sync, start + 100_000_000);
              assertEquals(List.of("soon", "late"), log);
            }
          });
    }
  }

  @Test
  void aCloserTriesUntilItCan() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      long _ =
          sync.run(() -> {
            int[] tries = new int[1];
            Closer closer = new Closer(sync, "port", () -> ++tries[0] == 4);
            Removal removal = closer.start();
            Removal again = closer.start();
            again.await();
            assertTrue(removal.isDone());
            assertEquals(4, tries[0]);
          });
    }
  }

  @Test
  void theReaperGoesOnAfterAFailure() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SeededSync sync = new SeededSync(seed);
      List<Throwable> failures = new ArrayList<>();
      long _ =
          sync.run(() -> {
            Reaper reaper = new Reaper(sync, failures::add);
            IllegalStateException trouble = new IllegalStateException("trouble");
            Removal bad =
                reaper.remove(
                    "bad",
                    () -> {
                      throw trouble;
                    });
            Removal good = reaper.remove("good", sync::step);
            good.await();
            assertEquals(trouble, bad.failure());
            assertEquals(List.of(trouble), failures);
            reaper.close();
          });
    }
  }

  private static void sleep(SeededSync sync, long until) {
    while (sync.nanoTime() < until) {
      sync.parkUntil(until);
    }
    sync.awaitIdle();
  }
}
