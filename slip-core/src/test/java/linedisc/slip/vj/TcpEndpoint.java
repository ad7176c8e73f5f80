package linedisc.slip.vj;

import java.io.ByteArrayOutputStream;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.jspecify.annotations.Nullable;

/// One end of a TCP connection, simple but real enough to make the packets that hosts make:
/// handshake, windows that shrink and grow, delayed acknowledgments, three duplicates and timeouts
/// that send again (go-back-N), urgent data, FIN. Time is counted in ticks.
final class TcpEndpoint {
  private static final int FIRST_TIMEOUT = 12;
  private static final int LONGEST_TIMEOUT = 60;
  private static final int BUFFER = 16_384;

  /// What a host counts over all its connections.
  static final class Host {
    final int address;
    int identification;

    Host(int address) {
      this.address = address;
    }
  }

  private final Host host;
  private final int peer;
  private final int port;
  private final int peerPort;
  private final int initialSequence;
  private final int mss;
  private final boolean timestamps;

  private final ByteArrayOutputStream queued = new ByteArrayOutputStream();
  private byte[] outgoing = {};
  private boolean closing;

  // Positions in what is sent: 0 is the SYN, data begin at 1, the FIN comes last.
  private int unacknowledged;
  private int next;
  private int furthest;
  private int urgentUpTo;
  private int peerWindow;
  private int congestionWindow;
  private int duplicates;
  private int timeout = FIRST_TIMEOUT;
  private long timeoutAt = Long.MAX_VALUE;

  private boolean active;
  private boolean peerKnown;
  private int receiveNext;
  private int unread;
  private boolean finReceived;
  private boolean acknowledgeNow;
  private long acknowledgeAt = Long.MAX_VALUE;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  TcpEndpoint(
      Host host,
      int port,
      int peer,
      int peerPort,
      int initialSequence,
      int mss,
      boolean timestamps) {
    this.host = host;
    this.port = port;
    this.peer = peer;
    this.peerPort = peerPort;
    this.initialSequence = initialSequence;
    this.mss = mss;
    this.timestamps = timestamps;
    congestionWindow = 2 * mss;
  }

  void connect() {
    active = true;
  }

  void write(byte[] data) {
    queued.writeBytes(data);
    outgoing = queued.toByteArray();
  }

  void writeUrgent(byte[] data) {
    write(data);
    urgentUpTo = 1 + outgoing.length;
  }

  void close() {
    closing = true;
  }

  /// Takes at most `most` octets of what has arrived, which opens the window.
  void read(int most) {
    boolean wasShut = window() < mss;
    unread -= Math.min(unread, most);
    if (wasShut && window() >= mss && peerKnown) {
      acknowledgeNow = true;
    }
  }

  byte[] received() {
    return received.toByteArray();
  }

  int unread() {
    return unread;
  }

  boolean isDone() {
    return closing && finReceived && unacknowledged == end() + 1;
  }

  private int end() {
    return 1 + outgoing.length;
  }

  private int window() {
    return BUFFER - unread;
  }

  /// Whether this packet is for this end.
  boolean isFor(byte[] packet) {
    int tcp = Ipv4.headerLength(packet, 0);
    return Ipv4.destination(packet, 0) == host.address
        && Tcp.destinationPort(packet, tcp) == port
        && Tcp.sourcePort(packet, tcp) == peerPort;
  }

  /// The next packet to send now; null if there is none.
  byte @Nullable [] poll(long now) {
    if (now >= timeoutAt) {
      timeoutAt = Long.MAX_VALUE;
      timeout = Math.min(2 * timeout, LONGEST_TIMEOUT);
      congestionWindow = mss;
      goBack();
      if (peerKnown && peerWindow == 0 && next >= 1 && next < end()) {
        return send(now, 1, Tcp.ACK);
      }
    }
    if (!active && !peerKnown) {
      return null;
    }
    if (next == 0) {
      return send(now, 0, peerKnown ? Tcp.SYN | Tcp.ACK : Tcp.SYN);
    }
    if (!peerKnown || unacknowledged == 0) {
      return acknowledgeNow ? send(now, 0, Tcp.ACK) : null;
    }
    int allowed = unacknowledged + Math.min(peerWindow, congestionWindow) - next;
    int length = Math.min(Math.min(mss, end() - next), allowed);
    if (length > 0) {
      boolean last = next + length == end();
      return send(now, length, last ? Tcp.ACK | Tcp.PSH : Tcp.ACK);
    }
    if (closing && next == end()) {
      return send(now, 0, Tcp.ACK | Tcp.FIN);
    }
    if (next < end() && next == unacknowledged && timeoutAt == Long.MAX_VALUE) {
      timeoutAt = now + timeout;
    }
    return acknowledgeNow || now >= acknowledgeAt ? send(now, 0, Tcp.ACK) : null;
  }

