package linedisc.serial.forward.tcp;

import linedisc.slip.inet.Tcp;
import org.jspecify.annotations.Nullable;

/// One connection, opened by us: RFC 9293 without I/O, clock or threads of its own.
///
/// Order of use: [#connect] once; [#receive] for each segment of the peer's and [#handleTimeout]
/// when [#pollTimeout] says so; after each of these, and after [#write], [#read], [#close] and
/// [#abort], [#pollTransmit] until it gives no more. `now` is nanoseconds of any monotonic clock.
///
/// What the peer sends never throws, and memory is bounded by the two buffers. Not thread-safe.
public final class TcpConnection {
  /// Octets of each buffer, and so the largest window; no more can be told without scaling.
  static final int BUFFER = 0xffff;

  /// Segments without an option that says otherwise (RFC 9293 section 3.7.1).
  private static final int DEFAULT_SEGMENT = 536;

  /// A peer that asks for less, down to nothing, would have us send a header for every few octets;
  /// Linux goes no lower either (`tcp_min_snd_mss`).
  private static final int LEAST_SEGMENT = 48;

  private static final int SYN_TRIES = 6;
  private static final int TRIES = 12;
  private static final long TWICE_LIFETIME = 60_000_000_000L;

  /// A peer that has heard our end and says nothing for so long is given up. RFC 9293 waits for
  /// ever; systems give up after a minute once nobody reads any more, which can't be told here, and
  /// firewalls (Linux's netfilter) forget a half-closed connection after two.
  private static final long HALF_CLOSED_SILENCE = 120_000_000_000L;

  private final int localPort;
  private final int remotePort;
  private final int ourSegment;
  private final SendBuffer sending = new SendBuffer(BUFFER);
  private final ReceiveSpace receiving;
  private final RetransmissionTimer timer = new RetransmissionTimer();
  private final Congestion congestion = new Congestion();

  private TcpState state = TcpState.CLOSED;
  private @Nullable TcpFailure failure;

  // Named as in RFC 9293 section 3.3.1: SND.UNA, SND.NXT, SND.WND, SND.WL1, SND.WL2.
  private final int iss;
  private int sndUna;
  private int sndNxt;
  private int sndWnd;
  private int sndWl1;
  private int sndWl2;

  /// Beyond the last octet that was ever sent; SND.NXT goes back when a timeout has what follows
  /// SND.UNA sent again.
  private int sndMax;

  private int segment = DEFAULT_SEGMENT;

  /// Whether we have no more to say, and whether the peer was told.
  private boolean ending;

  private boolean finSent;

  private boolean acknowledge;
  private boolean resendFirst;
  private boolean probe;
  private boolean reset;

  // The segment whose round trip is measured.
  private boolean measuring;
  private int measured;
  private long measuredAt;

  /// A connection that does not exist yet.
  ///
  /// @param iss the initial sequence number: not to be guessed (RFC 9293 section 3.4.1)
  /// @param segment the longest segment's data that fit our way, in octets, 1 to 65535
  public TcpConnection(int localPort, int remotePort, int iss, int segment) {
    if (segment < 1 || segment > 0xffff) {
      throw new IllegalArgumentException("segments of " + segment + " octets");
    }
    this.localPort = localPort;
    this.remotePort = remotePort;
    this.iss = iss;
    this.ourSegment = segment;
    this.receiving = new ReceiveSpace(BUFFER, segment);
  }

  // ---- commands

  /// Opens it.
  public void connect() {
    if (state != TcpState.CLOSED || failure != null) {
      throw new IllegalStateException("a connection is opened once");
    }
    state = TcpState.SYN_SENT;
    sndUna = iss;
    sndNxt = iss;
    sndMax = iss;
  }

  /// Takes what there is room for; nothing after [#close].
  ///
  /// @return how many octets were taken
  public int write(byte[] b, int offset, int length) {
    return isOpen() ? sending.write(b, offset, length) : 0;
  }

  /// Gives what has come.
  ///
  /// @return how many octets; 0: none are there now; -1: none come any more
  public int read(byte[] b, int offset, int length) {
    int given = receiving.read(b, offset, length);
    if (given > 0) {
      acknowledge |= state.receives() && receiving.hasNews();
      return given;
    }
    return state.receives() || state == TcpState.SYN_SENT ? 0 : -1;
  }

