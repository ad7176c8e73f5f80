package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResetExchangeTest {
  private static final long SECOND = 1_000_000_000L;

  private final ResetExchange exchange = new ResetExchange();

  @Test
  void asksOnceUntilAnswered() {
    assertTrue(exchange.needed(0));
    int first = exchange.identifier();
    assertFalse(exchange.needed(1));
    assertFalse(exchange.needed(SECOND - 1));
    assertTrue(exchange.acknowledged(first));
    assertTrue(exchange.needed(SECOND));
    assertEquals((first + 1) & 0xff, exchange.identifier());
  }

  @Test
  void repeatsWithTheSameIdentifier() {
    assertTrue(exchange.needed(0));
    int first = exchange.identifier();
    assertTrue(exchange.needed(SECOND));
    assertEquals(first, exchange.identifier());
    assertFalse(exchange.needed(2 * SECOND - 1));
    assertTrue(exchange.needed(2 * SECOND));
  }

  @Test
  void onlyTheExpectedIdentifierCounts() {
    for (int identifier = 0; identifier < 0x100; identifier++) {
      assertFalse(exchange.acknowledged(identifier));
    }
    exchange.needed(0);
    int right = exchange.identifier();
    for (int identifier = 0; identifier < 0x100; identifier++) {
      assertEquals(identifier == right, exchange.acknowledged(identifier));
    }
    // Several in the pipe, each of which stands for a cleared history.
    assertTrue(exchange.acknowledged(right));
  }

  @Test
  void recoveryWithoutAnswer() {
    exchange.needed(0);
    int first = exchange.identifier();
    exchange.recovered();
    assertTrue(exchange.needed(1));
    assertEquals((first + 1) & 0xff, exchange.identifier());
  }
}
