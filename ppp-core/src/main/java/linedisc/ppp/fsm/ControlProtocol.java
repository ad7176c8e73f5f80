package linedisc.ppp.fsm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/// Runs the automaton of RFC 1661 for one control protocol.
///
/// Commands are [#open], [#close], [#lowerUp] and [#lowerDown]; inputs are [#receive] and
/// [#handleTimeout]. What goes out is handed to the [ControlOutput], what happens to the protocol
/// is told to its [Negotiator]. Not thread-safe: the engine's caller holds the lock.
///
/// Two things go beyond the table. A late copy of a Configure-Request that has been acknowledged is
/// acknowledged again and does not end the Opened state, and a negotiation that goes round and
/// round is closed (section 4.5 asks for something of the kind).
public final class ControlProtocol {
  private final Negotiator negotiator;
  private final RestartPolicy policy;
  private final TimerTable.Timer restartTimer;
  private final ControlOutput output;
  private final Journal journal;
  private final OptionNegotiation negotiation;

  private State state = State.INITIAL;
  private int restartCount;
  private int lastIdentifier;
  private int terminateIdentifier;
  private byte[] terminateData = {};
  private OptionNegotiation.@Nullable Answer answer;
  private @Nullable ControlPacket received;

  private boolean running;
  private final Queue<Event> waiting = new ArrayDeque<>();

  /// In state Initial.
  ///
  /// @param restartTimer the Restart timer, whose owner calls [#handleTimeout] when it is due
  public ControlProtocol(
      Negotiator negotiator,
      RestartPolicy policy,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      Journal journal) {
    this.negotiator = negotiator;
    this.policy = policy;
    this.restartTimer = restartTimer;
    this.output = output;
    this.journal = journal;
    this.negotiation = new OptionNegotiation(negotiator.options(), policy);
  }

  /// Where the automaton is.
  public State state() {
    return state;
  }

  /// Whether it is in [State#OPENED].
  public boolean isOpened() {
    return state == State.OPENED;
  }

  /// The number of the Protocol field.
  public int protocol() {
    return negotiator.protocol();
  }

  /// Administrative open.
  public void open(long now) {
    handle(Event.OPEN, now);
  }

  /// Administrative close.
  ///
  /// @param text the data of the Terminate-Request, may be empty
  public void close(String text, long now) {
    terminateData = text.getBytes(StandardCharsets.UTF_8);
    handle(Event.CLOSE, now);
  }

  /// The lower layer is up.
  public void lowerUp(long now) {
    handle(Event.UP, now);
  }

  /// The lower layer is down.
  public void lowerDown(long now) {
    if (state.isUp()) {
      handle(Event.DOWN, now);
    }
  }

  /// Negotiates anew, by the way that RFC 1661 section 4.3 describes for an Open event in the
  /// states Stopped, Closing, Stopping and Opened: Down, then Up. Does nothing in other states.
  public void renegotiate(long now) {
    Transition open = TransitionTable.on(state, Event.OPEN);
    if (open != null && open.note() == Transition.Note.RESTART) {
      handle(Event.OPEN, now);
      handle(Event.DOWN, now);
      handle(Event.UP, now);
    }
  }

  /// The peer does not know this protocol. Nothing more is sent (RFC 1661 section 5.7); a
  /// Configure-Request by the peer would start a new negotiation.
  public void protocolRejected(long now) {
    if (!state.isUp() || running) {
      return;
    }
    handle(Event.DOWN, now);
    enter(state == State.STARTING ? State.STOPPED : State.CLOSED, Event.RXJ_MINUS);
    negotiator.thisLayerFinished(Event.RXJ_MINUS, now);
  }

  /// The Restart timer ran out.
  public void handleTimeout(long now) {
    if (!state.isTimed()) {
      return;
    }
    if (restartCount > 0 && state == State.ACK_RCVD) {
      negotiation.wasted();
    }
    handle(restartCount > 0 ? Event.TO_PLUS : Event.TO_MINUS, now);
    giveUpIfHopeless(now);
  }

