package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.SlipConfig;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Udp;
import org.junit.jupiter.api.Test;

class SlipProtocolTest {
  private static final int MTU = 1500;

  private final FakeNetwork network = new FakeNetwork();
  private final SlipProtocol protocol =
      new SlipProtocol(new IdleLine(network), SlipConfig.builder().mtu(MTU).build());

  private static byte[] packet(int length) {
    byte[] packet = new byte[length];
    Ipv4.write(packet, 0, 0, length, 64, Ip.UDP, 1, 2, length - Ipv4.HEADER_LENGTH);
    Udp.write(packet, Ipv4.HEADER_LENGTH, 1, 2, length - Ipv4.HEADER_LENGTH - Udp.HEADER_LENGTH);
    return packet;
  }

  private List<Integer> collect(FrameBatch batch) {
    batch.clear();
    protocol.collect(batch, network, 0);
    var lengths = new ArrayList<Integer>();
    for (int i = 0; i < batch.count(); i++) {
      lengths.add(batch.length(i));
    }
    return lengths;
  }

  @Test
  void packetThatHasNoRoomIsSentInTheNextBatch() {
    protocol.lowerUp(network, 0);
    var batch = new FrameBatch(MTU, 8);
    network.queue.add(packet(1000));
    network.queue.add(packet(100));
    // While the second packet is looked at, an urgent one gets before it.
    network.urgentAfterOne = packet(1400);

    assertEquals(List.of(1000), collect(batch));
    assertEquals(List.of(1400, 100), collect(batch));
    assertEquals(List.of(), collect(batch));
    assertEquals(3, protocol.statistics().sentPackets());
  }

  @Test
  void packetLongerThanTheMtuIsCountedAndHindersNone() {
    protocol.lowerUp(network, 0);
    network.queue.add(packet(8 * MTU));
    network.queue.add(packet(MTU + 1));
    network.queue.add(packet(MTU));

    assertEquals(List.of(MTU), collect(new FrameBatch(MTU, 8)));
    assertEquals(1, protocol.statistics().sentPackets());
    assertEquals(2, protocol.statistics().sendTooLong() + protocol.statistics().sendMalformed());
  }

  /// A queue into which an urgent packet gets between a look at the next one and its removal.
  private static final class FakeNetwork implements Network {
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private byte[] urgentAfterOne = new byte[0];
    private boolean oneGone;

    @Override
    public int nextLength() {
      return queue.isEmpty() ? -1 : queue.element().length;
    }

    @Override
    public int poll(byte[] buffer, int offset, int room) {
      byte[] next;
      if (oneGone && urgentAfterOne.length > 0) {
        next = urgentAfterOne;
        urgentAfterOne = new byte[0];
      } else if (queue.isEmpty()) {
        return -1;
      } else {
        next = queue.remove();
        oneGone = true;
      }
      System.arraycopy(next, 0, buffer, offset, Math.min(room, next.length));
      return next.length;
    }

    @Override
    public int mtu() {
      return MTU;
    }

    @Override
    public void packet(byte[] buffer, int offset, int length) {}

    @Override
    public void opened(NetworkProtocol protocol) {}

    @Override
    public void opened(AddressPair addresses) {}

    @Override
    public void closed(NetworkProtocol protocol) {}

    @Override
    public void setMtu(int octets) {}
  }

  private record IdleLine(Network network) implements Line {
    @Override
    public String name() {
      return "line";
    }

    @Override
    public int speed() {
      return 0;
    }

    @Override
    public boolean perform(Command command) {
      command.run(network, 0);
      return true;
    }

    @Override
    public void post(Object detail) {}
  }
}
