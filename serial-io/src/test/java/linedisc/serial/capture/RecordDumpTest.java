package linedisc.serial.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.HexFormat;
import linedisc.ppp.hdlc.Fcs16;
import org.junit.jupiter.api.Test;

class RecordDumpTest {
  private static final String START = "0765530000";

  @Test
  void octetsAsStrings() throws IOException {
    assertEquals(
        """
        start Tue Nov 14 05:05:04 2023
        time  0.7s
        sent "AT\\0d"
        time  6553.6s
        rcvd "say \\"\\\\\\"\\ff"
        end send
        end recv
        ?63
        """,
        dump(
            START + "0607" + "01000341540d" + "0500010000" + "02000873617920225c22ff" + "030463",
            false,
            false,
            false,
            false));
  }

  @Test
  void longStringsAreFolded() throws IOException {
    String shown = dump("010064" + "41".repeat(100), false, false, false, false);
    assertEquals("sent \"" + "A".repeat(71) + "\n      " + "A".repeat(29) + "\"\n", shown);
  }

  @Test
  void octetsInHexadecimal() throws IOException {
    assertEquals(
        """
        rcvd   41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP
               0d                                               .
        """,
        dump("020011" + "4142434445464748494a4b4c4d4e4f500d", true, false, false, false));
  }

  @Test
  void theOtherEndsView() throws IOException {
    assertEquals("rcvd \"A\"\nend recv\n", dump("0100014103", false, false, true, false));
  }

  @Test
  void timesOfDayCarryTotals() throws IOException {
    assertEquals(
        """
        start Tue Nov 14 05:05:04 2023
        sent "A"
        rcvd "BC"
        time  05:05:14.3  (sent 1, rcvd 2)
        """,
        dump(START + "01000141" + "0200024243" + "0667", false, false, false, true));
  }

  @Test
  void framesInHexadecimalWithTheirDamage() throws IOException {
    byte[] body = HexFormat.of().parseHex("ff03c02101010008010405dc");
    String good = "7eff7d23c0217d217d217d207d287d217d247d25dc" + stuffed(fcs(body)) + "7e";
    String bad = "ff7d23c02101010008010405dc00007e";
    String shown =
        dump(
            entry("01", good) + entry("02", bad) + "03" + entry("02", "aa7d7e") + "0200010104",
            false,
            true,
            false,
            false);
    assertTrue(
        shown.startsWith(
            """
            sent  ff 03 c0 21 01 01 00 08 01 04 05 dc              ...!........
            rcvd  ff 03 c0 21 01 01 00 08 01 04 05 dc              ...!........
                 BAD FCS: (residue =\
            """),
        shown);
    assertTrue(
        shown.endsWith(
            """
            end send
            rcvd aborted packet:
                      short packet [1 bytes]: aa
            end recv  [1 bytes in incomplete packet]
            """),
        shown);
  }

  @Test
  void aFrameLongerThanTheMruIsMarked() throws IOException {
    byte[] frame = new byte[1600];
    frame[0] = 0x21;
    String shown =
        dump(entry("01", HexFormat.of().formatHex(frame) + "7e"), false, true, false, false);
    assertTrue(shown.startsWith("     ERROR: length (1597) > MRU (1500)\n"), shown);
  }

  /// Security case 14: a megabyte without a flag, then the flag.
  @Test
  void aMegabyteWithoutAFlagIsCutAtTheBuffer() throws IOException {
    var file = new ByteArrayOutputStream();
    var writer = new RecordWriter(file, 0);
    writer.octets(Direction.RECEIVED, 0, new byte[1 << 20], 0, 1 << 20);
    writer.octets(Direction.RECEIVED, 0, new byte[] {0x7e}, 0, 1);
    String shown = dump(HexFormat.of().formatHex(file.toByteArray()), false, true, false, false);
    assertTrue(shown.contains("rcvd over-long packet truncated:\n"), "says so");
    assertTrue(shown.length() < 60_000, "bounded, and not " + shown.length());
    writer.octets(Direction.RECEIVED, 0, new byte[] {0x21, 0x45, 1, 2, 0x7e}, 0, 5);
    String next = dump(HexFormat.of().formatHex(file.toByteArray()), false, true, false, false);
    assertTrue(next.contains("rcvd  21 45 "), "the next frame is shown");
  }

  @Test
  void theEndOfTheFileInsideAnEntryIsSaid() throws IOException {
    assertEquals("sent \"A\"\nEOF\n", dump("01000541", false, false, false, false));
    assertEquals(
        "EOF\n[1 bytes in incomplete send packet]\n", dump("01000541", false, true, false, false));
    assertEquals("EOF\n", dump("07aabb", false, false, false, false));
  }

  @Test
  void timesBeyondAllReasonAreShown() throws IOException {
    String steps = "05ffffffff".repeat(100);
    assertTrue(
        dump("07ffffffff" + steps, false, false, false, true).startsWith("start Sun Feb  7"));
  }

  @Test
  void anMruOutOfRangeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RecordDump.Style(false, true, false, false, 0, ZoneOffset.UTC));
  }

  private static String dump(
      String hex, boolean hexadecimal, boolean packets, boolean reverse, boolean absolute)
      throws IOException {
    var text = new StringWriter();
    assertTrue(
        RecordDump.dump(
            new ByteArrayInputStream(HexFormat.of().parseHex(hex)),
            new PrintWriter(text),
            new RecordDump.Style(hexadecimal, packets, reverse, absolute, 1500, ZoneOffset.UTC)));
    return text.toString();
  }

  private static String entry(String tag, String octets) {
    return tag + String.format("%04x", octets.length() / 2) + octets;
  }

  private static String stuffed(int fcs) {
    var text = new StringBuilder();
    for (int octet : new int[] {fcs & 0xFF, fcs >> 8}) {
      text.append(
          String.format(
              octet < 0x20 || octet == 0x7d || octet == 0x7e ? "7d%02x" : "%02x",
              octet < 0x20 || octet == 0x7d || octet == 0x7e ? octet ^ 0x20 : octet));
    }
    return text.toString();
  }

  private static int fcs(byte[] octets) {
    return ~Fcs16.update(Fcs16.INITIAL, octets, 0, octets.length) & 0xFFFF;
  }
}
