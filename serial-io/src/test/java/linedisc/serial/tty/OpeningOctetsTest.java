package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.hdlc.HdlcEncoder;
import linedisc.serial.tty.OpeningOctets.Protocol;
import linedisc.slip.SlipEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningOctetsTest {
  private static Protocol look(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    return OpeningOctets.look(octets, 0, octets.length);
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNDECIDED",
    "7e, UNDECIDED",
    "c0, UNDECIDED",
    "20 33 33 36 30 30 0d 0a, UNDECIDED",
    "7eff, PPP",
    "7eff7d23c0217d217d217d20, PPP",
    "7eff03c02101010014, PPP",
    "7e7ddf7d23c021, PPP",
    "7ec02101010014, PPP",
    "0d0a 7e7e 7eff, PPP",
    "c045000054, SLIP",
    "c0c0c045, SLIP",
    "0d0ac045, SLIP",
    "c075000028, SLIP",
    "c021, UNDECIDED",
    "d0c07e, UNDECIDED",
    "c07d, UNDECIDED",
    "7e41420d, UNDECIDED",
  })
  void knowsThemByTheirFirstOctets(String hex, Protocol protocol) {
    assertEquals(protocol, look(hex));
  }

  @Test
  void knowsWhatOurOwnEndsSendHoweverItIsCut() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      boolean ppp = random.nextBoolean();
      byte[] packet = new byte[40 + random.nextInt(100)];
      random.nextBytes(packet);
      byte[] line = new byte[2000];
      int at = random.nextInt(20);
      Arrays.fill(line, 0, at, (byte) '\n');
      int end;
      if (ppp) {
        byte[] lcp = {(byte) 0xc0, 0x21, 1, 1, 0, 4};
        end = at + HdlcEncoder.encode(lcp, 0, lcp.length, true, Framing.DEFAULT, true, line, at);
      } else {
        packet[0] = 0x45;
        end = at + SlipEncoder.encode(packet, 0, packet.length, line, at);
      }
      Protocol before = Protocol.UNDECIDED;
      for (int length = 0; length <= end; length++) {
        Protocol now = OpeningOctets.look(line, 0, length);
        assertEquals(
            before == Protocol.UNDECIDED ? now : before, now, "seed " + seed + ": it changed");
        before = now;
      }
      assertEquals(ppp ? Protocol.PPP : Protocol.SLIP, before, "seed " + seed);
    }
  }
}