  /// We have no more to say; what was written is still sent, and the peer may go on.
  public void close() {
    switch (state) {
      case SYN_SENT -> state = TcpState.CLOSED;
      case ESTABLISHED -> end(TcpState.FIN_WAIT_1);
      case CLOSE_WAIT -> end(TcpState.LAST_ACK);
      case CLOSED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT -> {}
    }
  }

  /// Ends it at once; what was not acknowledged is lost.
  public void abort() {
    abort(TcpFailure.ABORTED);
  }

  /// As [#abort()], for a reason that [#failure] then gives.
  void abort(TcpFailure cause) {
    reset = state != TcpState.CLOSED && state != TcpState.SYN_SENT;
    fail(cause);
  }

  private void end(TcpState next) {
    ending = true;
    state = next;
  }

  // ---- getters

  /// Where it is.
  public TcpState state() {
    return state;
  }

  /// Whether [#write] may still take something.
  public boolean isOpen() {
    return switch (state) {
      case SYN_SENT, ESTABLISHED, CLOSE_WAIT -> true;
      case CLOSED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT -> false;
    };
  }

  /// Why it has ended before its time; null: it has not.
  public @Nullable TcpFailure failure() {
    return failure;
  }

  /// Whether everything that was written, and the end, has been acknowledged.
  public boolean isSent() {
    return sending.count() == 0 && sndUna == sndMax && ending == finSent;
  }

  // ---- inputs

  /// A segment has come.
  ///
  /// @param offset where a header that was checked, and whose checksum is right, begins
  /// @param length octets of the segment
  public void receive(byte[] b, int offset, int length, long now) {
    switch (state) {
      case CLOSED -> {}
      case SYN_SENT -> receiveSynSent(b, offset, now);
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT ->
          receiveSynchronized(b, offset, length, now);
    }
  }

  private void receiveSynSent(byte[] b, int offset, long now) {
    int bits = Tcp.controlBits(b, offset);
    boolean answers = (bits & Tcp.ACK) != 0 && Tcp.acknowledgment(b, offset) == iss + 1;
    if (!answers) {
      // Neither an old duplicate nor a peer that opens at the same time is for us.
      return;
    }
    if ((bits & Tcp.RST) != 0) {
      fail(TcpFailure.REFUSED);
    } else if ((bits & Tcp.SYN) != 0) {
      receiving.begin(Tcp.sequence(b, offset) + 1);
      segment = Math.min(ourSegment, Math.max(LEAST_SEGMENT, announcedSegment(b, offset)));
      state = TcpState.ESTABLISHED;
      acknowledged(iss + 1, 0, now);
      congestion.begin(segment);
      setWindow(b, offset);
      acknowledge = true;
    }
  }

  private void receiveSynchronized(byte[] b, int offset, int length, long now) {
    int bits = Tcp.controlBits(b, offset);
    int header = Tcp.headerLength(b, offset);
    int sequence = Tcp.sequence(b, offset);
    int data = length - header;
    int room = receiving.room();
    // Section 3.10.7.4, first: with no room only what has no length is looked at, and probes are
    // answered.
    int early = sequence - receiving.next();
    int extent = data + ((bits & Tcp.FIN) != 0 ? 1 : 0) + ((bits & Tcp.SYN) != 0 ? 1 : 0);
    boolean begins = early >= 0 && early < Math.max(1, room);
    boolean ends = extent > 0 && early < 0 && early + extent > 0;
    if (!begins && !ends) {
      acknowledge |= (bits & Tcp.RST) == 0;
      return;
    }
    if ((bits & Tcp.RST) != 0) {
      if (early == 0) {
        fail(TcpFailure.RESET);
      } else {
        acknowledge = true;
      }
      return;
    }
    if ((bits & Tcp.SYN) != 0) {
      acknowledge = true;
      return;
    }
    if ((bits & Tcp.ACK) == 0 || !receiveAcknowledgment(b, offset, data, now)) {
      return;
    }
    if ((bits & Tcp.FIN) != 0) {
      receiving.endAt(sequence + data);
    }
    if (state.receives()) {
      receiving.put(early, b, offset + header, data);
    }
    acknowledge |= extent > 0;
    if (state == TcpState.FIN_WAIT_2) {
      timer.set(now, HALF_CLOSED_SILENCE);
    }
    if (state.receives() && receiving.takeEnd()) {
      switch (state) {
        case ESTABLISHED -> state = TcpState.CLOSE_WAIT;
        case FIN_WAIT_1 -> state = TcpState.CLOSING;
        case FIN_WAIT_2 -> waitForStragglers(now);
        case CLOSED, SYN_SENT, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> {}
      }
    }
  }

