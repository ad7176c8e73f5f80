package linedisc.ppp.lcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.ControlProtocol;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.Negotiator;
import linedisc.ppp.hdlc.AsyncMap;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// LCP on one link: its options, and its codes from 8 on.
///
/// Values that the peer acknowledges count from the moment its Configure-Ack has been read, values
/// that we acknowledge from the moment our Configure-Ack is on its way: [#framing] gives what
/// counts now.
public final class Lcp implements Negotiator {
  private static final int MAGIC_LENGTH = 4;

  private final LcpConfig config;
  private final LcpUser user;
  private final ControlProtocol control;
  private final Echo echo;

  private final MruOption mru;
  private final AccmOption accm;
  private final AuthenticationOption authentication;
  private final MagicNumberOption magic;
  private final CompressionOption protocolCompression;
  private final CompressionOption addressControlCompression;
  private final List<ConfigurationOption> options;

  private Framing framing;
  private @Nullable ControlPacket echoRequest;

  /// In state Initial.
  ///
  /// @param restartTimer the Restart timer; when due, call `control().handleTimeout`
  /// @param echoTimer the echo timer; when due, call [#handleEchoTimeout]
  public Lcp(
      LcpConfig config,
      AuthConfig auth,
      RandomGenerator random,
      TimerTable.Timer restartTimer,
      TimerTable.Timer echoTimer,
      ControlOutput output,
      Journal journal,
      LcpUser user) {
    this.config = config;
    this.user = user;
    this.mru = new MruOption(config);
    this.accm = new AccmOption(config);
    this.authentication = new AuthenticationOption(auth);
    this.magic = new MagicNumberOption(config, random);
    this.protocolCompression =
        new CompressionOption(CompressionOption.PROTOCOL_FIELD, config.protocolCompression());
    this.addressControlCompression =
        new CompressionOption(
            CompressionOption.ADDRESS_CONTROL_FIELD, config.addressControlCompression());
    this.options =
        List.of(mru, accm, authentication, magic, protocolCompression, addressControlCompression);
    this.framing = framingInForce();
    this.echo = new Echo(config, echoTimer);
    this.control = new ControlProtocol(this, config.restart(), restartTimer, output, journal);
  }

  /// The automaton.
  public ControlProtocol control() {
    return control;
  }

  /// How frames are sent and received now. The same object until something changes.
  public Framing framing() {
    return framing;
  }

  /// The line takes these octets for its own, as software flow control does with XON and XOFF: they
  /// are escaped from now on, and the peer is asked for the same in the next negotiation.
  ///
  /// @param accm bit n for octet n
  public void reserveControls(int accm) {
    this.accm.reserve(accm);
    optionsChanged();
  }

  /// The longest information field that the peer may send.
  public int mru() {
    return mru.ourMru();
  }

  /// How the peer has to prove who it is; null if it need not, or refuses to.
  public @Nullable AuthMethod peersProof() {
    return authentication.peersProof();
  }

  /// How we have to prove who we are; null if we need not.
  public @Nullable AuthMethod ourProof() {
    return authentication.ourProof();
  }

  /// Whether the peer has refused every proof that we demand.
  public boolean isProofRefused() {
    return authentication.isRefused();
  }

  /// Nanoseconds that the last Echo-Reply took, -1 if there was none.
  public long echoRoundTrip() {
    return echo.roundTrip();
  }

  /// Whether the peer's last Configure-Request was our own.
  public boolean isLooped() {
    return magic.loops() > 0;
  }

  /// Any good frame was received: adaptive echoes need not be sent.
  public void heard() {
    echo.heard();
  }

  /// The echo timer ran out.
  public void handleEchoTimeout(long now) {
    switch (echo.timeout(now)) {
      case NOTHING -> {}
      case REQUEST ->
          control.send(
              ControlCode.ECHO_REQUEST, echo.sent(now), OptionWriter.octets32(magic.ours()));
      case PEER_DEAD -> user.peerDead(echo.unanswered(), now);
    }
  }

  /// Answers a frame of an unknown protocol (RFC 1661 section 5.7). Does nothing unless Opened.
  ///
  /// @param frame Protocol field and information, `length` octets from `offset`
  public void rejectProtocol(byte[] frame, int offset, int length) {
    if (control.isOpened()) {
      int copied = Math.min(length, MruOption.DEFAULT);
      control.send(ControlCode.PROTOCOL_REJECT, Arrays.copyOfRange(frame, offset, offset + copied));
    }
  }

  /// Tells the peer how long the session will last (RFC 1570 section 1.2). Does nothing unless
  /// Opened.
  ///
  /// @param seconds an unsigned 32-bit number
  public void sendTimeRemaining(int seconds, String message) {
    if (control.isOpened()) {
      control.send(
          ControlCode.TIME_REMAINING,
          withMagicNumber(join(OptionWriter.octets32(seconds), utf8(message))));
    }
  }

