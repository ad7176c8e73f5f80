package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import linedisc.ppp.wire.PppProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
  private static final int MRU = 1500;

  private final byte[] out = new byte[4000];
  private DeflateCompressor sender = new DeflateCompressor(15);
  private DeflateDecompressor receiver = new DeflateDecompressor();

  @AfterEach
  void free() {
    sender.close();
    receiver.close();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] text(int protocol, int length) {
    byte[] frame = new byte[2 + length];
    byte[] words = "the quick brown fox ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < length; i++) {
      frame[2 + i] = words[i % words.length];
    }
    PppProtocol.write(protocol, frame, 0);
    return frame;
  }

  private static byte[] noise(int protocol, int length, SplittableRandom random) {
    byte[] frame = new byte[2 + length];
    random.nextBytes(frame);
    PppProtocol.write(protocol, frame, 0);
    return frame;
  }

  private byte[] send(byte[] frame) {
    byte[] sent = new byte[sender.maxLength(frame.length)];
    int length = sender.compress(frame, 0, frame.length, sent, 0);
    assertTrue(length <= frame.length, "grew from " + frame.length + " to " + length);
    return Arrays.copyOf(sent, length);
  }

  private int receive(byte[] sent) {
    if (PppProtocol.read(sent, 0) == PppProtocol.COMPRESSED) {
      return receiver.decompress(sent, 2, sent.length - 2, out, 0, MRU + 2);
    }
    assertTrue(receiver.passUncompressed(sent, 0, sent.length));
    System.arraycopy(sent, 0, out, 0, sent.length);
    return sent.length;
  }

  private void assertDelivers(byte[] frame, String message) {
    assertEquals(frame.length, receive(send(frame)), message);
    assertArrayEquals(frame, Arrays.copyOf(out, frame.length), message);
  }

  private void assertDelivers(byte[] frame) {
    assertDelivers(frame, "");
  }

  @Test
  void packetFormat() {
    byte[] sent = send(text(0x0021, 400));
    assertEquals(0x00fd, PppProtocol.read(sent, 0));
    assertEquals(0, Fields.get16(sent, 2));
    assertTrue(sent.length < 60);
    byte[] again = send(text(0x0021, 400));
    assertEquals(1, Fields.get16(again, 2));
    assertTrue(again.length < sent.length, "no history");
  }

  /// Stored block of a compressed protocol field and two octets, made by hand (RFC 1951 section
  /// 3.2.4), then the first octet of the empty block that ends each packet.
  @Test
  void handMadePackets() {
    byte[] stored = hex("00fd 0000 00 0300 fcff 21 4500 00");
    assertEquals(4, receive(stored));
    assertArrayEquals(hex("00214500"), Arrays.copyOf(out, 4));
    byte[] twoOctetProtocol = hex("00fd 0001 00 0300 fcff 0201ff 00");
    assertEquals(3, receive(twoOctetProtocol));
    assertArrayEquals(hex("0201ff"), Arrays.copyOf(out, 3));
  }

  /// What another implementation of the same format makes, in one deflater over all packets.
  @Test
  void independentSenderIsUnderstood() {
    Deflater deflater = new Deflater(9, true);
    for (int i = 0; i < 50; i++) {
      byte[] frame = text(0x0021, 20 + 7 * i);
      deflater.setInput(frame, 1, frame.length - 1);
      byte[] deflated = new byte[2000];
      int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(new byte[] {0, (byte) 0xfd, 0, (byte) i});
      packet.write(deflated, 0, length - 4);
      assertEquals(frame.length, receive(packet.toByteArray()));
      assertArrayEquals(frame, Arrays.copyOf(out, frame.length));
    }
    deflater.end();
  }

  @Test
  void mixedTrafficComesThrough() {
    for (int windowBits = 8; windowBits <= 15; windowBits++) {
      free();
      sender = new DeflateCompressor(windowBits);
      receiver = new DeflateDecompressor();
      SplittableRandom random = new SplittableRandom(windowBits);
      for (int i = 0; i < 600; i++) {
        int protocol =
            switch (random.nextInt(5)) {
              case 0 -> 0x0057;
              case 1 -> 0x0201;
              case 2 -> 0x00cf;
              default -> 0x0021;
            };
        int length = 1 + random.nextInt(MRU);
        byte[] frame =
            random.nextInt(3) == 0 ? noise(protocol, length, random) : text(protocol, length);
        assertDelivers(frame, "window " + windowBits + " frame " + i);
      }
      assertEquals(0, receiver.statistics().errors());
      assertTrue(sender.statistics().frames() > 0 || windowBits < 10);
    }
  }

  /// No reference may go further back than the window the other end has: an inflater that forgets
  /// all but the last octets of it must still understand.
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 11, 14})
  void smallWindowsAreHonoured(int windowBits) {
    sender.close();
    sender = new DeflateCompressor(windowBits);
    SplittableRandom random = new SplittableRandom(windowBits);
    ByteArrayOutputStream history = new ByteArrayOutputStream();
    for (int i = 0; i < 400; i++) {
      byte[] frame = text(0x0021, 1 + random.nextInt(700));
      frame[2] = (byte) i;
      byte[] sent = send(frame);
      if (PppProtocol.read(sent, 0) == PppProtocol.COMPRESSED) {
        byte[] all = history.toByteArray();
        int from = Math.max(0, all.length - (1 << windowBits));
        java.util.zip.Inflater inflater = new java.util.zip.Inflater(true);
        inflater.setDictionary(all, from, all.length - from);
        inflater.setInput(sent, 4, sent.length - 4);
        try {
          assertEquals(frame.length - 1, inflater.inflate(out), "frame " + i);
        } catch (java.util.zip.DataFormatException e) {
          throw new AssertionError("frame " + i + " looks back too far", e);
        } finally {
          inflater.end();
        }
      }
      history.write(frame, 1, frame.length - 1);
    }
    assertTrue(windowBits < 9 || sender.statistics().frames() > 0);
  }

  @Test
  void incompressibleFramesGoAsTheyAreAndCount() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = noise(0x0021, 1000, random);
    assertArrayEquals(noise, send(noise));
    receive(noise);
    assertEquals(1, sender.statistics().uncompressedFrames());
    // The second time the history knows it.
    byte[] again = send(noise);
    assertEquals(1, Fields.get16(again, 2));
    assertTrue(again.length < 100);
    assertEquals(noise.length, receive(again));
    assertArrayEquals(noise, Arrays.copyOf(out, noise.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00fb, 0x00fd, 0x4001, 0x8021, 0x80fd, 0xc021})
  void otherProtocolsAreNotCounted(int protocol) {
    byte[] frame = text(protocol, 300);
    assertArrayEquals(frame, send(frame));
    if (protocol != 0x00fd) {
      assertTrue(receiver.passUncompressed(frame, 0, frame.length));
    }
    byte[] sent = send(text(0x0021, 300));
    assertEquals(0, Fields.get16(sent, 2));
    assertEquals(302, receive(sent));
  }

  @Test
  void sequenceWraps() {
    byte[] frame = text(0x0021, 60);
    for (int i = 0; i < 0x10002; i++) {
      byte[] sent = new byte[sender.maxLength(frame.length)];
      int length = sender.compress(frame, 0, frame.length, sent, 0);
      assertEquals(
          frame.length, receiver.decompress(sent, 2, length - 2, out, 0, MRU + 2), "frame " + i);
    }
  }

  @Test
  void lossAsksForAReset() {
    assertDelivers(text(0x0021, 100));
    send(text(0x0021, 100));
    assertEquals(PacketDecompressor.RESET_NEEDED, receive(send(text(0x0021, 100))));
    assertEquals(PacketDecompressor.RESET_NEEDED, receive(send(text(0x0021, 100))));
    assertTrue(receiver.isWaitingForReset());
    // Frames that are not compressed pass all the same.
    byte[] noise = noise(0x0021, 50, new SplittableRandom(2));
    assertTrue(receiver.passUncompressed(noise, 0, noise.length));
    sender.reset();
    receiver.reset();
    assertFalse(receiver.isWaitingForReset());
    for (int i = 0; i < 10; i++) {
      assertDelivers(text(0x0021, 100 + i));
    }
  }

  @Test
  void lossOfAnUncompressedFrameAsksForAReset() {
    send(noise(0x0021, 50, new SplittableRandom(2)));
    assertEquals(PacketDecompressor.RESET_NEEDED, receive(send(text(0x0021, 100))));
  }

  /// A packet that is cut short may give what is there, but no more, and a reset helps in any case.
  @Test
  void truncatedPacketsAreHarmless() {
    byte[] frame = text(0x0021, 400);
    byte[] sent = send(frame);
    for (int length = 2; length < sent.length; length++) {
      DeflateDecompressor fresh = new DeflateDecompressor();
      int result = fresh.decompress(sent, 2, length - 2, out, 0, MRU + 2);
      if (result > 0) {
        assertTrue(length > 4 && Arrays.equals(frame, 0, result, out, 0, result));
      } else {
        assertEquals(PacketDecompressor.RESET_NEEDED, result);
      }
      fresh.reset();
      assertEquals(402, fresh.decompress(sent, 2, sent.length - 2, out, 0, MRU + 2));
      fresh.close();
    }
  }

  /// Security case 20, and the limit on what a frame can be blown up to.
  @Test
  void case20_inflationStopsAtTheMru() {
    byte[] bomb = new byte[20_000];
    PppProtocol.write(0x0021, bomb, 0);
    byte[] sent = new byte[sender.maxLength(bomb.length)];
    int length = sender.compress(bomb, 0, bomb.length, sent, 0);
    assertTrue(length < 100);
    Arrays.fill(out, (byte) 0x55);
    assertEquals(
        PacketDecompressor.RESET_NEEDED, receiver.decompress(sent, 2, length - 2, out, 0, MRU + 2));
    for (int i = MRU + 2; i < out.length; i++) {
      assertEquals(0x55, out[i]);
    }
    sender.reset();
    receiver.reset();
    assertDelivers(text(0x0021, 100));
  }

  @Test
  void exactlyFullIsNotTooLong() {
    byte[] full = text(0x0021, MRU);
    assertDelivers(full);
    byte[] sent = send(text(0x0021, MRU));
    DeflateDecompressor fresh = new DeflateDecompressor();
    fresh.passUncompressed(full, 0, full.length);
    for (int room = 0; room < full.length; room++) {
      DeflateDecompressor small = new DeflateDecompressor();
      small.passUncompressed(full, 0, full.length);
      assertEquals(
          PacketDecompressor.RESET_NEEDED,
          small.decompress(sent, 2, sent.length - 2, out, 0, room));
      small.close();
    }
    assertEquals(full.length, fresh.decompress(sent, 2, sent.length - 2, out, 0, full.length));
    fresh.close();
  }

  /// A last block, a reserved block type, nothing at all, a compressed frame inside.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00fd 0000 01 0300 fcff 21 4500",
        "00fd 0000 07",
        "00fd 0000 00",
        "00fd 0000 03 00",
        "00fd 0000 00 0400 fbff fd 000000 00",
        "00fd 0000 00 0400 fbff c0210101 00",
        "00fd 0000 00 0400 0000 21000000 00",
        "00fd 0000",
        "00fd 00",
        "00fd"
      })
  void brokenPacketsAskForAReset(String packet) {
    assertEquals(PacketDecompressor.RESET_NEEDED, receive(hex(packet)));
    assertEquals(PacketDecompressor.RESET_NEEDED, receive(send(text(0x0021, 100))));
    sender.reset();
    receiver.reset();
    assertDelivers(text(0x0021, 100));
  }

  @Test
  void hopelessAfterManyBrokenPackets() {
    byte[] broken = hex("00fd 0000 07");
    for (int i = 1; i < 8; i++) {
      assertEquals(PacketDecompressor.RESET_NEEDED, receive(broken));
      receiver.reset();
    }
    assertEquals(PacketDecompressor.BROKEN, receive(broken));
  }

  @Test
  void rubbishIsHarmless() {
    SplittableRandom random = new SplittableRandom(20261120);
    for (int i = 0; i < 5000; i++) {
      byte[] rubbish = new byte[2 + random.nextInt(80)];
      random.nextBytes(rubbish);
      if (rubbish.length > 3 && random.nextInt(4) > 0) {
        Fields.put16(0, rubbish, 2);
      }
      int result = receiver.decompress(rubbish, 2, rubbish.length - 2, out, 0, MRU + 2);
      assertTrue(result >= PacketDecompressor.BROKEN && result <= MRU + 2, "round " + i);
      receiver.reset();
    }
    assertDelivers(text(0x0021, 100));
  }

  @Test
  void allocatesNothing() {
    byte[] frame = text(0x0021, 500);
    byte[] sent = new byte[sender.maxLength(frame.length)];
    byte[] noise = noise(0x0021, 500, new SplittableRandom(3));
    assertEquals(
        0,
        Allocation.of(() -> {
          int length = sender.compress(frame, 0, frame.length, sent, 0);
          receiver.decompress(sent, 2, length - 2, out, 0, MRU + 2);
          sender.compress(noise, 0, noise.length, sent, 0);
        }));
    assertEquals(0, Allocation.of(() -> receiver.passUncompressed(noise, 0, noise.length)));
  }
}
