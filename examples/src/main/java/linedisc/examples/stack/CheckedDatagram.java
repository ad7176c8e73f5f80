package linedisc.examples.stack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Udp;

/// An IPv4 packet with a UDP datagram whose payload the receiver can compute for itself:
///
///     0      8        16
///     +------+--------+----------------------
///     | run  | number | words of a sequence that run and number decide
///
/// all in network byte order, so that a datagram that is damaged, doubled, out of order or of another
/// run is told.
public final class CheckedDatagram {
  private static final int PORT = 7777;
  private static final int HEADERS = Ipv4.HEADER_LENGTH + Udp.HEADER_LENGTH;
  private static final int RUN = HEADERS;
  private static final int NUMBER = HEADERS + 8;
  private static final int WORDS = HEADERS + 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// The shortest, in octets: nothing after the number.
  public static final int SHORTEST = WORDS;

  private CheckedDatagram() {}

  /// Writes a whole packet to the front of `b`.
  ///
  /// @param length of the packet in octets, at least [#SHORTEST]
  /// @param from source address, first octet most significant
  /// @param to destination address, first octet most significant
  public static void write(byte[] b, int length, int from, int to, long run, long number) {
    fill(b, length, run, number);
    int data = length - Ipv4.HEADER_LENGTH;
    int udp = Ipv4.write(b, 0, 0, (int) number & 0xffff, 64, Ip.UDP, from, to, data);
    Udp.write(b, udp, PORT, PORT, length - HEADERS);
    Udp.seal(b, 0, udp);
  }

  /// Whether a packet, whoever sent it, looks like one of these: only then ask for the rest.
  ///
  /// @param length octets there are at `offset`
  public static boolean isOne(byte[] b, int offset, int length) {
    int udp = offset + Ipv4.HEADER_LENGTH;
    return length >= SHORTEST
        && Ipv4.check(b, offset, length) == length
        && Ipv4.headerLength(b, offset) == Ipv4.HEADER_LENGTH
        && Ipv4.protocol(b, offset) == Ip.UDP
        && Udp.check(b, udp, length - Ipv4.HEADER_LENGTH) == length - Ipv4.HEADER_LENGTH
        && Udp.destinationPort(b, udp) == PORT;
  }

  /// What the sender said it belongs to.
  public static long run(byte[] b, int offset) {
    return (long) LONG.get(b, offset + RUN);
  }

  /// Its place in its run.
  public static long number(byte[] b, int offset) {
    return (long) LONG.get(b, offset + NUMBER);
  }

  /// Whether every octet is what run and number make it.
  ///
  /// @param scratch overwritten; at least `length` octets
  public static boolean isIntact(byte[] b, int offset, int length, byte[] scratch) {
    fill(scratch, length, run(b, offset), number(b, offset));
    for (int i = RUN; i < length; i++) {
      if (b[offset + i] != scratch[i]) {
        return false;
      }
    }
    return Udp.isIntact(b, offset, offset + Ipv4.HEADER_LENGTH);
  }

  private static void fill(byte[] b, int length, long run, long number) {
    LONG.set(b, RUN, run);
    LONG.set(b, NUMBER, number);
    long state = run * 0x9e3779b97f4a7c15L + number;
    for (int i = WORDS; i < length; i += 8) {
      // SplitMix64: every word depends on run, number and place.
      state += 0x9e3779b97f4a7c15L;
      long word = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
      word ^= word >>> 27;
      if (i + 8 <= length) {
        LONG.set(b, i, word);
      } else {
        for (int j = i; j < length; j++) {
          b[j] = (byte) (word >>> (8 * (j - i)));
        }
      }
    }
  }
}
