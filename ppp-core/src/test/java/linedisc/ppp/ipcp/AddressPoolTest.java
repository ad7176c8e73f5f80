package linedisc.ppp.ipcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
  private static final int FIRST = 0x0a000064;

  @Test
  void givesEachAddressOnce() {
    AddressPool pool = new AddressPool(FIRST, 3);
    assertEquals(FIRST, pool.take());
    assertEquals(FIRST + 1, pool.take());
    assertEquals(FIRST + 2, pool.take());
    assertEquals(0, pool.take());
    assertEquals(0, pool.free());
  }

  @Test
  void whatIsReleasedComesBackLast() {
    AddressPool pool = new AddressPool(FIRST, 3);
    assertEquals(FIRST, pool.take());
    pool.release(FIRST);
    assertEquals(FIRST + 1, pool.take());
    assertEquals(FIRST + 2, pool.take());
    assertEquals(FIRST, pool.take());
  }

  @Test
  void aPeerCanHaveItsOldAddressAgain() {
    AddressPool pool = new AddressPool(FIRST, 3);
    assertTrue(pool.take(FIRST + 1));
    assertFalse(pool.take(FIRST + 1));
    assertFalse(pool.take(FIRST - 1));
    assertFalse(pool.take(FIRST + 3));
    assertTrue(pool.take(FIRST));
    pool.release(FIRST);
    assertEquals(FIRST, pool.take());
    assertEquals(FIRST + 2, pool.take());
  }

  @Test
  void onlyWhatWasTakenCanBeReleased() {
    AddressPool pool = new AddressPool(FIRST, 1);
    assertThrows(IllegalArgumentException.class, () -> pool.release(FIRST));
    assertThrows(IllegalArgumentException.class, () -> pool.release(FIRST + 1));
    assertThrows(IllegalArgumentException.class, () -> pool.release(0));
  }

  @Test
  void rangesEndWhereAddressesDo() {
    assertEquals(0xffffffff, new AddressPool(0xffffffff, 1).take());
    assertThrows(IllegalArgumentException.class, () -> new AddressPool(0xffffffff, 2));
    assertThrows(IllegalArgumentException.class, () -> new AddressPool(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new AddressPool(1, 0));
  }

  @Test
  void neverGivesWhatSomebodyHas() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(1, 20);
      AddressPool pool = new AddressPool(0xc0000200, size);
      Set<Integer> held = new HashSet<>();
      for (int i = 0; i < 500; i++) {
        if (random.nextBoolean()) {
          int address = pool.take();
          assertEquals(held.size() == size, address == 0, "seed " + seed);
          assertTrue(address == 0 || held.add(address), "seed " + seed);
        } else if (!held.isEmpty()) {
          int address = held.iterator().next();
          held.remove(address);
          pool.release(address);
        }
        assertEquals(size - held.size(), pool.free(), "seed " + seed);
      }
    }
  }
}
