package linedisc.ppp.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketPrinterTest {
  private static String print(String hex) {
    byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
    return PacketPrinter.print(frame, 0, frame.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c021 0101 0014 020600000000 05065d58cf41 0702 0802"
            + "| [LCP ConfReq id=0x1 <asyncmap 0x0> <magic 0x5d58cf41> <pcomp> <accomp>]",
        "c021 0201 0004 | [LCP ConfAck id=0x1]",
        "c021 013c 000f 010405d4 0305c22305 0506"
            + "| [LCP ConfReq id=0x3c malformed 01 04 05 d4 03 05 c2 23 05 05 06]",
        "c021 013c 0013 010405d4 0305c22305 050614675282"
            + "| [LCP ConfReq id=0x3c <mru 1492> <auth chap MD5> <magic 0x14675282>]",
        "c021 0401 000f 0304c023 0d0306 110405dc | [LCP ConfRej id=0x1 <auth pap> <callback CBCP>"
            + " <mrru 1500>]",
        "c021 0301 000c 0408c02500000bb8 | [LCP ConfNak id=0x1 <quality lqr 00 00 0b b8>]",
        "c021 0101 0010 0305c22381 0305c22380 1202 | [LCP ConfReq id=0x1 <auth chap MS-v2> <auth"
            + " chap MS> <ssnhf>]",
        "c021 0101 0009 13090399 | [LCP malformed 01 01 00 09 13 09 03 99]",
        "c021 0101 0009 1305039999 | [LCP ConfReq id=0x1 <13 05 03 99 99>]",
        "c021 0101 0007 010305 | [LCP ConfReq id=0x1 <01 03 05>]",
        "c021 0502 0010 5573657220726571 75657374 | [LCP TermReq id=0x2 \"User request\"]",
        "c021 0602 0004 | [LCP TermAck id=0x2]",
        "c021 0900 0008 0e15b3ce | [LCP EchoReq id=0x0 magic=0xe15b3ce]",
        "c021 0a00 000a 0e15b3ce 0102 | [LCP EchoRep id=0x0 magic=0xe15b3ce 01 02]",
        "c021 0b00 0006 0102 | [LCP DiscReq id=0x0 01 02]",
        "c021 0c05 000b 00000000 61220a | [LCP Ident id=0x5 magic=0x0 \"a\\\"\\012\"]",
        "c021 0d05 000d 00000001 ffffffff 78 | [LCP TimeRem id=0x5 magic=0x1 seconds=4294967295"
            + " \"x\"]",
        "c021 0803 000a 80fd 01010004 | [LCP ProtRej id=0x3 80 fd 01 01 00 04]",
        "c021 0704 0008 0d010004 | [LCP CodeRej id=0x4 0d 01 00 04]",
        "c021 6304 0005 aa | [LCP code=0x63 id=0x4 aa]",
        "8021 0101 0010 0206002d0f01 030600000000 | [IPCP ConfReq id=0x1 <compress VJ 0f 01> <addr"
            + " 0.0.0.0>]",
        "8021 0202 000a 0306c0000202 | [IPCP ConfAck id=0x2 <addr 192.0.2.2>]",
        "8021 0302 001c 810608080808 830608080404 82060a0b0c0d 8406fffefdfc"
            + "| [IPCP ConfNak id=0x2 <ms-dns1 8.8.8.8> <ms-dns2 8.8.4.4> <ms-wins1 10.11.12.13>"
            + " <ms-wins2 255.254.253.252>]",
        "8021 0102 0008 02040037 | [IPCP ConfReq id=0x2 <compress old-VJ>]",
        "8021 0902 0004 | [IPCP code=0x9 id=0x2]",
        "80fd 0102 000f 1a047800 18047800 15032f | [CCP ConfReq id=0x2 <1a 04 78 00> <18 04 78 00>"
            + " <15 03 2f>]",
        "8057 0101 000e 010a020406fffe080a0c | [IPV6CP ConfReq id=0x1 <01 0a 02 04 06 ff fe 08 0a"
            + " 0c>]",
        "4021 0102 | [proto=0x4021] 01 02",
        "c0 | [short c0]",
      })
  void printsInPppdsNotation(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @Test
  void longDataIsCut() {
    assertEquals("[proto=0x4021]" + " 00".repeat(32) + " ...", print("4021" + "00".repeat(33)));
  }

  @Test
  void security19PasswordsAreNeverPrinted() {
    String password = HexFormat.of().formatHex("sesame".getBytes(StandardCharsets.US_ASCII));
    String request = "01 07 0010 04 6a6f686e 06" + password;
    assertEquals("[PAP AuthReq id=0x7 user=\"john\" password=<hidden>]", print("c023" + request));
    // The same packet in a Protocol-Reject, and damaged in every place.
    assertEquals("[LCP ProtRej id=0x1 c0 23 <hidden>]", print("c021 0801 0016 c023" + request));
    byte[] frame = HexFormat.of().parseHex(("c023" + request).replace(" ", ""));
    for (int at = 2; at < frame.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = frame.clone();
        damaged[at] ^= (byte) (1 << bit);
        for (int length = 2; length <= frame.length; length++) {
          String text = PacketPrinter.print(damaged, 0, length);
          assertFalse(text.contains("sesam"), text);
          assertFalse(text.contains("73 65 73"), text);
        }
      }
    }
    assertEquals("[PAP AuthAck id=0x7 \"ok\"]", print("c023 02 07 0007 02 6f6b"));
    assertEquals("[PAP AuthNak id=0x7]", print("c023 03 07 0004"));
  }

  @Test
  void anyOctetsCanBePrinted() {
    int[] protocols = {0xc021, 0x8021, 0xc023, 0x80fd, 0x8057, 0xc223, 0x0021};
    for (int seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] frame = new byte[random.nextInt(2, 40)];
      random.nextBytes(frame);
      int protocol = protocols[random.nextInt(protocols.length)];
      frame[0] = (byte) (protocol >>> 8);
      frame[1] = (byte) protocol;
      if (frame.length > 6 && random.nextInt(4) != 0) {
        frame[2] = (byte) random.nextInt(16);
        frame[4] = 0;
        frame[5] = (byte) (frame.length - 2);
      }
      String text = PacketPrinter.print(frame, 0, frame.length);
      assertTrue(text.length() < 2000 && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f), text);
    }
  }
}