  /// Takes one packet of this protocol, from its Code field on. Malformed ones are dropped.
  public void receive(byte[] buffer, int offset, int length, long now) {
    ControlPacket.Fault fault = ControlPacket.check(buffer, offset, length);
    if (fault != null) {
      discard(
          switch (fault) {
            case SHORT_HEADER -> Discard.SHORT_HEADER;
            case LENGTH_BELOW_HEADER -> Discard.LENGTH_BELOW_HEADER;
            case LENGTH_BEYOND_PACKET -> Discard.LENGTH_BEYOND_PACKET;
          });
      return;
    }
    if (!state.isUp()) {
      discard(Discard.NOT_READY);
      return;
    }
    ControlPacket packet = ControlPacket.view(buffer, offset, length);
    received = packet;
    switch (packet.code()) {
      case ControlCode.CONFIGURE_REQUEST -> receiveRequest(packet, now);
      case ControlCode.CONFIGURE_ACK, ControlCode.CONFIGURE_NAK, ControlCode.CONFIGURE_REJECT ->
          receiveAnswer(packet, now);
      case ControlCode.TERMINATE_REQUEST -> {
        negotiator.terminateRequested(
            new String(
                buffer, packet.dataOffset(), packet.dataLength(), StandardCharsets.ISO_8859_1));
        handle(Event.RTR, now);
      }
      case ControlCode.TERMINATE_ACK -> handle(Event.RTA, now);
      case ControlCode.CODE_REJECT -> receiveCodeReject(packet, now);
      default -> {
        Event event = negotiator.receive(packet, now);
        if (event != null) {
          handle(event, now);
        }
      }
    }
    received = null;
  }

  private void receiveRequest(ControlPacket packet, long now) {
    boolean fresh = state == State.STOPPED || state == State.OPENED;
    if (!fresh && !state.isNegotiating()) {
      // Closed, Closing and Stopping: the table has one answer, whatever the options are.
      handle(Event.RCR_MINUS, now);
      return;
    }
    if (!packet.options().isWellFormed()) {
      discard(Discard.MALFORMED_OPTIONS);
      return;
    }
    if (state == State.OPENED && negotiation.isLateCopy(packet, now)) {
      send(ControlCode.CONFIGURE_ACK, packet.identifier(), packet.data());
      return;
    }
    if (fresh) {
      negotiation.begin();
    }
    OptionNegotiation.Answer judged = negotiation.judge(packet, output.maxPacketLength());
    if (judged == null) {
      discard(Discard.ANSWER_TOO_LONG);
      return;
    }
    answer = judged;
    negotiator.requestJudged(judged.code(), now);
    boolean good = judged.code() == ControlCode.CONFIGURE_ACK;
    handle(good ? Event.RCR_PLUS : Event.RCR_MINUS, now);
    answer = null;
    giveUpIfHopeless(now);
  }

  private void receiveAnswer(ControlPacket packet, long now) {
    if (!negotiation.awaits(packet.identifier())) {
      discard(Discard.WRONG_IDENTIFIER);
      return;
    }
    if (!packet.options().isWellFormed()) {
      discard(Discard.MALFORMED_OPTIONS);
      return;
    }
    boolean ack = packet.code() == ControlCode.CONFIGURE_ACK;
    Duration pause = ack ? null : negotiator.pauseAfterOwn(packet);
    if (pause != null) {
      negotiation.markStale();
      discard(Discard.ECHOED);
      if (state.isNegotiating()) {
        startTimer(now, pause.compareTo(policy.interval()) < 0 ? pause : policy.interval());
      }
      return;
    }
    if (!negotiation.fits(packet)) {
      discard(Discard.WRONG_OPTIONS);
      return;
    }
    if (state.isNegotiating()) {
      if (ack) {
        negotiation.confirmed();
        negotiator.optionsChanged();
      } else {
        negotiation.refused(packet);
      }
    }
    handle(ack ? Event.RCA : Event.RCN, now);
    giveUpIfHopeless(now);
  }

  private void receiveCodeReject(ControlPacket packet, long now) {
    if (packet.dataLength() < ControlPacket.HEADER_LENGTH) {
      discard(Discard.MALFORMED_BODY);
      return;
    }
    int rejected = packet.buffer()[packet.dataOffset()] & 0xff;
    negotiator.codeRejected(rejected);
    handle(ControlCode.isFundamental(rejected) ? Event.RXJ_MINUS : Event.RXJ_PLUS, now);
  }

  private void giveUpIfHopeless(long now) {
    if (state.isNegotiating() && negotiation.isHopeless()) {
      negotiator.notConverging(now);
      if (state.isNegotiating()) {
        handle(Event.CLOSE, now);
      }
    }
  }

  /// Counts and traces a packet that was dropped.
  public void discard(Discard why) {
    journal.discarded(negotiator.name(), why);
  }

