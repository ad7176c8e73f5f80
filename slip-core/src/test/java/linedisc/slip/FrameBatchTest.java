package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameBatchTest {
  @Test
  void framesLieBackToBackWithTheirMarks() {
    FrameBatch batch = new FrameBatch(10, 3);
    assertTrue(batch.add(new byte[] {9, 1, 2, 3}, 1, 3, FrameBatch.AFTER_LOSS));
    int at = batch.claim(7);
    batch.buffer()[at] = 4;
    batch.commit(1, 0);
    assertTrue(batch.add(new byte[0], 0, 0, 0));

    assertEquals(3, batch.count());
    assertTrue(batch.isFull());
    assertEquals(6, batch.room());
    assertArrayEquals(new byte[] {1, 2, 3, 4}, Arrays.copyOf(batch.buffer(), 4));
    assertEquals(FrameBatch.AFTER_LOSS, batch.mark(0));
    assertEquals(3, batch.offset(1));
    assertEquals(1, batch.length(1));
    assertEquals(0, batch.length(2));
  }

  @Test
  void refusesWhatDoesNotFitAndTakesItOnceCleared() {
    FrameBatch batch = new FrameBatch(4, 2);
    assertTrue(batch.add(new byte[3], 0, 3, 0));
    assertFalse(batch.add(new byte[2], 0, 2, 0));
    assertEquals(-1, batch.claim(2));
    assertEquals(1, batch.count());
    batch.clear();
    assertEquals(0, batch.count());
    assertEquals(0, batch.claim(4));
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    FrameBatch batch = new FrameBatch(4, 1);
    assertThrows(IllegalStateException.class, () -> batch.commit(0, 0));
    batch.claim(2);
    assertThrows(IllegalStateException.class, () -> batch.commit(3, 0));
    assertThrows(IllegalArgumentException.class, () -> batch.claim(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.length(0));
    assertThrows(IllegalArgumentException.class, () -> new FrameBatch(0, 1));
  }
}
