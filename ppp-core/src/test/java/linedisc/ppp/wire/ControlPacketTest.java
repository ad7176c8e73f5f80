package linedisc.ppp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ControlPacketTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void readsAPacketInTheMiddleOfABuffer() {
    byte[] b = HEX.parseHex("ffff" + "0105000801020304" + "eeee");
    ControlPacket packet = ControlPacket.view(b, 2, 10);
    assertEquals(1, packet.code());
    assertEquals(5, packet.identifier());
    assertEquals(8, packet.length());
    assertEquals(6, packet.dataOffset());
    assertEquals(4, packet.dataLength());
    assertArrayEquals(HEX.parseHex("01020304"), packet.data());
    assertArrayEquals(HEX.parseHex("0105000801020304"), packet.toBytes());
    assertTrue(packet.dataEquals(HEX.parseHex("01020304")));
    assertFalse(packet.dataEquals(HEX.parseHex("010203")));
    assertFalse(packet.dataEquals(HEX.parseHex("01020305")));
  }

  @Test
  void octetsAreUnsigned() {
    ControlPacket packet = ControlPacket.view(HEX.parseHex("fffe0004"), 0, 4);
    assertEquals(0xff, packet.code());
    assertEquals(0xfe, packet.identifier());
  }

  @Test
  void faultsAreFoundInOrder() {
    byte[] good = HEX.parseHex("01010006aabb");
    for (int length = 0; length < 4; length++) {
      assertEquals(ControlPacket.Fault.SHORT_HEADER, ControlPacket.check(good, 0, length));
    }
    assertEquals(ControlPacket.Fault.LENGTH_BEYOND_PACKET, ControlPacket.check(good, 0, 4));
    assertEquals(ControlPacket.Fault.LENGTH_BEYOND_PACKET, ControlPacket.check(good, 0, 5));
    assertNull(ControlPacket.check(good, 0, 6));
    for (String bad : new String[] {"01010000", "01010001", "01010002", "01010003"}) {
      assertEquals(
          ControlPacket.Fault.LENGTH_BELOW_HEADER, ControlPacket.check(HEX.parseHex(bad), 0, 4));
    }
    assertNull(ControlPacket.check(HEX.parseHex("01010004"), 0, 4));
    assertThrows(IllegalArgumentException.class, () -> ControlPacket.view(good, 0, 5));
  }

  @Test
  void buildsWhatItReads() {
    byte[] data = new byte[300];
    data[299] = 7;
    byte[] packet = ControlPacket.build(9, 200, data);
    ControlPacket view = ControlPacket.view(packet, 0, packet.length);
    assertEquals(304, view.length());
    assertEquals(200, view.identifier());
    assertArrayEquals(data, view.data());
    assertArrayEquals(HEX.parseHex("020300060000"), ControlPacket.build(2, 3, data, 100, 2));
  }

  @Test
  void protocolNumbersAreReadAndWrittenBigEndian() {
    byte[] b = new byte[4];
    PppProtocol.write(0xc021, b, 1);
    assertArrayEquals(HEX.parseHex("00c02100"), b);
    assertEquals(0xc021, PppProtocol.read(b, 1));
    assertEquals("LCP", PppProtocol.name(0xc021));
    assertEquals("0x4021", PppProtocol.name(0x4021));
    assertTrue(PppProtocol.isControl(0x8021));
    assertTrue(PppProtocol.isControl(0x8000));
    assertTrue(PppProtocol.isControl(0xc021));
    assertFalse(PppProtocol.isControl(0x7fff));
    assertTrue(PppProtocol.isNetworkControl(0x8000));
    assertTrue(PppProtocol.isNetworkControl(0xbfff));
    assertFalse(PppProtocol.isNetworkControl(0xc000));
    assertFalse(PppProtocol.isNetworkControl(0x7fff));
  }
}
