package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import linedisc.slip.vj.Segment;
import org.junit.jupiter.api.Test;

/// Packets cross a link without an allocation.
class SlipAllocationTest {
  private static final int ROUNDS = 2_000;

  private long delivered;

  @Test
  void nothingIsAllocatedForAPacket() {
    SlipConfig config = SlipConfig.builder().mode(SlipMode.CSLIP).outfill(1).build();
    SlipLink left = new SlipLink(config);
    SlipLink right = new SlipLink(config);
    left.lowerUp(0);
    right.lowerUp(0);
    List<byte[]> packets = new ArrayList<>();
    Segment segment = new Segment();
    Segment other = new Segment().ports(5, 6);
    for (int i = 0; i < 8; i++) {
      packets.add(segment.next(200));
      packets.add(other.next(0));
      packets.add(Packets.udp(100));
    }
    FrameBatch batch = new FrameBatch(4096, 24);
    PacketSink sink = (b, offset, length) -> delivered += length;
    cross(left, right, packets, batch, sink);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      cross(left, right, packets, batch, sink);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ROUNDS, allocated + " octets allocated");
    assertEquals((ROUNDS + 1L) * 8 * (240 + 40 + 100), delivered);
    assertTrue(left.statistics().vj().sentCompressed() > ROUNDS);
  }

  private static void cross(
      SlipLink left, SlipLink right, List<byte[]> packets, FrameBatch batch, PacketSink sink) {
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      if (left.encapsulate(packet, 0, packet.length, batch, 0) == SlipLink.NO_ROOM) {
        deliver(right, batch, sink);
        left.encapsulate(packet, 0, packet.length, batch, 0);
      }
    }
    left.handleTimeout(0);
    left.pollTransmit(batch, 0);
    deliver(right, batch, sink);
  }

  private static void deliver(SlipLink right, FrameBatch batch, PacketSink sink) {
    for (int i = 0; i < batch.count(); i++) {
      right.receive(batch.buffer(), batch.offset(i), batch.length(i), false, 0, sink);
    }
    right.ends(batch.count(), 0);
    batch.clear();
  }
}
