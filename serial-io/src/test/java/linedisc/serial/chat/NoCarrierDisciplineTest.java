package linedisc.serial.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import linedisc.serial.tty.Line;
import linedisc.serial.tty.LineProtocol;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.slip.FrameBatch;
import linedisc.slip.SlipConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoCarrierDisciplineTest {
  /// How often the words were heard.
  private int heard;

  private final Line line =
      new Line() {
        @Override
        public String name() {
          return "line";
        }

        @Override
        public int speed() {
          return 0;
        }

        @Override
        public boolean perform(Command command) {
          return false;
        }

        @Override
        public void post(Object detail) {
          heard += detail instanceof NoCarrierDiscipline.CarrierLost ? 1 : 0;
        }
      };

  /// `~` is PPP's flag, `_` stands for SLIP's END, `<` for CR and LF.
  @ParameterizedTest
  @CsvSource({
    "~<NO CARRIER<, 1",
    "_<NO CARRIER<, 1",
    "~+++<NO CARRIER<, 1",
    "packet~<NO CARRIER<, 1",
    "~~<NO CARRIER<~<NO CARRIER<, 2",
    "~<NO C~<NO CARRIER<, 1",
    "~packet<NO CARRIER<, 0",
    "~~packet<NO CARRIER<~, 0",
    "~++++<NO CARRIER<, 0",
    "~<NO CARRIER, 0",
    "~<RING<<NO CARRIER<, 0",
    "~x<NO CARRIER<, 0",
  })
  void hearsTheWordsBetweenFramesOnly(String octets, int times) {
    byte[] received = octets.replace("<", "\r\n").replace('_', (char) 0xc0).getBytes(ISO_8859_1);
    var discipline = new NoCarrierDiscipline(new SlipDiscipline(SlipConfig.builder().build()));
    for (int piece = 1; piece <= received.length; piece++) {
      heard = 0;
      LineProtocol protocol = discipline.open(line);
      var frames = new FrameBatch(4096, 16);
      for (int at = 0; at < received.length; ) {
        frames.clear();
        at = protocol.decode(received, at, Math.min(received.length, at + piece), frames);
      }
      assertEquals(times, heard, "in pieces of " + piece);
    }
  }
}
