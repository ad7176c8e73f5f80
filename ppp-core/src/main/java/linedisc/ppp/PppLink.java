package linedisc.ppp;

import java.time.Duration;
import java.util.random.RandomGenerator;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.State;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.lcp.Lcp;
import linedisc.ppp.lcp.LcpUser;
import linedisc.ppp.lcp.MruOption;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.PacketSink;
import org.jspecify.annotations.Nullable;

/// One PPP channel as an engine without I/O: LCP, authentication, and the gate in front of the
/// network protocols of a [PppBundle].
///
/// The methods are of four kinds. After each command or input, poll the outputs:
///
/// 1. commands: [#open], [#close], [#lowerUp], [#lowerDown], [#renegotiate], [#supply],
///    [#supplyPeerAddress], [#sendTimeRemaining];
/// 2. inputs: [#receive], [#handleTimeout];
/// 3. outputs: [#pollTransmit] until it answers false, then [PppBundle#encapsulate] for network
///    packets; [#pollEvent] until null; [#pollTimeout], and take a new snapshot of [#framing];
/// 4. getters: [#phase], [#framing], [#statistics].
///
/// `now` is in nanoseconds of any clock that never goes back. What a peer sends never makes a
/// method throw: it is counted, traced and dropped. Not thread-safe: the caller holds one lock for
/// the link and its bundle.
public final class PppLink {
  /// Mark of a frame that is to be encoded as if nothing had been negotiated: LCP codes 1 to 7 (RFC
  /// 1661 section 5).
  public static final int AS_DEFAULT = 2;

  private static final int WARNING_SECONDS = 60;

  /// When a timer of the link is due.
  private enum Timer {
    /// LCP: no answer to the last request for the length of its Restart timer.
    LCP_RESTART,
    /// LCP: time for an Echo-Request.
    ECHO,
    /// The session will last a minute more.
    SESSION_WARNING,
    /// The session has lasted as long as it may.
    SESSION_END
  }

  private final PppConfig config;
  private final PppBundle bundle;
  private final EventQueue events;
  private final TimerTable<Timer> timers = new TimerTable<>(Timer.values());
  private final ControlQueue queue;
  private final Lcp lcp;
  private final Authentication authentication;

  private Phase phase = Phase.DEAD;
  private boolean linkUp;
  private @Nullable TerminationReason reason;
  private boolean started;
  private boolean terminated;

  private long framesReceived;
  private long octetsReceived;
  private long runts;
  private long outOfPhase;
  private long unknownProtocols;
  private long losses;

  /// A link in the phase [Phase#DEAD].
  ///
  /// @param random for magic numbers and challenges: unpredictable where anybody has to prove who
  ///   he is
  /// @param bundle the network side, used by this link only
  public PppLink(PppConfig config, RandomGenerator random, PppBundle bundle) {
    this.config = config;
    this.bundle = bundle;
    this.events = bundle.events();
    this.queue = new ControlQueue(events, this::maxControlLength);
    this.lcp =
        new Lcp(
            config.lcp(),
            config.auth(),
            random,
            timers.timer(Timer.LCP_RESTART),
            timers.timer(Timer.ECHO),
            queue,
            events,
            new User());
    this.authentication = new Authentication(config.auth(), random, queue, events);
  }

  private int maxControlLength() {
    return Math.min(lcp.framing().mru(), MruOption.DEFAULT);
  }

  /// The link may be established as soon as the line is up; also after a session has ended while
  /// the line stayed up.
  public void open(long now) {
    boolean stopped = lcp.control().state() == State.STOPPED && terminated;
    if (terminated && lcp.control().state().isUp()) {
      beginSession();
    }
    if (stopped) {
      lcp.control().renegotiate(now);
    } else {
      lcp.control().open(now);
    }
    settle(now);
  }

  /// The link is to end. It has ended when [PppEvent.Terminated] comes, at the latest after
  /// max-terminate times the Restart timer.
  public void close(TerminationReason why, long now) {
    end(why, now);
    settle(now);
  }

