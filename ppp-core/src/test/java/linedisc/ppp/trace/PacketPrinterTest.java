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

/// The notation of pppd 2.5 with `debug`, by its source.
class PacketPrinterTest {
  private static String print(String hex) {
    byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
    return PacketPrinter.print(frame, 0, frame.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c021 0101 0014 020600000000 05065d58cf41 0702 0802 | [LCP ConfReq id=0x1 <asyncmap 0x0> <magic 0x5d58cf41> <pcomp> <accomp>]",
        "c021 0201 0004 | [LCP ConfAck id=0x1]",
        "c021 013c 0013 010405d4 0305c22305 050614675282 | [LCP ConfReq id=0x3c <mru 1492> <auth chap MD5> <magic 0x14675282>]",
        "c021 0401 000f 0304c023 0d0306 110405dc | [LCP ConfRej id=0x1 <auth pap> <callback CBCP> <mrru 1500>]",
        "c021 0301 000c 0408c02500000bb8 | [LCP ConfNak id=0x1 <quality lqr 00 00 0b b8>]",
        "c021 0101 0010 0305c22381 0305c22380 1202 | [LCP ConfReq id=0x1 <auth chap MS-v2> <auth chap MS> <ssnhf>]",
        "c021 0101 0018 0305c22306 0305c22307 0305c22308 0305c22342 | [LCP ConfReq id=0x1 <auth chap SHA-1> <auth chap SHA-256> <auth chap SHA3-256> <auth chap 42>]",
        "c021 0101 0016 0304c227 0304c223 0306c0230102 0304c029 | [LCP ConfReq id=0x1 <auth eap> <auth chap> <auth pap 01 02> <auth 0xc029>]",
        "c021 0101 0011 0404c025 0404c02d 0d050531 32 | [LCP ConfReq id=0x1 <quality lqr> <quality 0xc02d> <callback 0x5 31 32>]",
        "c021 0101 0027 130300 130702c0000201 130903001122334455 130b0400112233aabbccdd 13050599ab | [LCP ConfReq id=0x1 <endpoint [null]> <endpoint [IP:192.0.2.1]> <endpoint [MAC:00:11:22:33:44:55]> <endpoint [magic:00112233.aabbccdd]> <endpoint [phone:99.ab]>]",
        "c021 0101 000f 1304070a 130401ff 1303 02 | [LCP ConfReq id=0x1 <endpoint [7:0a]> <endpoint [local:ff]> <endpoint [IP]>]",
        "c021 0101 001c 1318 01 000102030405060708090a0b0c0d0e0f101112131415 | [LCP ConfReq id=0x1 <endpoint [local:00.01.02.03.04.05.06.07.08.09.0a.0b.0c.0d.0e.0f.10.11.12.13] 14>] 15",
        "c021 0101 000c 0904ff07 0a03ff 00 | [LCP ConfReq id=0x1 < 09 04 ff 07> < 0a 03 ff> 00]",
        "c021 0101 0007 010305 | [LCP ConfReq id=0x1 < 01 03 05>]",
        "c021 0502 0010 5573657220726571 75657374 | [LCP TermReq id=0x2 \"User request\"]",
        "c021 0101 000a 030300 070300 | [LCP ConfReq id=0x1 < 03 03 00> < 07 03 00>]",
        "c021 0502 0007 001234 | [LCP TermReq id=0x2 00 12 34]",
        "c021 0502 000a 41 22 5c 0a 0d 09 | [LCP TermReq id=0x2 \"A\\\"\\\\\\n\\r\\t\"]",
        "c021 0602 0004 | [LCP TermAck id=0x2]",
        "c021 0900 0008 0e15b3ce | [LCP EchoReq id=0x0 magic=0xe15b3ce]",
        "c021 0a00 000a 0e15b3ce 0102 | [LCP EchoRep id=0x0 magic=0xe15b3ce 01 02]",
        "c021 0b00 0006 0102 | [LCP DiscReq id=0x0 01 02]",
        "c021 0c05 000b 00000000 617f0a | [LCP Ident id=0x5 magic=0x0 \"a\\177\\n\"]",
        "c021 0c05 0008 00000007 | [LCP Ident id=0x5 magic=0x7]",
        "c021 0d05 000d 00000001 ffffffff 78 | [LCP TimeRem id=0x5 magic=0x1 seconds=4294967295 \"x\"]",
        "c021 0d05 000c 00000001 0000003c | [LCP TimeRem id=0x5 magic=0x1 seconds=60]",
        "c021 0d05 000b 00000001 000000 | [LCP TimeRem id=0x5 magic=0x1 00 00 00]",
        "c021 0803 000a 80fd 01010004 | [LCP ProtRej id=0x3 80 fd 01 01 00 04]",
        "c021 0704 0008 0d010004 | [LCP CodeRej id=0x4 0d 01 00 04]",
        "c021 6304 0005 aa | [LCP code=0x63 id=0x4 aa]",
      })
  void lcp(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "8021 0101 0010 0206002d0f01 030600000000 | [IPCP ConfReq id=0x1 <compress VJ 0f 01> <addr 0.0.0.0>]",
        "8021 0202 000a 0306c0000202 | [IPCP ConfAck id=0x2 <addr 192.0.2.2>]",
        "8021 0302 001c 810608080808 830608080404 82060a0b0c0d 8406fffefdfc | [IPCP ConfNak id=0x2 <ms-dns1 8.8.8.8> <ms-dns2 8.8.4.4> <ms-wins 10.11.12.13> <ms-wins 255.254.253.252>]",
        "8021 0102 0016 02040037 02040057 010ac0000201c0000202 | [IPCP ConfReq id=0x2 <compress old-VJ> <compress 0x57> <addrs 192.0.2.1 192.0.2.2>]",
        "8021 0402 000a 8105080808 90 | [IPCP ConfRej id=0x2 < 81 05 08 08 08> 90]",
        "8021 0101 0007 020300 | [IPCP ConfReq id=0x1 < 02 03 00>]",
        "8021 0902 0004 | [IPCP code=0x9 id=0x2]",
      })
  void ipcp(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "8057 0101 000e 010a020406fffe080a0c | [IPV6CP ConfReq id=0x1 <addr fe80::0204:06ff:fe08:0a0c>]",
        "8057 0401 0010 0204004f 020500 4f 01 010466 | [IPV6CP ConfRej id=0x1 <compress 0x4f> <compress 0x4f 01> 01 04 66]",
        "8057 0501 0006 6279 | [IPV6CP TermReq id=0x1 \"by\"]",
        "8057 0701 0008 0f010004 | [IPV6CP CodeRej id=0x1 0f 01 00 04]",
      })
  void ipv6cp(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "80fd 0102 000f 1a047800 18047800 15032f | [CCP ConfReq id=0x2 <deflate 15> <deflate(old#) 15> <bsd v1 15>]",
        "80fd 0102 000a 120601000060 | [CCP ConfReq id=0x2 <mppe +H -M +S +L -D -C>]",
        "80fd 0302 000a 120681000041 | [CCP ConfNak id=0x2 <mppe +H -M +S -L -D +C +U (81 00 00 41)>]",
        "80fd 0402 0012 0102 0202 1a047703 1504 6e 01 1102 | [CCP ConfRej id=0x2 <predictor 1> <predictor 2> <deflate 15 method 7 check 3> <bsd v3 14 01> < 11 02>]",
        "80fd 0e03 0004 | [CCP ResetReq id=0x3]",
        "80fd 0f03 0006 0102 | [CCP ResetAck id=0x3 01 02]",
        "80fd 0903 0004 | [CCP code=0x9 id=0x3]",
      })
  void ccp(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c023 0107 0010 046a6f686e 06736573616d65 | [PAP AuthReq id=0x7 user=\"john\" password=<hidden>]",
        "c023 0107 0006 0000 | [PAP AuthReq id=0x7 user=\"\" password=<hidden>]",
        "c023 0207 0007 026f6b | [PAP AuthAck id=0x7 \"ok\"]",
        "c023 0307 0005 00 | [PAP AuthNak id=0x7 \"\"]",
        "c023 0307 0004 | [PAP AuthNak id=0x7]",
        "c023 0407 0005 61 | [PAP code=0x4 id=0x7 <hidden>]",
        "c223 0101 000f 04deadbeef 736572766572 | [CHAP Challenge id=0x1 <deadbeef>, name = \"server\"]",
        "c223 0201 0008 0201026a | [CHAP Response id=0x1 <0102>, name = \"j\"]",
        "c223 0101 0005 00 | [CHAP Challenge id=0x1 <>, name = \"\"]",
        "c223 0101 0007 050102 | [CHAP Challenge id=0x1 05 01 02]",
        "c223 0301 0009 533d412042 | [CHAP Success id=0x1 \"S=A B\"]",
        "c223 0401 0004 | [CHAP Failure id=0x1 \"\"]",
        "c223 0501 0005 aa | [CHAP code=0x5 id=0x1 aa]",
      })
  void papAndChap(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c227 0101 0005 01 | [EAP Request id=0x1 Identity <No message>]",
        "c227 0101 0008 016e616d | [EAP Request id=0x1 Identity <Message \"nam\">]",
        "c227 0201 0009 016a6f686e | [EAP Response id=0x1 Identity <Name \"john\">]",
        "c227 0201 0005 01 | [EAP Response id=0x1 Identity]",
        "c227 0101 0007 026869 | [EAP Request id=0x1 Notification <Message \"hi\">]",
        "c227 0201 0006 031a | [EAP Response id=0x1 Nak <Suggested-type 1A (MSCHAPv2)>]",
        "c227 0201 0006 0320 | [EAP Response id=0x1 Nak <Suggested-type 20>]",
        "c227 0201 0005 03 | [EAP Response id=0x1 Nak <missing hint>]",
        "c227 0102 000b 04 02beef 737276 | [EAP Request id=0x2 MD5-Challenge <Value be ef> <Name \"srv\">]",
        "c227 0202 0008 04 02beef | [EAP Response id=0x2 MD5-Challenge <Value be ef> <No name>]",
        "c227 0202 0008 04 03beef | [EAP Response id=0x2 MD5-Challenge <truncated> 03 be ef]",
        "c227 0202 0005 04 | [EAP Response id=0x2 MD5-Challenge <missing length>]",
        "c227 0102 000e 1a 01020009 02beef 7376 | [EAP Request id=0x2 MSCHAPv2 Challenge <beef>, <Name \"sv\">]",
        "c227 0202 000c 1a 02020008 02beef | [EAP Response id=0x2 MSCHAPv2 Response <beef>, <No name>]",
        "c227 0102 000b 1a 03020006 4f4b | [EAP Request id=0x2 MSCHAPv2 Success <Message \"OK\">]",
        "c227 0102 000b 1a 04020006 453d | [EAP Request id=0x2 MSCHAPv2 Failure <Message \"E=\">]",
        "c227 0202 0006 1a03 | [EAP Response id=0x2 MSCHAPv2 Success]",
        "c227 0202 0006 1a04 | [EAP Response id=0x2 MSCHAPv2 Failure]",
        "c227 0202 000a 1a 07020005 aa | [EAP Response id=0x2 MSCHAPv2 opcode=0x7 < aa>]",
        "c227 0202 0008 1a 010200 | [EAP Response id=0x2 MSCHAPv2 <truncated> 02 00]",
        "c227 0202 0005 1a | [EAP Response id=0x2 MSCHAPv2]",
        "c227 0202 0007 1a 0102 | [EAP Response id=0x2 MSCHAPv2 <truncated> 02]",
        "c227 0102 0006 0d20 | [EAP Request id=0x2 TLS --S]",
        "c227 0102 000f 0dc0 000102030405060708 | [EAP Request id=0x2 TLS LM- 00 01 02 03 04 05 06 07 ...]",
        "c227 0202 0006 0d00 | [EAP Response id=0x2 TLS Ack]",
        "c227 0102 0005 19 | [EAP Request id=0x2 PEAP]",
        "c227 0102 0006 2b01 | [EAP Request id=0x2 type=0x2b 01]",
        "c227 0102 0004 | [EAP Request id=0x2 <missing type>]",
        "c227 0302 0004 | [EAP Success id=0x2]",
        "c227 0402 0004 | [EAP Failure id=0x2]",
        "c227 0902 0005 01 | [EAP code=0x9 id=0x2 01]",
        "c227 0102 0008 06506173 | [EAP Request id=0x2 Generic-Token 50 61 73]",
        "c227 0202 0008 06506173 | [EAP Response id=0x2 Generic-Token <hidden>]",
      })
  void eap(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "4021 0102 | [proto=0x4021] 01 02",
        "c025 0102 | [proto=0xc025] 01 02",
        "002d 0102 | [proto=0x2d] 01 02",
        "0021 45000014 00000000 | [IP data] 45 00 00 14 00 00 00 00",
        "0057 60000000 0000 3a ff 00 | [IPV6 data] 60 00 00 00 00 00 3a ff ...",
        "00fd 9001 | [Compressed data] 90 01",
        "c0 | [short c0]",
      })
  void dataAndUnknownProtocols(String hex, String text) {
    assertEquals(text, print(hex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c021 013c 000f 010405d4 0305c22305 0506 | [LCP ConfReq id=0x3c <mru 1492> <auth chap MD5> 05 06]",
        "c021 0101 0009 13090399 | [LCP] 01 01 00 09 13 09 03 99",
        "c021 0101 000b 010105d4 0702 08 | [LCP ConfReq id=0x1 01 01 05 d4 07 02 08]",
        "c021 0101 0008 010005d4 | [LCP ConfReq id=0x1 01 00 05 d4]",
        "c021 0201 0004 0000 | [LCP ConfAck id=0x1] 00 00",
        "c021 0101 0003 | [LCP] 01 01 00 03",
        "c021 | [LCP]",
        "c227 0202 0001 | [EAP] 02 02 00 01",
        "c023 0102 0030 0461 | [PAP] <hidden>",
      })
  void brokenPackets(String hex, String text) {
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
  void security19WhatIsNotAPasswordForSureIsHiddenToo() {
    String token = "02 07 000b 06 736573616d65";
    assertEquals("[EAP Response id=0x7 Generic-Token <hidden>]", print("c227" + token));
    assertEquals("[LCP ProtRej id=0x1 c2 27 <hidden>]", print("c021 0801 0011 c227" + token));
    assertEquals("[PAP AuthReq id=0x7 <hidden>]", print("c023 01 07 0009 04 6a6f686e"));
    assertEquals("[PAP AuthReq id=0x7 <hidden>]", print("c023 01 07 000a 04 6a6f686e 01"));
    assertEquals("[PAP AuthReq id=0x7]", print("c023 01 07 0004"));
    assertEquals(
        "[PAP AuthReq id=0x7 user=\"j\" password=<hidden> <hidden>]",
        print("c023 01 07 0009 01 6a 01 78 79"));
    assertEquals("[PAP AuthAck id=0x7] <hidden>", print("c023 02 07 0004 00"));
  }

  @Test
  void manyOptionsAndLongStringsAreCut() {
    assertEquals(
        "[LCP ConfReq id=0x1" + " <pcomp>".repeat(64) + " ...]",
        print("c021 0101 0086" + "0702".repeat(65)));
    assertEquals(
        "[LCP ConfReq id=0x1" + " <pcomp>".repeat(64) + "]",
        print("c021 0101 0084" + "0702".repeat(64)));
    assertEquals(
        "[LCP TermReq id=0x1 \"" + "A".repeat(256) + "\"...]",
        print("c021 0501 0105" + "41".repeat(257)));
    assertEquals(
        "[LCP TermReq id=0x1 \"" + "A".repeat(256) + "\"]",
        print("c021 0501 0104" + "41".repeat(256)));
    assertEquals("[IP data]" + " 45".repeat(8), print("0021" + "45".repeat(8)));
    assertEquals("[IP data]" + " 45".repeat(8) + " ...", print("0021" + "45".repeat(9)));
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
