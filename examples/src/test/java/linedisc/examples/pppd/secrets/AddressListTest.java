package linedisc.examples.pppd.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.TestMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressListTest {
  @TempDir Path root;
  private final List<String> log = new ArrayList<>();

  @Test
  void withoutAListNothingIsAllowed() {
    assertFalse(list("").allowsAny());
    assertFalse(allows("", "10.0.0.1"));
    assertFalse(allows("- 10.0.0.1", "10.0.0.1"));
    assertTrue(allows("*", "10.0.0.1"));
    assertTrue(list("*").allowsAny());
    assertFalse(list("!10.0.0.1 -").allowsAny());
  }

  @Test
  void theFirstEntryThatFitsDecides() {
    String words = "10.0.0.1 !10.0.0.0/24 10.0.0.0/8 host";
    assertTrue(allows(words, "10.0.0.1"));
    assertFalse(allows(words, "10.0.0.2"));
    assertTrue(allows(words, "10.1.0.2"));
    assertFalse(allows(words, "11.0.0.1"));
    assertTrue(allows(words, "192.168.7.7"));
    assertTrue(allows("!10.0.0.1 *", "10.0.0.2"));
    assertFalse(allows("!10.0.0.1 *", "10.0.0.1"));
  }

  @Test
  void subnetsOfEverySize() {
    assertTrue(allows("10.0.0.77/1", "127.255.255.255"));
    assertFalse(allows("10.0.0.77/1", "128.0.0.0"));
    assertTrue(allows("10.0.0.77/31", "10.0.0.76"));
    assertFalse(allows("10.0.0.77/31", "10.0.0.78"));
    assertTrue(allows("10.0.0.77/32", "10.0.0.77"));
    assertFalse(allows("10.0.0.77/32", "10.0.0.76"));
  }

  @Test
  void theUnitsOwnHost() {
    assertTrue(list("10.0.0.0/24+", 0).allows(address("10.0.0.1")));
    assertFalse(list("10.0.0.0/24+", 0).allows(address("10.0.0.2")));
    assertTrue(list("10.0.0.99/24+", 7).allows(address("10.0.0.8")));
    assertEquals(address("10.0.0.254"), list("10.0.0.0/24+", 253).suggestion());
    assertNull(list("10.0.0.0/24+", 254).suggestion());
    assertFalse(list("10.0.0.0/32+", 0).allowsAny());
  }

  @Test
  void whatIsNotUnderstoodNeverAllows() {
    for (String word :
        List.of(
            "10.0.0.1/0",
            "10.0.0.1/33",
            "10.0.0.1/",
            "10.0.0.1/x",
            "10.0.0.1/8x",
            "nowhere",
            "10.0.0",
            "/8",
            "10.0.0.1/-8",
            "!",
            "10.0.0.1/8++",
            "10.0.0.256")) {
      log.clear();
      assertFalse(list(word).allowsAny(), word);
      assertEquals(1, log.size(), word);
    }
    assertTrue(allows("nowhere *", "10.0.0.1"));
    assertFalse(allows("!nowhere *", "10.0.0.1"), "nowhere might have been this one");
  }

  @Test
  void theFirstHostIsSuggested() {
    assertEquals(address("10.0.0.9"), list("10.1.0.0/16 !10.0.0.3 10.0.0.9 10.0.0.8").suggestion());
    assertNull(list("10.0.0.0/24").suggestion());
    assertNull(list("!10.0.0.1 *").suggestion());
    assertNull(list("!10.0.0.0/24 10.0.0.1").suggestion());
    assertTrue(list("10.0.0.1").isSuggestionOnly());
    assertFalse(list("10.0.0.1 10.0.0.2").isSuggestionOnly());
    assertFalse(list("10.0.0.0/24").isSuggestionOnly());
  }

  private boolean allows(String words, String address) {
    return list(words).allows(address(address));
  }

  private AddressList list(String words) {
    return list(words, 0);
  }

  private AddressList list(String words, int unit) {
    List<String> split = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    var machine = new TestMachine(root);
    machine.hosts.put("host", "192.168.7.7");
    return AddressList.of(split, unit, machine, log::add);
  }

  private static int address(String text) {
    Integer address = Addresses.dotted(text);
    return address == null ? 0 : address;
  }
}
