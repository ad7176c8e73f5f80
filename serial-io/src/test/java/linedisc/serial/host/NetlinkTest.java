package linedisc.serial.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetlinkTest {
  private static final int HEADER = 8;

  private static byte[] request() {
    NetlinkRequest request =
        new NetlinkRequest(20, NetlinkRequest.ACK).octet(2).octet(32).number16(0).number32(7);
    request.attribute(1, new byte[] {10, 0, 0}).attribute(4, 0x01020304);
    int nest = request.begin(26);
    return request.attribute(8, new byte[] {1}).end(nest).octets(5);
  }

  @Test
  void aRequestIsWrittenInTheMachinesByteOrderAndPadded() {
    ByteBuffer expected = ByteBuffer.allocate(52).order(ByteOrder.nativeOrder());
    expected.putInt(52).putShort((short) 20).putShort((short) 5).putInt(5).putInt(0);
    expected.put(new byte[] {2, 32, 0, 0}).putInt(7);
    expected.putShort((short) 7).putShort((short) 1).put(new byte[] {10, 0, 0, 0});
    expected.putShort((short) 8).putShort((short) 4).putInt(0x01020304);
    expected.putShort((short) 12).putShort((short) (26 | 0x8000));
    expected.putShort((short) 5).putShort((short) 8).put(new byte[] {1, 0, 0, 0});
    assertArrayEquals(expected.array(), request());
  }

  @Test
  void whatIsWrittenCanBeRead() {
    byte[] two = Arrays.copyOf(request(), 104);
    System.arraycopy(request(), 0, two, 52, 52);
    List<NetlinkMessage> messages = NetlinkMessage.parse(two, two.length);
    assertEquals(2, messages.size());
    NetlinkMessage message = messages.getLast();
    assertEquals(20, message.type());
    assertEquals(5, message.sequence());
    assertEquals(32, message.octet(1));
    assertEquals(7, message.number32(4));
    assertArrayEquals(new byte[] {10, 0, 0}, message.attribute(HEADER, 1));
    assertEquals(0x01020304, message.attribute32(HEADER, 4, 0));
    assertNotNull(message.attribute(HEADER, 26), "flags of the type are left out");
    assertNull(message.attribute(HEADER, 2));
    assertEquals(9, message.attribute32(HEADER, 2, 9));
    assertEquals(9, message.attribute32(HEADER, 1, 9), "three octets are no number");
  }

  @Test
  void whatIsCutShortIsLeftOut() {
    byte[] whole = request();
    for (int length = 0; length < whole.length; length++) {
      assertEquals(List.of(), NetlinkMessage.parse(whole, length), "length " + length);
    }
  }

  @Test
  void damageNeverThrows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = request();
      for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      for (NetlinkMessage message : NetlinkMessage.parse(octets, octets.length)) {
        int _ = message.attributes(HEADER).size() + message.number32(4) + message.octet(700);
      }
    }
  }
}