  /// Sends a packet with an identifier of its own.
  ///
  /// @return the identifier
  public int send(int code, byte[] data) {
    int identifier = nextIdentifier();
    send(code, identifier, data);
    return identifier;
  }

  /// Sends a packet, its data cut to what the peer takes.
  public void send(int code, int identifier, byte[] data) {
    int length = Math.min(data.length, output.maxPacketLength() - ControlPacket.HEADER_LENGTH);
    output.send(negotiator.protocol(), ControlPacket.build(code, identifier, data, 0, length));
  }

  private int nextIdentifier() {
    lastIdentifier = (lastIdentifier + 1) & 0xff;
    return lastIdentifier;
  }

  private void handle(Event event, long now) {
    if (running) {
      waiting.add(event);
      return;
    }
    running = true;
    try {
      for (Event next = event; next != null; next = waiting.poll()) {
        step(next, now);
      }
    } finally {
      running = false;
    }
  }

  private void step(Event event, long now) {
    Transition transition = TransitionTable.on(state, event);
    if (transition == null) {
      journal.transition(negotiator.name(), state, state, event);
      return;
    }
    State from = state;
    if (event == Event.UP) {
      negotiation.reset();
      negotiator.optionsChanged();
    }
    boolean begins = !from.isNegotiating() && transition.next().isNegotiating();
    if (begins && policy.silent() && (event == Event.UP || event == Event.OPEN)) {
      enter(State.STOPPED, event);
      return;
    }
    if (begins) {
      terminateData = new byte[0];
      if (answer == null) {
        negotiation.begin();
      }
    }
    enter(transition.next(), event);
    for (Action action : transition.actions()) {
      perform(action, event, transition, now);
    }
  }

  /// The one place where the state changes.
  private void enter(State next, Event event) {
    State from = state;
    state = next;
    if (!next.isTimed()) {
      restartTimer.stop();
    }
    if (next != from) {
      journal.transition(negotiator.name(), from, next, event);
    }
  }

  private void perform(Action action, Event event, Transition transition, long now) {
    switch (action) {
      case TLU -> {
        negotiation.opened(now);
        negotiator.thisLayerUp(now);
      }
      case TLD -> negotiator.thisLayerDown(now);
      case TLS -> negotiator.thisLayerStarted(now);
      case TLF -> {
        if (transition.note() != Transition.Note.PASSIVE || !policy.passive()) {
          negotiator.thisLayerFinished(event, now);
        }
      }
      case IRC ->
          restartCount =
              transition.actions().contains(Action.STR)
                  ? policy.maxTerminate()
                  : policy.maxConfigure();
      case ZRC -> {
        restartCount = 0;
        startTimer(now);
      }
      case SCR -> sendRequest(event, now);
      case SCA -> sendAck();
      case SCN -> sendNak();
      case STR -> sendTerminateRequest(event, now);
      case STA -> send(ControlCode.TERMINATE_ACK, receivedIdentifier(), new byte[0]);
      case SCJ -> sendCodeReject();
      case SER -> negotiator.sendEchoReply();
    }
  }

  private void sendRequest(Event event, long now) {
    if (event != Event.TO_PLUS || !negotiation.mayRepeat()) {
      negotiation.newRequest(nextIdentifier(), output.maxPacketLength(), now);
    }
    send(ControlCode.CONFIGURE_REQUEST, negotiation.requestIdentifier(), negotiation.request());
    restartCount--;
    startTimer(now);
  }

  private void sendAck() {
    if (answer != null) {
      send(answer.code(), receivedIdentifier(), answer.options());
      negotiation.granted(answer);
      negotiator.optionsChanged();
    }
  }

  private void sendNak() {
    if (answer != null) {
      send(answer.code(), receivedIdentifier(), answer.options());
    }
  }

  private void sendTerminateRequest(Event event, long now) {
    if (event != Event.TO_PLUS) {
      terminateIdentifier = nextIdentifier();
    }
    send(ControlCode.TERMINATE_REQUEST, terminateIdentifier, terminateData);
    restartCount--;
    startTimer(now);
  }

  private void sendCodeReject() {
    ControlPacket packet = received;
    if (packet != null) {
      send(ControlCode.CODE_REJECT, packet.toBytes());
    }
  }

  private int receivedIdentifier() {
    return received == null ? 0 : received.identifier();
  }

  private void startTimer(long now) {
    startTimer(now, policy.interval());
  }

  private void startTimer(long now, Duration length) {
    restartTimer.start(now + length.toNanos());
  }
}
