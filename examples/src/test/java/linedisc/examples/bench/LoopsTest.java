package linedisc.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LoopsTest {
  @Test
  void ours() {
    assertDoesTheWork(new WordLoops());
  }

  @Test
  void inJava() {
    assertDoesTheWork(new ByteLoop());
  }

  @Test
  void inC() throws InterruptedException {
    try {
      assertDoesTheWork(CLoops.build());
    } catch (IOException e) {
      abort(e.getMessage());
    }
  }

  /// What goes in must come out, and the lengths on the line are known.
  private static void assertDoesTheWork(Loops loops) {
    for (Mix mix : Mix.values()) {
      Sample sample = new Sample(mix);
      String what = loops.name() + ", " + mix.title();
      assertEquals(sample.hdlcLine.length, loops.hdlcEncode(sample), what);
      assertEquals(sample.frames.length, loops.hdlcDecode(sample), what);
      assertEquals(sample.slipLine.length, loops.slipEncode(sample), what);
      assertEquals(sample.packets.length, loops.slipDecode(sample), what);
      assertEquals(new ByteLoop().fcs(sample), loops.fcs(sample), what);
    }
  }
}
