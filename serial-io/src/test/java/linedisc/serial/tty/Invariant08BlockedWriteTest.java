package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// A destroy while the native write is blocked is done in less than 200 ms; the port can be bound
/// again, and once it is writable the peer sees a clean start of a frame.
class Invariant08BlockedWriteTest {
  @Test
  void destroyDoesNotWaitForTheLine() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      NetInterface old = world.note(tty.bind(world.ppp()).netInterface());
      line.block();
      for (int i = 0; i < 20; i++) {
        byte[] packet = Packets.numbered(i);
        old.send(packet, 0, packet.length);
      }
      world.sync.awaitIdle();
      assertTrue(line.isWriting());
      long before = world.sync.nanoTime();
      world.table.destroy(old).await();
      long took = world.sync.nanoTime() - before;
      assertTrue(took < Duration.ofMillis(200).toNanos(), took + " ns");

      NetInterface fresh = world.note(tty.bind(world.ppp()).netInterface());
      byte[] packet = Packets.numbered(99);
      fresh.send(packet, 0, packet.length);
      world.sync.awaitIdle();
      line.unblock();
      world.sync.awaitIdle();
      byte[] written = line.written();
      byte[] clean = SchedulesTest.framed(99);
      assertTrue(written.length <= FakeLine.CHUNK + clean.length, "old frames were sent");
      byte[] end = Arrays.copyOfRange(written, written.length - clean.length, written.length);
      assertEquals(Arrays.toString(clean), Arrays.toString(end));
    });
  }
}
