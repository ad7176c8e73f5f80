package linedisc.ppp.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void readsOptionsInOrder() {
    byte[] b = HEX.parseHex("ee" + "010405dc" + "0702" + "0506fffefdfc" + "ee");
    OptionReader reader = new OptionReader(b, 1, 12);
    assertTrue(reader.isWellFormed());
    assertTrue(reader.next());
    assertEquals(1, reader.type());
    assertEquals(4, reader.length());
    assertEquals(1500, reader.u16(0));
    assertTrue(reader.next());
    assertEquals(7, reader.type());
    assertEquals(0, reader.dataLength());
    assertTrue(reader.next());
    assertEquals(0xfffefdfc, reader.u32(0));
    assertEquals(0xfc, reader.u8(3));
    assertArrayEquals(HEX.parseHex("fffefdfc"), reader.data());
    assertFalse(reader.next());
    assertTrue(reader.rewind().next());
    assertEquals(1, reader.type());
  }

  @Test
  void accessorsDoNotLeaveTheOption() {
    OptionReader reader = new OptionReader(HEX.parseHex("0103aa020400bb"));
    reader.next();
    assertEquals(0xaa, reader.u8(0));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.u8(1));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.u8(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.u16(0));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.u32(0));
  }

  @Test
  void security22EveryBadLengthMakesTheListUnreadable() {
    byte[] good = HEX.parseHex("010405dc0702050600000000");
    for (int cut = 0; cut <= good.length; cut++) {
      boolean boundary = cut == 0 || cut == 4 || cut == 6 || cut == 12;
      OptionReader reader = new OptionReader(good, 0, cut);
      assertEquals(boundary, reader.isWellFormed(), "cut at " + cut);
      assertEquals(boundary && cut > 0, reader.next(), "cut at " + cut);
    }
    for (int length = 0; length < 256; length++) {
      byte[] b = good.clone();
      b[7] = (byte) length;
      OptionReader reader = new OptionReader(b);
      assertEquals(length == 6, reader.isWellFormed(), "length " + length);
      reader.rewind();
      assertEquals(length == 6, reader.next(), "length " + length);
    }
  }

  @Test
  void randomOctetsAreReadToTheEndOrNotAtAll() {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] b = new byte[random.nextInt(40)];
      random.nextBytes(b);
      for (int i = 1; i < b.length; i += 3) {
        b[i] = (byte) random.nextInt(5);
      }
      OptionReader reader = new OptionReader(b);
      int sum = 0;
      while (reader.next()) {
        assertEquals(sum, reader.offset(), "seed " + seed);
        sum += reader.length();
      }
      assertEquals(reader.isWellFormed() ? b.length : 0, sum, "seed " + seed);
    }
  }

  @Test
  void writesWhatIsRead() {
    OptionWriter out =
        new OptionWriter(1000)
            .add16(1, 1500)
            .add(7)
            .add32(5, 0x01020304)
            .add(0xfe, new byte[OptionWriter.MAX_DATA]);
    assertFalse(out.isEmpty());
    assertFalse(out.overflowed());
    byte[] list = out.toBytes();
    assertEquals("010405dc0702050601020304feff", HEX.formatHex(Arrays.copyOf(list, 14)));
    OptionReader reader = new OptionReader(list);
    OptionWriter copy = new OptionWriter(list.length);
    while (reader.next()) {
      copy.copy(reader);
    }
    assertArrayEquals(list, copy.toBytes());
    assertThrows(
        IllegalArgumentException.class, () -> out.add(1, new byte[OptionWriter.MAX_DATA + 1]));
  }

  @Test
  void security03TheWriterNeverGrowsPastItsLimit() {
    for (int limit = -1; limit < 40; limit++) {
      OptionWriter out = new OptionWriter(limit);
      for (int i = 0; i < 20; i++) {
        out.add32(i, i);
      }
      assertEquals(Math.max(limit, 0) / 6 * 6, out.toBytes().length);
      assertTrue(out.overflowed());
      assertTrue(new OptionReader(out.toBytes()).isWellFormed());
    }
  }

  @Test
  void anOptionThatDoesNotFitDoesNotKeepAShorterOneOut() {
    OptionWriter out = new OptionWriter(5).add32(1, 1).add(7);
    assertEquals("0702", HEX.formatHex(out.toBytes()));
    assertTrue(out.overflowed());
  }

  @Test
  void theWriterGrowsForOneLongOptionAndForMany() {
    byte[] data = new byte[OptionWriter.MAX_DATA];
    data[252] = 9;
    OptionWriter out = new OptionWriter(1500);
    out.add(1, data).add(2).add(3, data);
    OptionReader reader = new OptionReader(out.toBytes());
    assertEquals(255 + 2 + 255, out.toBytes().length);
    assertTrue(reader.next() && reader.next() && reader.next());
    assertEquals(9, reader.u8(252));
    assertEquals(2 * 255, new OptionWriter(1500).copy(reader).copy(reader).toBytes().length);
  }
}
