package linedisc.ppp.hdlc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Fcs16Test {
  @Test
  void checkValue() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    assertEquals(0x906e, Fcs16.update(Fcs16.INITIAL, digits, 0, 9) ^ 0xffff);
  }

  @Test
  void aFrameWithItsFcsLeavesTheGoodResidue() {
    byte[] frame = "123456789..".getBytes(US_ASCII);
    frame[9] = 0x6e;
    frame[10] = (byte) 0x90;
    assertEquals(Fcs16.GOOD, Fcs16.update(Fcs16.INITIAL, frame, 0, 11));
  }

  @Test
  void piecesGiveTheSameAsTheWhole() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    for (int cut = 0; cut <= 9; cut++) {
      int register = Fcs16.update(Fcs16.INITIAL, digits, 0, cut);
      assertEquals(0x906e ^ 0xffff, Fcs16.update(register, digits, cut, 9 - cut));
    }
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    assertThrows(IndexOutOfBoundsException.class, () -> Fcs16.update(0, new byte[2], 1, 2));
  }
}
