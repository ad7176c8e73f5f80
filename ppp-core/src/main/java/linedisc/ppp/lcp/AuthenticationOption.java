package linedisc.ppp.lcp;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Authentication-Protocol (RFC 1661 section 6.2): how the one who sends it wants the other to
/// prove who it is. The Protocol field of the authentication, and for CHAP the algorithm.
public final class AuthenticationOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1661 section 6.2).
  public static final int TYPE = 3;

  private static final int PROTOCOL_LENGTH = 2;

  private final List<AuthMethod> demanded;

  /// Best first.
  private final List<AuthMethod> acceptable = new ArrayList<>();

  /// What may still be demanded in this negotiation, best first.
  private final List<AuthMethod> wishes = new ArrayList<>();

  private int suggestions;
  private @Nullable AuthMethod peers;
  private @Nullable AuthMethod candidate;
  private @Nullable AuthMethod ours;

  AuthenticationOption(AuthConfig config) {
    this.demanded = config.demanded();
    for (AuthMethod method : AuthMethod.BEST_FIRST) {
      if (config.accepted().contains(method)) {
        acceptable.add(method);
      }
    }
  }

  /// How the peer proves who it is, as it has acknowledged; null if it need not, or refuses to.
  @Nullable AuthMethod peersProof() {
    return peers;
  }

  /// How we prove who we are, as we have acknowledged; null if we need not.
  @Nullable AuthMethod ourProof() {
    return ours;
  }

  /// Whether the peer has refused everything that we demand.
  boolean isRefused() {
    return peers == null && !demanded.isEmpty();
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    peers = null;
    ours = null;
  }

  @Override
  public void begin() {
    wishes.clear();
    wishes.addAll(demanded);
    suggestions = 0;
  }

  @Override
  public void request(OptionWriter out) {
    if (!wishes.isEmpty()) {
      out.add(TYPE, wishes.getFirst().optionValue());
    }
  }

  /// What was asked for is out of the question. The peer's suggestion comes next if it is one of
  /// ours, else what we like next.
  @Override
  public void naked(OptionReader suggestion) {
    if (wishes.isEmpty()) {
      return;
    }
    wishes.removeFirst();
    AuthMethod suggested = method(suggestion);
    if (suggested != null && wishes.remove(suggested)) {
      wishes.addFirst(suggested);
    }
  }

  @Override
  public void rejected() {
    wishes.clear();
  }

  @Override
  public void confirmed() {
    peers = wishes.isEmpty() ? null : wishes.getFirst();
  }

  /// What we don't accept is answered with what we do, another each time: a peer that knows none of
  /// it but the last need not guess.
  @Override
  public Verdict consider(OptionReader option) {
    AuthMethod method = method(option);
    if (method != null && acceptable.contains(method)) {
      candidate = method;
      return Verdict.ACK;
    }
    if (acceptable.isEmpty()) {
      return Verdict.REJECT;
    }
    return new Verdict.Nak(acceptable.get(suggestions++ % acceptable.size()).optionValue());
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = null;
    return null;
  }

  @Override
  public void granted() {
    ours = candidate;
  }

  private static @Nullable AuthMethod method(OptionReader option) {
    return AuthMethod.ofOption(option.data(), 0, option.dataLength());
  }

  /// The option in pppd's notation, or null if the data is shorter than a Protocol field.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() < PROTOCOL_LENGTH) {
      return null;
    }
    int protocol = option.u16(0);
    return switch (protocol) {
      case PppProtocol.PAP -> "auth pap" + rest(option, 2);
      case PppProtocol.EAP -> "auth eap" + rest(option, 2);
      case PppProtocol.CHAP -> chap(option);
      default -> String.format("auth 0x%x", protocol) + rest(option, 2);
    };
  }

  private static String chap(OptionReader option) {
    if (option.dataLength() == PROTOCOL_LENGTH) {
      return "auth chap";
    }
    AuthMethod method = AuthMethod.ofOption(option.data(), 0, PROTOCOL_LENGTH + 1);
    if (method == null) {
      return "auth chap" + rest(option, PROTOCOL_LENGTH);
    }
    return "auth " + method.text() + rest(option, PROTOCOL_LENGTH + 1);
  }

  private static String rest(OptionReader option, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < option.dataLength(); i++) {
      text.append(String.format(" %02x", option.u8(i)));
    }
    return text.toString();
  }
}
