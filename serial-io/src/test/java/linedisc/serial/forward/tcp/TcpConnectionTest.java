package linedisc.serial.forward.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import linedisc.slip.inet.Tcp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpConnectionTest {
  private static final long MILLI = 1_000_000L;
  private static final int ISS = 0x7fff_ff00;
  private static final int PEER_ISS = 0xffff_ff00;

  private final byte[] buffer = new byte[2000];
  private long now = 1;

  private byte[] poll(TcpConnection c) {
    int length = c.pollTransmit(buffer, 7, now);
    return length == 0 ? null : Arrays.copyOfRange(buffer, 7, 7 + length);
  }

  private static byte[] segment(int sequence, int ack, int bits, int window, int data) {
    byte[] s = new byte[Tcp.HEADER_LENGTH + data];
    Tcp.write(s, 0, 80, 1000, sequence, ack, bits, window, 0);
    Arrays.fill(s, Tcp.HEADER_LENGTH, s.length, (byte) 'x');
    return s;
  }

  private void receive(TcpConnection c, byte[] s) {
    c.receive(s, 0, s.length, now);
  }

  private TcpConnection opened(int window) {
    TcpConnection c = new TcpConnection(1000, 80, ISS, 1460);
    c.connect();
    byte[] syn = poll(c);
    assertEquals(Tcp.SYN, Tcp.controlBits(syn, 0));
    assertEquals(ISS, Tcp.sequence(syn, 0));
    assertEquals(24, syn.length);
    assertEquals(1460, (syn[22] & 0xff) << 8 | (syn[23] & 0xff));
    assertNull(poll(c));
    receive(c, segment(PEER_ISS, ISS + 1, Tcp.SYN | Tcp.ACK, window, 0));
    assertEquals(TcpState.ESTABLISHED, c.state());
    byte[] ack = poll(c);
    assertEquals(Tcp.ACK, Tcp.controlBits(ack, 0));
    assertEquals(PEER_ISS + 1, Tcp.acknowledgment(ack, 0));
    assertNull(poll(c));
    return c;
  }

  private static byte[] data(SplittableRandom random, int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private record Flight(long arrives, long order, boolean toPeer, byte[] octets) {}

  /// Streams both ways over a line that loses, doubles, reorders and delays.
  @Test
  void streamsPassWhateverTheLineDoes() {
    for (int seed = 0; seed < 300; seed++) {
      run(seed);
    }
  }

  private void run(int seed) {
    String what = "seed " + seed;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] up = data(random, random.nextInt(1 << random.nextInt(1, 18)));
    byte[] down = data(random, random.nextInt(1 << random.nextInt(1, 18)));
    double loss = seed % 3 == 0 ? 0 : random.nextDouble(0.25);
    int jitter = random.nextInt(1, 60);
    Peer peer = new Peer(random.nextInt(), random.nextInt(1, 1461), down);
    TcpConnection c = new TcpConnection(1000, 80, random.nextInt(), 1460);
    PriorityQueue<Flight> line =
        new PriorityQueue<>(
            Comparator.comparingLong(Flight::arrives).thenComparingLong(Flight::order));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] reading = new byte[3000];
    int written = 0;
    boolean ended = false;
    long order = 0;
    now = 1;
    c.connect();
    for (int turn = 0; ; turn++) {
      assertTrue(turn < 2_000_000, () -> what + " never ends: " + c.state());
      if (written < up.length) {
        written += c.write(up, written, Math.min(up.length - written, random.nextInt(1, 5000)));
      } else if (c.state() != TcpState.SYN_SENT) {
        c.close();
      }
      for (int n = c.read(reading, 0, random.nextInt(1, 3000)); n != 0; ) {
        if (n < 0) {
          ended = true;
          break;
        }
        got.write(reading, 0, n);
        n = random.nextInt(4) == 0 ? 0 : c.read(reading, 0, reading.length);
      }
      for (boolean more = true; more; ) {
        byte[] mine = poll(c);
        byte[] theirs = peer.poll(now);
        more = mine != null || theirs != null;
        for (byte[] octets : new byte[][] {mine, theirs}) {
          for (int copies = random.nextInt(20) == 0 ? 2 : 1;
              octets != null && copies > 0;
              copies--) {
            if (random.nextDouble() >= loss) {
              long arrives = now + (5 + random.nextInt(jitter)) * MILLI;
              line.add(new Flight(arrives, order++, octets == mine, octets));
            }
          }
        }
      }
      if (c.state() == TcpState.CLOSED && ended) {
        break;
      }
      Flight flight = line.peek();
      long arrival = flight == null ? Long.MAX_VALUE : flight.arrives;
      long next = Math.min(arrival, Math.min(c.pollTimeout(), peer.deadline()));
      // The application comes by every 50 ms.
      now = Math.max(now, Math.min(next, now + 50 * MILLI));
      if (next > now
          && written == up.length
          && next != Long.MAX_VALUE
          && got.size() == down.length) {
        now = next;
      }
      if (now >= arrival) {
        line.remove();
        if (flight.toPeer) {
          peer.receive(flight.octets, now);
        } else {
          receive(c, flight.octets);
        }
      }
      c.handleTimeout(now);
    }
    // The peer's last acknowledgment may have been lost, and then both give up; the data are there.
    assertArrayEquals(down, got.toByteArray(), what);
    assertArrayEquals(up, peer.got(), what);
    assertNull(c.failure(), what);
  }

  @Test
  void nobodyServesThere() {
    TcpConnection c = new TcpConnection(1000, 80, ISS, 1460);
    c.connect();
    assertEquals(24, poll(c).length);
    receive(c, segment(0, ISS + 2, Tcp.RST | Tcp.ACK, 0, 0));
    assertEquals(TcpState.SYN_SENT, c.state(), "it is about another SYN");
    receive(c, segment(0, ISS + 1, Tcp.RST | Tcp.ACK, 0, 0));
    assertEquals(TcpFailure.REFUSED, c.failure());
    assertEquals(-1, c.read(buffer, 0, 1));
    assertNull(poll(c));
  }

  @Test
  void nobodyIsThere() {
    TcpConnection c = new TcpConnection(1000, 80, ISS, 1460);
    c.connect();
    int syns = 0;
    for (; c.state() == TcpState.SYN_SENT; syns++) {
      assertEquals(24, poll(c).length);
      assertNull(poll(c));
      now = c.pollTimeout();
      c.handleTimeout(now);
    }
    assertEquals(6, syns);
    assertEquals(1 + (1 + 2 + 4 + 8 + 16 + 32) * 1000 * MILLI, now);
    assertEquals(TcpFailure.TIMED_OUT, c.failure());
    assertEquals(Long.MAX_VALUE, c.pollTimeout());
  }

  @Test
  void onlyAResetAtTheVeryPlaceCounts() {
    TcpConnection c = opened(1000);
    receive(c, segment(PEER_ISS + 100, 0, Tcp.RST, 0, 0));
    assertEquals(TcpState.ESTABLISHED, c.state());
    assertEquals(Tcp.ACK, Tcp.controlBits(poll(c), 0), "a challenge");
    receive(c, segment(PEER_ISS + 70_000, 0, Tcp.RST, 0, 0));
    assertNull(poll(c));
    receive(c, segment(PEER_ISS + 50, ISS + 1, Tcp.SYN, 0, 0));
    assertEquals(Tcp.ACK, Tcp.controlBits(poll(c), 0), "a challenge");
    receive(c, segment(PEER_ISS + 1, 0, Tcp.RST, 0, 0));
    assertEquals(TcpFailure.RESET, c.failure());
  }

  @Test
  void keepsToTheWindowAndProbesOneThatIsShut() {
    TcpConnection c = opened(10);
    assertEquals(25, c.write(new byte[25], 0, 25));
    assertEquals(30, poll(c).length);
    assertNull(poll(c));
    receive(c, segment(PEER_ISS + 1, ISS + 11, Tcp.ACK, 0, 0));
    assertNull(poll(c));
    for (int i = 0; i < 30; i++) {
      now = c.pollTimeout();
      c.handleTimeout(now);
      byte[] probe = poll(c);
      assertEquals(21, probe.length, "one octet");
      assertEquals(ISS + 11, Tcp.sequence(probe, 0));
      receive(c, segment(PEER_ISS + 1, ISS + 11, Tcp.ACK, 0, 0));
      assertNull(poll(c));
    }
    receive(c, segment(PEER_ISS + 1, ISS + 11, Tcp.ACK, 1000, 0));
    byte[] rest = poll(c);
    assertEquals(35, rest.length);
    assertEquals(ISS + 11, Tcp.sequence(rest, 0));
  }

  @Test
  void sendsNoPartOfASegmentWhileSomethingIsUnderWay() {
    TcpConnection c = opened(900);
    c.write(new byte[5000], 0, 5000);
    assertEquals(20 + 536, poll(c).length, "as much as goes where nothing was said");
    assertNull(poll(c), "364 octets of the window are left");
    receive(c, segment(PEER_ISS + 1, ISS + 537, Tcp.ACK, 364, 0));
    assertEquals(20 + 364, poll(c).length, "nothing is under way");
  }

  @ParameterizedTest
  @CsvSource({"0, 48", "1, 48", "48, 48", "49, 49", "1460, 1460", "65535, 1460"})
  void segmentsAreAsLongAsBothWantAndNeverTiny(int asked, int sent) {
    TcpConnection c = new TcpConnection(1000, 80, ISS, 1460);
    c.connect();
    poll(c);
    byte[] answer = new byte[24];
    Tcp.write(answer, 0, 80, 1000, PEER_ISS, ISS + 1, Tcp.SYN | Tcp.ACK, 60_000, 4);
    answer[20] = Tcp.MAXIMUM_SEGMENT_SIZE;
    answer[21] = Tcp.MAXIMUM_SEGMENT_SIZE_LENGTH;
    answer[22] = (byte) (asked >>> 8);
    answer[23] = (byte) asked;
    receive(c, answer);
    poll(c);
    c.write(new byte[3000], 0, 3000);
    assertEquals(20 + sent, poll(c).length);
  }

  @Test
  void nothingComesAfterTheEnd() {
    TcpConnection c = opened(1000);
    receive(c, segment(PEER_ISS + 6, ISS + 1, Tcp.ACK | Tcp.FIN, 1000, 0));
    assertEquals(TcpState.ESTABLISHED, c.state(), "what comes before it is missing");
    receive(c, segment(PEER_ISS + 1, ISS + 1, Tcp.ACK, 1000, 10));
    assertEquals(TcpState.CLOSE_WAIT, c.state());
    assertEquals(PEER_ISS + 7, Tcp.acknowledgment(poll(c), 0));
    assertEquals(5, c.read(buffer, 0, 20));
    assertEquals(-1, c.read(buffer, 0, 20));
  }

  @Test
  void sendsAgainAfterThreeDuplicates() {
    TcpConnection c = opened(60_000);
    c.write(new byte[20_000], 0, 20_000);
    int sent = 0;
    while (poll(c) != null) {
      sent++;
    }
    assertTrue(sent >= 2 && sent <= 10, "a slow start: " + sent);
    for (int i = 0; i < 3; i++) {
      assertNull(i == 0 ? null : poll(c), "not yet");
      receive(c, segment(PEER_ISS + 1, ISS + 1, Tcp.ACK, 60_000, 0));
    }
    assertEquals(ISS + 1, Tcp.sequence(poll(c), 0));
  }

  @Test
  void answersWhatItCannotUse() {
    TcpConnection c = opened(1000);
    receive(c, segment(PEER_ISS + 1, ISS + 500, Tcp.ACK, 1000, 5));
    assertEquals(
        PEER_ISS + 1, Tcp.acknowledgment(poll(c), 0), "it acknowledges what was never sent");
    assertEquals(0, c.read(buffer, 0, 10));
    receive(c, segment(PEER_ISS, ISS + 1, Tcp.ACK, 1000, 0));
    assertEquals(PEER_ISS + 1, Tcp.acknowledgment(poll(c), 0), "a keepalive");
    receive(c, segment(PEER_ISS + 6, ISS + 1, Tcp.ACK, 1000, 5));
    assertEquals(PEER_ISS + 1, Tcp.acknowledgment(poll(c), 0), "too early");
    receive(c, segment(PEER_ISS + 1, ISS + 1, Tcp.ACK, 1000, 7));
    assertEquals(PEER_ISS + 11, Tcp.acknowledgment(poll(c), 0), "both");
    assertEquals(10, c.read(buffer, 0, 20));
  }

  @Test
  void eachEndEndsForItself() {
    TcpConnection c = opened(1000);
    c.close();
    assertEquals(TcpState.FIN_WAIT_1, c.state());
    assertEquals(0, c.write(buffer, 0, 1));
    assertEquals(Tcp.FIN | Tcp.ACK, Tcp.controlBits(poll(c), 0));
    receive(c, segment(PEER_ISS + 1, ISS + 2, Tcp.ACK, 1000, 3));
    assertEquals(TcpState.FIN_WAIT_2, c.state());
    assertEquals(3, c.read(buffer, 0, 10));
    assertEquals(0, c.read(buffer, 0, 10));
    receive(c, segment(PEER_ISS + 4, ISS + 2, Tcp.ACK | Tcp.FIN, 1000, 0));
    assertEquals(TcpState.TIME_WAIT, c.state());
    assertEquals(-1, c.read(buffer, 0, 10));
    assertEquals(PEER_ISS + 5, Tcp.acknowledgment(poll(c), 0));
    now = c.pollTimeout();
    c.handleTimeout(now);
    assertEquals(TcpState.CLOSED, c.state());
    assertNull(c.failure());
  }

  @Test
  void aPeerThatNeverEndsIsGivenUpOnceItIsSilent() {
    TcpConnection c = opened(1000);
    c.close();
    poll(c);
    receive(c, segment(PEER_ISS + 1, ISS + 2, Tcp.ACK, 1000, 0));
    assertEquals(TcpState.FIN_WAIT_2, c.state());
    for (int i = 0; i < 5; i++) {
      now += 119_000 * MILLI;
      c.handleTimeout(now);
      receive(c, segment(PEER_ISS + 1 + i, ISS + 2, Tcp.ACK, 1000, 1));
      assertEquals(PEER_ISS + 2 + i, Tcp.acknowledgment(poll(c), 0), "it still has much to say");
    }
    assertEquals(now + 120_000 * MILLI, c.pollTimeout());
    now = c.pollTimeout();
    c.handleTimeout(now);
    assertEquals(TcpFailure.TIMED_OUT, c.failure());
    assertEquals(Tcp.RST | Tcp.ACK, Tcp.controlBits(poll(c), 0));
    assertEquals(5, c.read(buffer, 0, 10), "what has come can still be read");
    assertEquals(-1, c.read(buffer, 0, 10));
    assertEquals(Long.MAX_VALUE, c.pollTimeout());
  }

  @Test
  void whatThePeerSendsNeverThrows() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 3000; i++) {
      TcpConnection c = opened(random.nextInt(3000));
      c.write(new byte[5000], 0, random.nextInt(5000));
      for (int j = 0; j < 30; j++) {
        byte[] s =
            segment(
                PEER_ISS + random.nextInt(-10, 70_000) / (1 + random.nextInt(1000)),
                ISS + random.nextInt(-10, 6000),
                random.nextInt(64),
                random.nextInt(65_536),
                random.nextInt(1400));
        receive(c, s);
        for (int sent = 0; poll(c) != null; sent++) {
          assertTrue(sent < 100, "it goes on and on");
        }
        if (random.nextInt(5) == 0) {
          c.close();
        }
        int _ = c.read(buffer, 0, random.nextInt(2000));
        if (c.pollTimeout() != Long.MAX_VALUE && random.nextBoolean()) {
          now = Math.max(now, c.pollTimeout());
          c.handleTimeout(now);
        }
      }
    }
  }
}
