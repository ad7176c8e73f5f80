package linedisc.ppp.lcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// Maximum-Receive-Unit (RFC 1661 section 6.1): octets of the information field, two octets long.
public final class MruOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1661 section 6.1).
  public static final int TYPE = 1;

  /// What holds where nothing else was agreed on; everybody must be able to receive that much.
  public static final int DEFAULT = 1500;

  /// The least that we grant. Below it no control packet could be relied on to fit.
  public static final int MIN = 128;

  private static final int DATA_LENGTH = 2;

  private final boolean negotiable;
  private final int configured;
  private int wish;
  private boolean refused;
  private int candidate = DEFAULT;
  private int ourMru = DEFAULT;
  private int peerMru = DEFAULT;

  MruOption(LcpConfig config) {
    this.negotiable = config.negotiateMru();
    this.configured = config.mru();
    this.wish = configured;
  }

  /// The longest information field that the peer may send.
  int ourMru() {
    return ourMru;
  }

  /// The longest information field that the peer takes.
  int peerMru() {
    return peerMru;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    ourMru = DEFAULT;
    peerMru = DEFAULT;
  }

  @Override
  public void begin() {
    wish = configured;
    refused = false;
  }

  @Override
  public void request(OptionWriter out) {
    if (negotiable && !refused && wish != DEFAULT) {
      out.add16(TYPE, wish);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    if (suggestion.dataLength() != DATA_LENGTH) {
      return;
    }
    int value = suggestion.u16(0);
    if (value >= MIN && value <= Math.max(configured, DEFAULT)) {
      wish = value;
    }
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    // What the peer may send; the decoder takes the configured size and the default at any time.
    ourMru = negotiable && !refused ? wish : DEFAULT;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (!negotiable) {
      return Verdict.REJECT;
    }
    if (option.dataLength() != DATA_LENGTH) {
      return Verdict.Nak.u16(DEFAULT);
    }
    if (option.u16(0) < MIN) {
      return Verdict.Nak.u16(MIN);
    }
    candidate = option.u16(0);
    return Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = DEFAULT;
    return null;
  }

  @Override
  public void granted() {
    peerMru = candidate;
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    return option.dataLength() == DATA_LENGTH ? "mru " + option.u16(0) : null;
  }
}
