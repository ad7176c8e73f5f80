package linedisc.serial.forward.tcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import linedisc.slip.inet.Tcp;

/// The other end of a connection, as simple as can be and with nothing of ours: it waits to be
/// connected to, goes back to the first unacknowledged octet when nothing comes for 400 ms, and
/// keeps everything that comes early.
final class Peer {
  private static final long PATIENCE = 400_000_000L;

  private final byte[] data;
  private final int segment;
  private final Queue<byte[]> out = new ArrayDeque<>();
  private final Map<Integer, byte[]> early = new TreeMap<>();
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();

  /// What it says it has room for.
  int window = 40_000;

  private final int iss;
  private boolean open;
  private int rcvNxt;
  private int irs;
  private int una;
  private int next;
  private int theirWindow;
  private long quietSince;
  private int theirEnd = -1;
  private boolean gotEnd;

  /// @param data what it says, and then ends
  Peer(int iss, int segment, byte[] data) {
    this.iss = iss;
    this.segment = segment;
    this.data = data;
  }

  byte[] got() {
    return got.toByteArray();
  }

  boolean isDone() {
    return gotEnd && una == data.length + 1;
  }

  long deadline() {
    return open && una <= data.length ? quietSince + PATIENCE : Long.MAX_VALUE;
  }

  void receive(byte[] s, long now) {
    int bits = Tcp.controlBits(s, 0);
    int sequence = Tcp.sequence(s, 0);
    if ((bits & Tcp.SYN) != 0) {
      irs = sequence;
      open = true;
      quietSince = now;
      out.add(segment(iss, Tcp.SYN | Tcp.ACK, new byte[0], true));
      return;
    }
    if (!open) {
      return;
    }
    int acked = Tcp.acknowledgment(s, 0) - (iss + 1);
    theirWindow = Tcp.window(s, 0);
    if (acked > una) {
      una = acked;
      next = Math.max(next, una);
      quietSince = now;
    }
    int at = sequence - (irs + 1);
    byte[] carried = Arrays.copyOfRange(s, Tcp.headerLength(s, 0), s.length);
    if (carried.length > 0) {
      early.merge(at, carried, (a, b) -> a.length > b.length ? a : b);
    }
    if ((bits & Tcp.FIN) != 0) {
      theirEnd = at + carried.length;
    }
    for (boolean more = true; more; ) {
      more = false;
      for (Map.Entry<Integer, byte[]> piece : Map.copyOf(early).entrySet()) {
        int known = rcvNxt - piece.getKey();
        if (known >= 0) {
          early.remove(piece.getKey());
          if (known < piece.getValue().length) {
            got.write(piece.getValue(), known, piece.getValue().length - known);
            rcvNxt += piece.getValue().length - known;
            more = true;
          }
        }
      }
    }
    gotEnd |= theirEnd >= 0 && rcvNxt >= theirEnd;
    if (carried.length > 0 || (bits & Tcp.FIN) != 0 || acked < una) {
      out.add(acknowledgment());
    }
  }

  byte[] acknowledgment() {
    return segment(iss + 1 + next, Tcp.ACK, new byte[0], false);
  }

  byte[] poll(long now) {
    if (open && now >= deadline()) {
      next = una;
      quietSince = now;
    }
    if (open && out.isEmpty() && una >= 0 && theirWindow > 0) {
      int room = Math.min(theirWindow, 20_000) - (next - una);
      int length = Math.min(Math.min(segment, data.length - next), room);
      if (length > 0) {
        out.add(
            segment(iss + 1 + next, Tcp.ACK, Arrays.copyOfRange(data, next, next + length), false));
        next += length;
      } else if (next == data.length) {
        out.add(segment(iss + 1 + next, Tcp.ACK | Tcp.FIN, new byte[0], false));
        next++;
      }
    }
    return out.poll();
  }

  private byte[] segment(int sequence, int bits, byte[] carried, boolean syn) {
    byte[] s = new byte[Tcp.HEADER_LENGTH + (syn ? 4 : 0) + carried.length];
    int ack = irs + 1 + rcvNxt + (gotEnd ? 1 : 0);
    int header = Tcp.write(s, 0, 80, 1000, sequence, ack, bits, window, syn ? 4 : 0);
    if (syn) {
      s[20] = 2;
      s[21] = 4;
      s[22] = (byte) (segment >> 8);
      s[23] = (byte) segment;
    }
    System.arraycopy(carried, 0, s, header, carried.length);
    return s;
  }
}