  private void sendIdentification() {
    if (!config.identification().isEmpty()) {
      control.send(ControlCode.IDENTIFICATION, withMagicNumber(utf8(config.identification())));
    }
  }

  private byte[] withMagicNumber(byte[] rest) {
    return join(OptionWriter.octets32(magic.ours()), rest);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int protocol() {
    return PppProtocol.LCP;
  }

  @Override
  public String name() {
    return PppProtocol.name(PppProtocol.LCP);
  }

  @Override
  public List<ConfigurationOption> options() {
    return options;
  }

  @Override
  public void optionsChanged() {
    Framing changed = framingInForce();
    if (!changed.equals(framing)) {
      framing = changed;
    }
  }

  private Framing framingInForce() {
    return new Framing(
        AsyncMap.of(accm.sendMap(), config.escapedOthers()),
        accm.receiveMap(),
        protocolCompression.peerAccepts(),
        addressControlCompression.peerAccepts(),
        Math.min(mru.peerMru(), config.mtu()));
  }

  @Override
  public void thisLayerUp(long now) {
    sendIdentification();
    echo.start(now);
    user.linkUp(now);
  }

  @Override
  public void thisLayerDown(long now) {
    echo.stop();
    user.linkDown(now);
  }

  @Override
  public void thisLayerFinished(Event cause, long now) {
    user.linkFinished(cause, now);
  }

  @Override
  public void notConverging(long now) {
    user.notConverging(now);
  }

  @Override
  public void requestJudged(int answer, long now) {
    if (magic.loops() >= config.loopbackLimit()) {
      user.loopedBack(now);
    }
  }

  /// A looped line sends our Configure-Nak back, and a modem that still echoes does so too, before
  /// it connects. If it were answered with a new request at once, the two would race to the limit
  /// and a modem would have no time; so there is a pause before the next request.
  @Override
  public @Nullable Duration pauseAfterOwn(ControlPacket answer) {
    OptionReader reader = answer.options();
    while (reader.next()) {
      if (reader.type() == MagicNumberOption.TYPE && magic.isOwnSuggestion(reader)) {
        return config.loopbackPause();
      }
    }
    return null;
  }

  @Override
  public void terminateRequested(String text) {
    user.terminateRequested(text);
  }

  @Override
  public void codeRejected(int code) {
    if (ControlCode.isFundamental(code)) {
      user.protocolError();
    } else if (code == ControlCode.ECHO_REQUEST) {
      echo.stop();
    }
  }

  @Override
  public @Nullable Event receive(ControlPacket packet, long now) {
    return switch (packet.code()) {
      case ControlCode.IDENTIFICATION, ControlCode.TIME_REMAINING, ControlCode.DISCARD_REQUEST ->
          Event.RXR;
      case ControlCode.PROTOCOL_REJECT, ControlCode.ECHO_REQUEST, ControlCode.ECHO_REPLY ->
          receiveWhenOpened(packet, now);
      default -> Event.RUC;
    };
  }

  private @Nullable Event receiveWhenOpened(ControlPacket packet, long now) {
    if (!control.isOpened()) {
      control.discard(Discard.NOT_OPENED);
      return null;
    }
    if (packet.code() == ControlCode.PROTOCOL_REJECT) {
      return receiveProtocolReject(packet, now);
    }
    if (packet.dataLength() < MAGIC_LENGTH) {
      control.discard(Discard.MALFORMED_BODY);
      return null;
    }
    int number =
        PppProtocol.read(packet.buffer(), packet.dataOffset()) << 16
            | PppProtocol.read(packet.buffer(), packet.dataOffset() + 2);
    if (number != 0 && number == magic.ours()) {
      control.discard(Discard.ECHOED);
      return null;
    }
    if (packet.code() == ControlCode.ECHO_REQUEST) {
      echoRequest = packet;
    } else {
      echo.answered(packet.identifier(), now);
    }
    return Event.RXR;
  }

  private @Nullable Event receiveProtocolReject(ControlPacket packet, long now) {
    if (packet.dataLength() < PppProtocol.FIELD_LENGTH) {
      control.discard(Discard.MALFORMED_BODY);
      return null;
    }
    int rejected = PppProtocol.read(packet.buffer(), packet.dataOffset());
    if (rejected == PppProtocol.LCP) {
      user.protocolError();
      return Event.RXJ_MINUS;
    }
    user.protocolRejected(rejected, now);
    return Event.RXJ_PLUS;
  }

  @Override
  public void sendEchoReply() {
    ControlPacket request = echoRequest;
    echoRequest = null;
    if (request != null) {
      byte[] data = request.data();
      System.arraycopy(OptionWriter.octets32(magic.ours()), 0, data, 0, MAGIC_LENGTH);
      control.send(ControlCode.ECHO_REPLY, request.identifier(), data);
    }
  }
}
