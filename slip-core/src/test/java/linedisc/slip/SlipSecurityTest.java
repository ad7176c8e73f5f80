package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import linedisc.slip.vj.Segment;
import linedisc.slip.vj.VjCompressor;
import linedisc.slip.vj.VjDecompressor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What went wrong in other systems' SLIP and header compression.
class SlipSecurityTest {
  private final PacketLog sink = new PacketLog();
  private final Segment segment = new Segment();
  private final SlipLink left = up(16);
  private final SlipLink right = up(16);

  private static SlipLink up(int slots) {
    SlipLink link =
        new SlipLink(
            SlipConfig.builder()
                .mode(SlipMode.CSLIP)
                .mtu(SlipConfig.MAX_MTU)
                .vjSlots(slots)
                .build());
    link.lowerUp(0);
    return link;
  }

  private static byte[] frame(SlipLink link, byte[] packet) {
    FrameBatch out = new FrameBatch(packet.length, 1);
    assertEquals(SlipLink.ADDED, link.encapsulate(packet, 0, packet.length, out, 0));
    return Arrays.copyOf(out.buffer(), out.length(0));
  }

  private void receive(byte[] frame) {
    right.receive(frame, 0, frame.length, false, 0, sink);
  }

  /// The next packet of the peer must be delivered, once it has sent its header anew.
  private void assertNextIsDelivered() {
    left.framesDropped();
    sink.packets.clear();
    byte[] packet = segment.flags(Tcp.ACK).next(20);
    receive(frame(left, packet));
    assertArrayEquals(packet, sink.packets.get(0));
    packet = segment.next(20);
    receive(frame(left, packet));
    assertArrayEquals(packet, sink.packets.get(1));
  }