  /// The line takes these octets for its own, as software flow control does with XON (bit 17) and
  /// XOFF (bit 19): they are escaped from now on, and the peer is asked for the same in the next
  /// negotiation (RFC 1662 section 7.1).
  ///
  /// @param accm bit n for octet n
  public void reserveControls(int accm) {
    lcp.reserveControls(accm);
  }

  /// The line is up.
  public void lowerUp(long now) {
    beginSession();
    lcp.control().lowerUp(now);
    settle(now);
  }

  /// The line is down.
  public void lowerDown(long now) {
    lcp.control().lowerDown(now);
    timers.stopAll();
    queue.clear();
    if (started && !terminated) {
      finish(reason != null ? reason : new TerminationReason.HangUp());
    }
    started = false;
    settle(now);
  }

  /// Negotiates everything anew.
  public void renegotiate(long now) {
    lcp.control().renegotiate(now);
    settle(now);
  }

  /// Negotiates compression and encryption anew, if there are any; everything else goes on.
  public void renegotiateCompression(long now) {
    bundle.renegotiateCompression(now);
    settle(now);
  }

  /// Answers [PppEvent.Need.PeerAddress].
  ///
  /// @param address the address, first octet most significant; 0 if there is none to give
  public void supplyPeerAddress(int address, long now) {
    bundle.supplyPeerAddress(address, now);
    settle(now);
  }

  /// Answers [PppEvent.Need.Credential]; ignored if it is no longer needed.
  ///
  /// @param request the one in the event
  /// @param answer its secret is wiped here
  public void supply(CredentialRequest request, CredentialAnswer answer, long now) {
    authentication.answer(request, answer, now);
    settle(now);
  }

  /// Tells the peer how long the session will still last (RFC 1570 section 1.2). Does nothing
  /// unless LCP is Opened.
  ///
  /// @param seconds an unsigned number; all ones for ever
  /// @param message anything to be shown to a human, may be empty
  public void sendTimeRemaining(int seconds, String message) {
    lcp.sendTimeRemaining(seconds, message);
  }

  /// Takes one good frame.
  ///
  /// @param frame Protocol field (two octets) and information, `length` octets from `offset`, as
  ///   `HdlcDecoder` gives it; the caller's, not kept
  /// @param afterLoss whether something was lost or damaged before this frame
  /// @param sink takes the IP packet that the frame may carry, before this method returns
  public void receive(
      byte[] frame, int offset, int length, boolean afterLoss, long now, PacketSink sink) {
    framesReceived++;
    octetsReceived += length;
    if (length < PppProtocol.FIELD_LENGTH) {
      runts++;
      return;
    }
    lcp.heard();
    int protocol = PppProtocol.read(frame, offset);
    if (PppProtocol.isControl(protocol)) {
      events.trace("rcvd", frame, offset, length);
    }
    if (afterLoss) {
      losses++;
      bundle.afterLoss();
    }
    if (!receiveLinkLayer(protocol, frame, offset, length, now)) {
      if (phase == Phase.AUTHENTICATE && PppProtocol.isNetworkControl(protocol)) {
        authentication.networkPacketReceived(now);
        settle(now);
      }
      receiveNetworkLayer(frame, offset, length, now, sink);
    }
    if (PppProtocol.isControl(protocol) || bundle.hasFailed()) {
      settle(now);
    }
  }

  /// Takes a frame of LCP or of an authentication protocol in use; false if it is neither.
  private boolean receiveLinkLayer(int protocol, byte[] frame, int offset, int length, long now) {
    int at = offset + PppProtocol.FIELD_LENGTH;
    int left = length - PppProtocol.FIELD_LENGTH;
    if (protocol == PppProtocol.LCP) {
      lcp.control().receive(frame, at, left, now);
      return true;
    }
    return linkUp && authentication.receive(protocol, frame, at, left, now);
  }

