package linedisc.ppp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// A control protocol with one option and a scripted peer. The option has type 1 and one octet of
/// data; 7 is the value we ask for and the only one we grant.
final class Rig implements Negotiator, ControlOutput, Journal, TimerTable.Timer {
  static final HexFormat HEX = HexFormat.of();

  /// What happened, in order: `tlu`, `tld`, `tls`, `tlf` with its cause, `ser`, packets in
  /// hexadecimal.
  final List<String> log = new ArrayList<>();

  final List<String> trace = new ArrayList<>();
  final List<Discard> discards = new ArrayList<>();

  /// The codes of the answers to the peer's requests.
  final List<Integer> judged = new ArrayList<>();

  final ControlProtocol control;
  final OneOption option = new OneOption();
  long now = 1000;
  long deadline = TimerTable.NONE;
  int maxLength = 1500;
  boolean closeWhenUp;
  boolean hopeless;

  Rig(RestartPolicy policy) {
    this.control = new ControlProtocol(this, policy, this, this, this);
  }

  Rig() {
    this(RestartPolicy.DEFAULT);
  }

  void receive(String hex) {
    byte[] packet = HEX.parseHex(hex.replace(" ", ""));
    control.receive(packet, 0, packet.length, now);
  }

  /// Lets the Restart timer run out.
  void timeout() {
    now = deadline;
    deadline = TimerTable.NONE;
    control.handleTimeout(now);
  }

  /// Takes what was logged since the last call.
  List<String> take() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  int lastRequestIdentifier() {
    String request = log.stream().filter(e -> e.startsWith("01")).toList().getLast();
    return Integer.parseInt(request.substring(2, 4), 16);
  }

  /// Drives a new protocol to a state.
  Rig reach(State state) {
    switch (state) {
      case INITIAL -> {}
      case STARTING -> control.open(now);
      case CLOSED -> control.lowerUp(now);
      case STOPPED -> {
        reach(State.REQ_SENT);
        while (control.state() == State.REQ_SENT) {
          timeout();
        }
      }
      case CLOSING -> {
        reach(State.REQ_SENT);
        control.close("", now);
      }
      case STOPPING -> {
        reach(State.OPENED);
        receive("05 09 0004");
      }
      case REQ_SENT -> {
        control.open(now);
        control.lowerUp(now);
      }
      case ACK_RCVD -> {
        reach(State.REQ_SENT);
        acknowledge();
      }
      case ACK_SENT -> {
        reach(State.REQ_SENT);
        receive("01 55 0007 010307");
      }
      case OPENED -> {
        reach(State.ACK_SENT);
        acknowledge();
      }
    }
    assertEquals(state, control.state());
    return this;
  }

  void acknowledge() {
    String request = log.stream().filter(e -> e.startsWith("01")).toList().getLast();
    receive("02" + request.substring(2));
  }

  @Override
  public int protocol() {
    return 0x8001;
  }

  @Override
  public String name() {
    return "TCP";
  }

  @Override
  public List<OneOption> options() {
    return List.of(option);
  }

  @Override
  public void thisLayerUp(long at) {
    log.add("tlu");
    if (closeWhenUp) {
      control.close("", at);
    }
  }

  @Override
  public void thisLayerDown(long at) {
    log.add("tld");
  }

  @Override
  public void thisLayerStarted(long at) {
    log.add("tls");
  }

  @Override
  public void thisLayerFinished(Event cause, long at) {
    log.add("tlf " + cause);
  }

  @Override
  public void notConverging(long at) {
    hopeless = true;
  }

  @Override
  public void requestJudged(int answer, long at) {
    judged.add(answer);
  }

  @Override
  public @Nullable Event receive(ControlPacket packet, long at) {
    return packet.code() == 9 ? Event.RXR : Event.RUC;
  }

  @Override
  public void sendEchoReply() {
    log.add("ser");
  }

  @Override
  public void send(int protocol, byte[] packet) {
    log.add(HEX.formatHex(packet));
  }

  @Override
  public int maxPacketLength() {
    return maxLength;
  }

  @Override
  public void transition(String protocol, State from, State to, Event event) {
    trace.add(from + " -> " + to + " (" + event + ")");
  }

  @Override
  public void discarded(String protocol, Discard why) {
    discards.add(why);
  }

  @Override
  public void start(long at) {
    deadline = at;
  }

  @Override
  public void stop() {
    deadline = TimerTable.NONE;
  }

  /// The option.
  static final class OneOption implements ConfigurationOption {
    int wish = 7;
    int confirmed;
    int granted;
    boolean refused;
    boolean demand;

    @Override
    public int type() {
      return 1;
    }

    @Override
    public void reset() {
      confirmed = 0;
      granted = 0;
    }

    @Override
    public void begin() {
      wish = 7;
      refused = false;
    }

    @Override
    public void request(OptionWriter out) {
      if (!refused) {
        out.add(1, new byte[] {(byte) wish});
      }
    }

    @Override
    public void naked(OptionReader suggestion) {
      if (suggestion.dataLength() == 1) {
        wish = suggestion.u8(0);
      }
    }

    @Override
    public void rejected() {
      refused = true;
    }

    @Override
    public void confirmed() {
      confirmed++;
    }

    @Override
    public Verdict consider(OptionReader data) {
      return data.dataLength() == 1 && data.u8(0) == 7 ? Verdict.ACK : Verdict.Nak.u8(7);
    }

    @Override
    public Verdict.@Nullable Nak absent() {
      return demand ? Verdict.Nak.u8(7) : null;
    }

    @Override
    public void granted() {
      granted++;
    }
  }
}