  private void goBack() {
    next = unacknowledged;
  }

  private byte[] send(long now, int length, int flags) {
    boolean syn = (flags & Tcp.SYN) != 0;
    byte[] options = options(syn, now);
    int segment = Tcp.HEADER_LENGTH + options.length + length;
    byte[] b = new byte[Ipv4.HEADER_LENGTH + segment];
    boolean urgent = next < urgentUpTo && length > 0;
    if (urgent) {
      flags |= Tcp.URG;
    }
    int tcp =
        Ipv4.write(
            b, 0, 0, host.identification++ & 0xffff, 64, Ip.TCP, host.address, peer, segment);
    int data =
        tcp
            + Tcp.write(
                b,
                tcp,
                port,
                peerPort,
                initialSequence + next,
                peerKnown ? receiveNext : 0,
                flags,
                window(),
                options.length);
    System.arraycopy(options, 0, b, tcp + Tcp.HEADER_LENGTH, options.length);
    if (length > 0) {
      System.arraycopy(outgoing, next - 1, b, data, length);
    }
    if (urgent) {
      Tcp.setUrgentPointer(b, tcp, urgentUpTo - next);
    }
    Tcp.seal(b, 0, tcp, segment);

    int taken = length + (syn || (flags & Tcp.FIN) != 0 ? 1 : 0);
    next += taken;
    furthest = Math.max(furthest, next);
    if (taken > 0 && timeoutAt == Long.MAX_VALUE) {
      timeoutAt = now + timeout;
    }
    acknowledgeNow = false;
    acknowledgeAt = Long.MAX_VALUE;
    return b;
  }

  private byte[] options(boolean syn, long now) {
    byte[] mssOption = syn ? new byte[] {2, 4, (byte) (mss >> 8), (byte) mss} : new byte[0];
    if (!timestamps) {
      return mssOption;
    }
    byte[] options = new byte[mssOption.length + 12];
    System.arraycopy(mssOption, 0, options, 0, mssOption.length);
    int at = mssOption.length;
    options[at] = 1;
    options[at + 1] = 1;
    options[at + 2] = 8;
    options[at + 3] = 10;
    options[at + 6] = (byte) (now >> 12);
    options[at + 7] = (byte) (now >> 4);
    return options;
  }

  /// Takes a packet that is for this end; a damaged one is dropped, as hosts do.
  void receive(byte[] packet, long now) {
    int tcp = Ipv4.headerLength(packet, 0);
    if (!Tcp.isIntact(packet, 0, tcp, packet.length - tcp)) {
      return;
    }
    int flags = Tcp.controlBits(packet, tcp);
    int data = tcp + Tcp.headerLength(packet, tcp);
    int length = packet.length - data;
    int sequence = Tcp.sequence(packet, tcp);
    if ((flags & Tcp.SYN) != 0) {
      if (!peerKnown) {
        peerKnown = true;
        receiveNext = sequence + 1;
      }
      acknowledgeNow = true;
    }
    if (!peerKnown) {
      return;
    }
    if ((flags & Tcp.ACK) != 0) {
      int upTo = Tcp.acknowledgment(packet, tcp) - initialSequence;
      acknowledged(upTo, Tcp.window(packet, tcp), length, now);
    }
    if ((flags & Tcp.SYN) != 0) {
      return;
    }
    if (length > 0) {
      if (sequence == receiveNext && length <= window()) {
        received.write(packet, data, length);
        unread += length;
        receiveNext += length;
        acknowledgeNow |= acknowledgeAt != Long.MAX_VALUE;
        acknowledgeAt = now + 3;
      } else {
        acknowledgeNow = true;
      }
    }
    if ((flags & Tcp.FIN) != 0) {
      if (sequence + length == receiveNext) {
        receiveNext++;
        finReceived = true;
      }
      acknowledgeNow = true;
    }
  }

  private void acknowledged(int upTo, int window, int length, long now) {
    if (upTo > unacknowledged && upTo <= furthest) {
      unacknowledged = upTo;
      next = Math.max(next, upTo);
      congestionWindow = Math.min(congestionWindow + mss, 8 * mss);
      duplicates = 0;
      timeout = FIRST_TIMEOUT;
      timeoutAt = next > upTo ? now + timeout : Long.MAX_VALUE;
    } else if (upTo == unacknowledged
        && length == 0
        && window == peerWindow
        && furthest > upTo
        && ++duplicates == 3) {
      goBack();
    }
    peerWindow = window;
  }
}