  private void receiveNetworkLayer(
      byte[] frame, int offset, int length, long now, PacketSink sink) {
    switch (phase) {
      case NETWORK -> {
        if (!bundle.receive(frame, offset, length, now, sink)) {
          unknownProtocols++;
          lcp.rejectProtocol(frame, offset, length);
        }
      }
      case DEAD, ESTABLISH, AUTHENTICATE, TERMINATE -> {
        // To be discarded silently: RFC 1661 sections 3.4, 3.5 and 3.7.
        outOfPhase++;
      }
    }
  }

  /// Adds one control frame to a batch, its mark [#AS_DEFAULT] or 0.
  ///
  /// @return false if there is none, or the batch has no room for it
  public boolean pollTransmit(FrameBatch out, long now) {
    return queue.pollTransmit(out) || bundle.pollTransmit(out);
  }

  /// The next event, or null.
  public @Nullable PppEvent pollEvent() {
    return events.poll();
  }

  /// When [#handleTimeout] is due, or `Long.MAX_VALUE`.
  public long pollTimeout() {
    return Math.min(
        timers.earliest(), Math.min(authentication.pollTimeout(), bundle.pollTimeout()));
  }

  /// Does what is due. May be called early or late.
  public void handleTimeout(long now) {
    for (Timer due = timers.expired(now); due != null; due = timers.expired(now)) {
      switch (due) {
        case LCP_RESTART -> lcp.control().handleTimeout(now);
        case ECHO -> lcp.handleEchoTimeout(now);
        case SESSION_WARNING -> lcp.sendTimeRemaining(WARNING_SECONDS, "");
        case SESSION_END -> end(new TerminationReason.ConnectTime(), now);
      }
    }
    authentication.handleTimeout(now);
    bundle.handleTimeout(now);
    settle(now);
  }

  /// Where it is on its way (RFC 1661 section 3.2).
  public Phase phase() {
    return phase;
  }

  /// Whether there is nothing left to say: the link has not been opened, or it was closed and the
  /// peer has acknowledged that or does not answer. The line may serve for something else then.
  public boolean isClosed() {
    State state = lcp.control().state();
    return state == State.INITIAL || state == State.CLOSED;
  }

  /// How frames are encoded and decoded now. The same object until something changes; to be asked
  /// for again after each LCP frame received and with each batch to send.
  public Framing framing() {
    return lcp.framing();
  }

  /// What it has counted since it was made.
  public LinkStatistics statistics() {
    return new LinkStatistics(
        framesReceived,
        octetsReceived,
        queue.sent() + bundle.controlSent(),
        queue.dropped() + bundle.controlDropped(),
        runts,
        outOfPhase,
        unknownProtocols,
        authentication.dropped(),
        losses,
        events.discards(),
        lcp.echoRoundTrip());
  }

  private void beginSession() {
    reason = null;
    started = true;
    terminated = false;
    bundle.beginSession();
  }

  /// Begins to end the link; the first reason counts.
  private void end(TerminationReason why, long now) {
    if (reason == null) {
      reason = why;
    }
    lcp.control().close(why.toPeer(), now);
  }

  /// The session is over.
  private void finish(TerminationReason why) {
    terminated = true;
    events.add(new PppEvent.Terminated(why));
  }

  /// Draws the consequences of a command or an input.
  private void settle(long now) {
    if (terminated && lcp.control().state().isNegotiating()) {
      // The peer has begun anew on a line that nobody took down.
      beginSession();
    }
    if (linkUp) {
      settleAuthentication(now);
    }
    // Also that of a network phase that has just begun.
    TerminationReason failure = bundle.takeFailure();
    if (failure != null) {
      end(failure, now);
    }
    enter(phaseNow());
  }