  /// @return false: it speaks of what was never sent, and the segment is dropped
  private boolean receiveAcknowledgment(byte[] b, int offset, int data, long now) {
    int ack = Tcp.acknowledgment(b, offset);
    if (ack - sndMax > 0) {
      acknowledge = true;
      return false;
    }
    if (ack - sndUna > 0) {
      acknowledged(ack, Math.min(ack - sndUna, sending.count()), now);
    } else if (ack == sndUna
        && data == 0
        && sndMax != sndUna
        && sndWnd > 0
        && Tcp.window(b, offset) == sndWnd) {
      resendFirst |= congestion.duplicate(sndMax - sndUna, sndMax);
    }
    if (state == TcpState.CLOSED) {
      return false;
    }
    updateWindow(b, offset);
    return true;
  }

  /// Something new was acknowledged.
  ///
  /// @param data how many octets of it are data, and neither the beginning nor the end
  private void acknowledged(int ack, int data, long now) {
    int octets = ack - sndUna;
    sending.drop(data);
    sndUna = ack;
    if (sndNxt - ack < 0) {
      sndNxt = ack;
    }
    if (measuring && ack - measured >= 0) {
      measuring = false;
      timer.measured(now - measuredAt);
    }
    timer.answered();
    resendFirst |= congestion.acknowledged(octets, ack);
    if (ack == sndMax) {
      timer.cancel();
    } else {
      timer.set(now);
    }
    if (finSent && ack == sndMax) {
      switch (state) {
        case FIN_WAIT_1 -> state = TcpState.FIN_WAIT_2;
        case CLOSING -> waitForStragglers(now);
        case LAST_ACK -> state = TcpState.CLOSED;
        case CLOSED, SYN_SENT, ESTABLISHED, FIN_WAIT_2, CLOSE_WAIT, TIME_WAIT -> {}
      }
    }
  }

  private void updateWindow(byte[] b, int offset) {
    int newer = Tcp.sequence(b, offset) - sndWl1;
    if (newer > 0 || (newer == 0 && Tcp.acknowledgment(b, offset) - sndWl2 >= 0)) {
      boolean wasShut = sndWnd == 0;
      setWindow(b, offset);
      if (sndWnd == 0) {
        // Who answers probes is alive, however long it takes no data.
        timer.answered();
      } else if (wasShut) {
        // A probe's octet had no room.
        sndNxt = sndUna;
      }
    }
  }

  private void setWindow(byte[] b, int offset) {
    sndWnd = Tcp.window(b, offset);
    sndWl1 = Tcp.sequence(b, offset);
    sndWl2 = Tcp.acknowledgment(b, offset);
  }

  private void waitForStragglers(long now) {
    state = TcpState.TIME_WAIT;
    timer.set(now, TWICE_LIFETIME);
  }

  private void fail(TcpFailure cause) {
    if (state != TcpState.CLOSED) {
      failure = cause;
      state = TcpState.CLOSED;
      timer.cancel();
    }
  }

  /// When [#handleTimeout] is to be called; [Long#MAX_VALUE]: never.
  public long pollTimeout() {
    return timer.deadline();
  }

  /// Does what was due at [#pollTimeout].
  public void handleTimeout(long now) {
    if (now < timer.deadline()) {
      return;
    }
    if (state == TcpState.TIME_WAIT) {
      timer.cancel();
      state = TcpState.CLOSED;
      return;
    }
    timer.expired();
    if (state == TcpState.FIN_WAIT_2
        || timer.expiries() >= (state == TcpState.SYN_SENT ? SYN_TRIES : TRIES)) {
      reset = state != TcpState.SYN_SENT;
      fail(TcpFailure.TIMED_OUT);
      return;
    }
    measuring = false;
    if (sndWnd == 0 && state != TcpState.SYN_SENT) {
      probe = true;
      timer.set(now);
    } else {
      congestion.timeout(sndMax - sndUna);
    }
    sndNxt = sndUna;
  }

