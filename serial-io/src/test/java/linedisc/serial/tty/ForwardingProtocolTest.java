package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;

/// What has a default in the interface must come from the protocol within all the same.
class ForwardingProtocolTest {
  private final List<String> asked = new ArrayList<>();
  private final LineProtocol inner = new Inner();
  private final LineProtocol outer = new ForwardingProtocol(inner) {};

  @Test
  void noDefaultIsTakenForTheAnswer() {
    FrameBatch none = new FrameBatch(64, 1);
    assertTrue(outer.wantsDelivery(none));
    assertFalse(outer.hasOutput());
    assertFalse(outer.isFinished());
    assertSame(inner, outer.as(Inner.class));
    outer.discarded();
    assertEquals(List.of("wantsDelivery", "hasOutput", "isFinished", "discarded"), asked);
  }

  private final class Inner extends QuietDiscipline.Protocol {
    @Override
    public boolean wantsDelivery(FrameBatch frames) {
      return asked.add("wantsDelivery");
    }

    @Override
    public boolean hasOutput() {
      return !asked.add("hasOutput");
    }

    @Override
    public boolean isFinished() {
      return !asked.add("isFinished");
    }

    @Override
    public void discarded() {
      asked.add("discarded");
    }
  }
}