  private void settleAuthentication(long now) {
    TerminationReason failure = authentication.failure();
    if (failure != null) {
      end(failure, now);
    } else if (authentication.hasSucceeded() && !bundle.isLinkUp()) {
      startSessionTimers(now);
      bundle.linkUp(authentication.keys(), now);
    }
  }

  private void startSessionTimers(long now) {
    Duration limit = config.sessionLimit();
    if (limit.isZero() || timers.isRunning(Timer.SESSION_END)) {
      return;
    }
    timers.start(Timer.SESSION_END, now + limit.toNanos());
    lcp.sendTimeRemaining((int) limit.toSeconds(), "");
    Duration warning = limit.minusSeconds(WARNING_SECONDS);
    if (warning.toSeconds() > WARNING_SECONDS) {
      timers.start(Timer.SESSION_WARNING, now + warning.toNanos());
    }
  }

  private Phase phaseNow() {
    return switch (lcp.control().state()) {
      case INITIAL, STARTING -> Phase.DEAD;
      case CLOSED, STOPPED -> terminated ? Phase.TERMINATE : Phase.ESTABLISH;
      case CLOSING, STOPPING -> Phase.TERMINATE;
      case REQ_SENT, ACK_RCVD, ACK_SENT -> Phase.ESTABLISH;
      case OPENED -> bundle.isLinkUp() ? Phase.NETWORK : Phase.AUTHENTICATE;
    };
  }

  /// The one place where the phase changes.
  private void enter(Phase next) {
    if (next != phase) {
      phase = next;
      events.add(new PppEvent.PhaseChanged(next));
    }
  }

  /// What LCP tells the link.
  private final class User implements LcpUser {
    @Override
    public void linkUp(long now) {
      linkUp = true;
      bundle.setMtu(lcp.framing().mru());
      events.add(new PppEvent.LinkUp(lcp.framing(), lcp.mru(), lcp.peersProof(), lcp.ourProof()));
      if (lcp.isProofRefused()) {
        end(
            new TerminationReason.AuthenticationFailed(false, "it refuses to prove who it is"),
            now);
      } else {
        authentication.linkUp(lcp.peersProof(), lcp.ourProof(), now);
      }
    }

    @Override
    public void linkDown(long now) {
      linkUp = false;
      // First those who use the keys.
      bundle.linkDown(now);
      authentication.linkDown();
    }

    @Override
    public void linkFinished(Event cause, long now) {
      if (!terminated) {
        finish(reason != null ? reason : reasonFor(cause));
      }
    }

    /// The reason where nobody gave one: Configure-Requests ran out, or the peer ended LCP.
    private TerminationReason reasonFor(Event cause) {
      if (cause != Event.TO_MINUS) {
        return new TerminationReason.PeerRequest("", bundle.wasUp());
      }
      return lcp.isLooped() ? new TerminationReason.LoopedBack() : new TerminationReason.NoAnswer();
    }

    @Override
    public void loopedBack(long now) {
      end(new TerminationReason.LoopedBack(), now);
    }

    @Override
    public void peerDead(int unanswered, long now) {
      end(new TerminationReason.PeerDead(unanswered), now);
    }

    @Override
    public void notConverging(long now) {
      end(new TerminationReason.NotConverging(PppProtocol.name(PppProtocol.LCP)), now);
    }

    @Override
    public void protocolError() {
      if (reason == null) {
        reason = new TerminationReason.ProtocolError();
      }
    }

    @Override
    public void terminateRequested(String text) {
      if (lcp.control().isOpened() && reason == null) {
        reason = new TerminationReason.PeerRequest(printable(text), bundle.wasUp());
      }
    }

    @Override
    public void protocolRejected(int protocol, long now) {
      authentication.protocolRejected(protocol);
      bundle.protocolRejected(protocol, now);
    }
  }

  private static String printable(String text) {
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), 256); i++) {
      char c = text.charAt(i);
      clean.append(c >= 0x20 && c < 0x7f ? c : '?');
    }
    return clean.toString();
  }
}