  // ---- outputs

  /// Writes the next segment, header and data, with ports and all but the checksum.
  ///
  /// @param b with room for a header, the option of a SYN and a segment's data from `offset` on
  /// @return its length; 0: there is none to be sent now
  public int pollTransmit(byte[] b, int offset, long now) {
    return switch (state) {
      case CLOSED -> transmitReset(b, offset);
      case SYN_SENT -> transmitSyn(b, offset, now);
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT ->
          transmitData(b, offset, now);
    };
  }

  private int transmitReset(byte[] b, int offset) {
    if (!reset) {
      return 0;
    }
    reset = false;
    int next = receiving.next();
    return Tcp.write(b, offset, localPort, remotePort, sndMax, next, Tcp.RST | Tcp.ACK, 0, 0);
  }

  private int transmitSyn(byte[] b, int offset, long now) {
    if (sndNxt != iss) {
      return 0;
    }
    measure(sndMax == iss, iss + 1, now);
    sndNxt = iss + 1;
    sndMax = sndNxt;
    timer.set(now);
    int at = offset + Tcp.HEADER_LENGTH;
    b[at] = Tcp.MAXIMUM_SEGMENT_SIZE;
    b[at + 1] = Tcp.MAXIMUM_SEGMENT_SIZE_LENGTH;
    b[at + 2] = (byte) (ourSegment >>> 8);
    b[at + 3] = (byte) ourSegment;
    int options = Tcp.MAXIMUM_SEGMENT_SIZE_LENGTH;
    return Tcp.write(b, offset, localPort, remotePort, iss, 0, Tcp.SYN, receiving.room(), options);
  }

  private int transmitData(byte[] b, int offset, long now) {
    int begin = resendFirst ? sndUna : sndNxt;
    int before = begin - sndUna;
    int waiting = Math.max(0, sending.count() - before);
    int room = resendFirst ? segment : Math.min(sndWnd, congestion.window()) - before;
    int length = Math.min(Math.min(waiting, segment), Math.max(0, room));
    if (probe && length == 0) {
      length = Math.min(1, waiting);
    }
    boolean cutByWindow = length < waiting && length < segment;
    if (cutByWindow && before > 0 && !resendFirst) {
      // A part of a segment only when nothing is under way (RFC 9293 section 3.8.6.2.1).
      length = 0;
    }
    boolean fin =
        ending && length == waiting && before <= sending.count() && (room > length || probe);
    if (length == 0 && !fin) {
      resendFirst = false;
      if (sndWnd == 0 && sndMax == sndUna && !isSent() && !timer.isSet()) {
        timer.set(now);
      }
      return acknowledge ? transmit(b, offset, sndMax, Tcp.ACK, 0) : 0;
    }
    sending.copy(before, b, offset + Tcp.HEADER_LENGTH, length);
    int end = begin + length + (fin ? 1 : 0);
    measure(begin == sndMax, end, now);
    if (resendFirst) {
      measuring = false;
    }
    if (!timer.isSet()) {
      timer.set(now);
    }
    finSent |= fin;
    probe = false;
    resendFirst = false;
    sndNxt = end - sndNxt > 0 ? end : sndNxt;
    sndMax = end - sndMax > 0 ? end : sndMax;
    int bits = Tcp.ACK | (fin ? Tcp.FIN : 0) | (length > 0 && length == waiting ? Tcp.PSH : 0);
    return transmit(b, offset, begin, bits, length);
  }

  private int transmit(byte[] b, int offset, int sequence, int bits, int length) {
    acknowledge = false;
    int next = receiving.next();
    int window = receiving.window();
    return Tcp.write(b, offset, localPort, remotePort, sequence, next, bits, window, 0) + length;
  }

  private void measure(boolean isNew, int end, long now) {
    if (isNew && !measuring) {
      measuring = true;
      measured = end;
      measuredAt = now;
    }
  }

  private static int announcedSegment(byte[] b, int offset) {
    int at = Tcp.findMaximumSegmentSize(b, offset);
    return at < 0 ? DEFAULT_SEGMENT : (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
  }
}
