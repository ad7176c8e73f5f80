package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlipConfigTest {

  @Test
  void defaultsAreThoseOfLinux() {
    SlipConfig config = SlipConfig.builder().build();
    assertEquals(new SlipConfig(SlipMode.SLIP, 296, 16, 0, 0, false), config);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 255, 256})
  void takesSlots(int slots) {
    assertEquals(slots, SlipConfig.builder().vjSlots(slots).build().vjSlots());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 257, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesSlots(int slots) {
    assertThrows(IllegalArgumentException.class, () -> SlipConfig.builder().vjSlots(slots).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256, 65536})
  void refusesPeriods(int seconds) {
    assertThrows(
        IllegalArgumentException.class, () -> SlipConfig.builder().keepalive(seconds).build());
    assertThrows(
        IllegalArgumentException.class, () -> SlipConfig.builder().outfill(seconds).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 67, 65536, Integer.MIN_VALUE})
  void refusesMtus(int mtu) {
    assertThrows(IllegalArgumentException.class, () -> SlipConfig.builder().mtu(mtu).build());
  }
}
