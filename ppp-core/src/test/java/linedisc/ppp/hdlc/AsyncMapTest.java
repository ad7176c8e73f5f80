package linedisc.ppp.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AsyncMapTest {
  @Test
  void flagAndEscapeAreAlwaysIn() {
    for (int octet = 0; octet < 256; octet++) {
      assertEquals(octet == 0x7d || octet == 0x7e, AsyncMap.NONE.escapes(octet));
      assertEquals(octet < 0x20 || octet == 0x7d || octet == 0x7e, AsyncMap.DEFAULT.escapes(octet));
    }
  }

  @Test
  void bitsOfTheAccmAreControlCharacters() {
    AsyncMap flowControl = AsyncMap.of(0x000a0000, 0x91, 0x93);
    assertTrue(flowControl.escapes(0x11));
    assertTrue(flowControl.escapes(0x13));
    assertTrue(flowControl.escapes(0x93));
    assertFalse(flowControl.escapes(0x12));
    assertEquals(0x000a0000, flowControl.accm());
    assertEquals("0x000a0000 91 93", flowControl.toString());
  }

  @Test
  void negotiationEscapesAllControlsAndKeepsTheOthers() {
    AsyncMap map = AsyncMap.of(0, 0xff).forNegotiation();
    assertEquals(AsyncMap.of(0xffffffff, 0xff), map);
    assertSame(map, map.forNegotiation());
    assertSame(AsyncMap.DEFAULT, AsyncMap.NONE.forNegotiation());
  }

  @Test
  void equalsByContent() {
    assertEquals(AsyncMap.of(1, 0x80, 0x81), AsyncMap.of(1, 0x81, 0x80));
    assertEquals(AsyncMap.of(1, 0x80).hashCode(), AsyncMap.of(1, 0x80).hashCode());
    assertNotEquals(AsyncMap.of(1), AsyncMap.of(2));
    assertSame(AsyncMap.NONE, AsyncMap.of(0));
    assertSame(AsyncMap.DEFAULT, AsyncMap.of(0xffffffff));
  }

  @Test
  void whatCannotBeEscapedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> AsyncMap.of(0, 0x5e));
    assertThrows(IllegalArgumentException.class, () -> AsyncMap.of(0, 0x1f));
    assertThrows(IllegalArgumentException.class, () -> AsyncMap.of(0, 0x100));
  }
}