  @Test
  @DisplayName("Case 20, pppd, 1996: a remembered header longer than its room")
  void longestHeader() {
    byte[] options = new byte[40];
    Arrays.fill(options, (byte) 1);
    segment.tcpOptions(options).ipOptions(options);
    for (int i = 0; i < 3; i++) {
      byte[] packet = segment.next(i);
      receive(frame(left, packet));
      assertArrayEquals(packet, sink.packets.get(i));
    }
    // The header says 60 octets of IP and 60 of TCP, the packet has fewer.
    byte[] whole = frame(left, segment.sequence(0).next(0));
    assertEquals(120, whole.length);
    for (int length = 0; length < 120; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length >= Ipv4.MAX_HEADER_LENGTH) {
        cut[0] = 0x4f;
        cut[9] = 6;
        Ipv4.setTotalLength(cut, 0, length);
        Ipv4.seal(cut, 0);
        cut[9] = 0;
        cut[0] = 0x7f;
      }
      receive(cut);
    }
    assertEquals(3, sink.packets.size());
    assertNextIsDelivered();
  }

  @Test
  @DisplayName("Case 20, pppd, 1995: an endless loop over a frame that is too long")
  void tooLongAFrame() {
    SlipDecoder decoder = new SlipDecoder(right.config().maxReceiveLength());
    FrameBatch batch = new FrameBatch(right.config().maxReceiveLength(), 2);
    byte[] endless = new byte[1_000_000];
    Arrays.fill(endless, (byte) 0x45);
    assertEquals(endless.length, decoder.decode(endless, 0, endless.length, batch));
    byte[] packet = segment.next(20);
    byte[] line = new byte[SlipEncoder.maxEncodedLength(packet.length)];
    int length = SlipEncoder.encode(packet, 0, packet.length, line, 0);
    assertEquals(length, decoder.decode(line, 0, length, batch));
    assertEquals(1, batch.count());
    assertEquals(FrameBatch.AFTER_LOSS, batch.mark(0));
    assertEquals(1, decoder.overruns());
  }

  @Test
  @DisplayName("Case 26, CVE-2012-5434: after one malformed packet all later ones are dropped")
  void goesOnAfterEachMalformedPacket() {
    byte[] whole = frame(left, segment.next(20));
    byte[] compressed = frame(left, segment.next(20));
    for (byte[] good : new byte[][] {whole, compressed}) {
      for (int length = 0; length <= good.length; length++) {
        receive(Arrays.copyOf(good, length));
        assertNextIsDelivered();
      }
      for (int at = 0; at < good.length; at++) {
        for (int octet : new int[] {0, 0x40, 0x4f, 0x70, 0x80, 0xff}) {
          byte[] malformed = good.clone();
          malformed[at] = (byte) octet;
          receive(malformed);
          assertNextIsDelivered();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 255, 256})
  @DisplayName("Case 28, CVE-2015-7799: slots at the ends of their range, and forged ones")
  void slots(int slots) {
    SlipLink few = up(slots);
    byte[] whole = frame(left, segment.next(20));
    for (int slot = 0; slot < 256; slot++) {
      sink.packets.clear();
      whole[9] = (byte) slot;
      few.receive(whole, 0, whole.length, false, 0, sink);
      assertEquals(slot < slots ? 1 : 0, sink.packets.size(), "slot " + slot);
    }
    assertEquals(256 - slots, few.statistics().vj().receivedErrors());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 257, 65536})
  @DisplayName("Case 28, CVE-2015-7799: slots out of range")
  void slotsOutOfRange(int slots) {
    assertThrows(IllegalArgumentException.class, () -> new VjCompressor(slots, true));
    assertThrows(IllegalArgumentException.class, () -> new VjDecompressor(slots));
    assertThrows(IllegalArgumentException.class, () -> SlipConfig.builder().vjSlots(slots).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 67, 65536, Integer.MAX_VALUE})
  @DisplayName("Case 30, CVE-2024-26675: an MTU without a limit")
  void mtusOutOfRange(int mtu) {
    assertThrows(IllegalArgumentException.class, () -> SlipConfig.builder().mtu(mtu).build());
  }

  @Test
  @DisplayName("Case 35, lwIP: half a frame that is buffered when the line comes back")
  void halfAFrameIsForgotten() {
    SlipDecoder decoder = new SlipDecoder(right.config().maxReceiveLength());
    FrameBatch batch = new FrameBatch(right.config().maxReceiveLength(), 2);
    byte[] packet = segment.next(20);
    byte[] line = new byte[SlipEncoder.maxEncodedLength(packet.length)];
    int length = SlipEncoder.encode(packet, 0, packet.length, line, 0);
    for (int half = 0; half < length; half++) {
      decoder.decode(line, 0, half, batch);
      decoder.reset();
      batch.clear();
      // Without a leading END, which would end the half frame.
      decoder.decode(line, 1, length, batch);
      assertEquals(1, batch.count());
      assertArrayEquals(
          packet, Arrays.copyOfRange(batch.buffer(), batch.offset(0), batch.length(0)));
      decoder.reset();
      batch.clear();
    }
  }

  @Test
  @DisplayName("Case 35, lwIP: what is remembered of the peer when the line comes back")
  void headersAreForgotten() {
    receive(frame(left, segment.next(20)));
    byte[] compressed = frame(left, segment.next(20));
    right.lowerDown(0);
    right.lowerUp(0);
    sink.packets.clear();
    receive(compressed);
    assertEquals(0, sink.packets.size());
    assertNextIsDelivered();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 21, 65535})
  @DisplayName("Case 39, CVE-2026-9539: urgent pointers of 0 and beyond the data")
  void urgentPointers(int pointer) {
    receive(frame(left, segment.next(20)));
    segment.flags(Tcp.ACK | Tcp.URG).urgentPointer(pointer);
    for (int i = 0; i < 3; i++) {
      byte[] packet = segment.next(i * 10);
      sink.packets.clear();
      receive(frame(left, packet));
      assertArrayEquals(packet, sink.packets.get(0));
    }
    assertNextIsDelivered();
  }
}
