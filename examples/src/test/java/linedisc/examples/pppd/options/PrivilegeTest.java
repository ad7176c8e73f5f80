package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrivilegeTest {
  private static final String NET_ADMIN = "0000000000001000";
  private static final String NONE = "0000000000000000";

  @Test
  void root() {
    assertEquals(new Privilege(0, true, false), status("0", "0", "000001ffffffffff", NONE));
  }

  @Test
  void anOrdinaryUser() {
    var user = status("1000", "1000", NONE, NONE);
    assertEquals(new Privilege(1000, false, false), user);
    assertEquals(true, user != null && user.ofUser() && !user.trustsPeers());
  }

  @Test
  void aServiceWithAnAmbientCapabilityHasItByItself() {
    assertEquals(new Privilege(990, true, false), status("990", "990", NET_ADMIN, NET_ADMIN));
  }

  /// Security cases 15 and 16: rights that came with the file belong to the administrator.
  @Test
  void case16FileCapabilitiesAreGained() {
    var user = status("1000", "1000", NET_ADMIN, NONE);
    assertEquals(new Privilege(1000, true, true), user);
    assertEquals(false, user == null || user.ofUser() || user.trustsPeers());
  }

  @Test
  void case16SetuidIsGained() {
    assertEquals(new Privilege(1000, false, true), status("1000", "0", NONE, NONE));
  }

  @Test
  void whatIsNoStatusSaysNothing() {
    assertNull(Privilege.ofStatus(""));
    assertNull(Privilege.ofStatus("Uid:\tx\ty\nGid:\t0\t0\nCapEff:\tzz\n"));
  }

  private static @Nullable Privilege status(
      String real, String effective, String caps, String ambient) {
    return Privilege.ofStatus(
        "Name:\tjava\nUid:\t"
            + real
            + "\t"
            + effective
            + "\t0\t0\nGid:\t5\t5\t5\t5\nCapEff:\t"
            + caps
            + "\nCapAmb:\t"
            + ambient
            + "\n");
  }
}
