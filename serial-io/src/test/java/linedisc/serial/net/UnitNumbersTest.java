package linedisc.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UnitNumbersTest {
  private static final int MAX = 20;

  @Test
  void lowestFreeUnitAsInAModel() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      UnitNumbers units = new UnitNumbers(MAX);
      TreeSet<Integer> free = new TreeSet<>();
      for (int unit = 0; unit <= MAX; unit++) {
        free.add(unit);
      }
      for (int i = 0; i < 60; i++) {
        int unit = random.nextInt(MAX + 1);
        String message = "seed " + seed + ", step " + i;
        switch (random.nextInt(4)) {
          case 0, 1 -> {
            Integer least = free.pollFirst();
            assertEquals(least == null ? -1 : least, units.take(), message);
          }
          case 2 -> assertEquals(free.remove(unit), units.take(unit), message);
          default -> {
            if (free.add(unit)) {
              units.free(unit);
            } else {
              assertThrows(IllegalStateException.class, () -> units.free(unit), message);
            }
          }
        }
      }
    }
  }
}
