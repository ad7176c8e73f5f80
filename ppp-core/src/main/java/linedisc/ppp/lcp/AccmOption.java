package linedisc.ppp.lcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// Async-Control-Character-Map (RFC 1662 section 7.1): which of the octets 0 to 31 must arrive
/// escaped, bit n for octet n, four octets long.
public final class AccmOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1662 section 7.1).
  public static final int TYPE = 2;

  /// What holds where nothing else was agreed on: all of them.
  public static final int DEFAULT = 0xffffffff;

  private static final int DATA_LENGTH = 4;

  private final boolean negotiable;
  private int configured;
  private int alwaysEscaped;
  private int wish;
  private boolean refused;
  private int receiveMap = DEFAULT;
  private int candidate = DEFAULT;
  private int peerMap = DEFAULT;

  AccmOption(LcpConfig config) {
    this.negotiable = config.negotiateAccm();
    this.configured = config.accm();
    this.alwaysEscaped = config.escapedControls();
    this.wish = configured;
  }

  /// The line itself takes these octets for its own: never to be sent plainly, and from the next
  /// negotiation on asked of the peer.
  void reserve(int controls) {
    configured |= controls;
    alwaysEscaped |= controls;
  }

  /// What the peer escapes; an unescaped octet of this set was put in by the line.
  int receiveMap() {
    return receiveMap;
  }

  /// What we escape: what the peer wants escaped, and what we escape whatever it wants.
  int sendMap() {
    return peerMap | alwaysEscaped;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    receiveMap = DEFAULT;
    peerMap = DEFAULT;
  }

  @Override
  public void begin() {
    wish = configured;
    refused = false;
  }

  private boolean isRequested() {
    return negotiable && !refused && wish != DEFAULT;
  }

  @Override
  public void request(OptionWriter out) {
    if (isRequested()) {
      out.add32(TYPE, wish);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    if (suggestion.dataLength() == DATA_LENGTH) {
      // The peer knows of octets that get lost on its side.
      wish |= suggestion.u32(0);
    }
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    receiveMap = isRequested() ? wish : DEFAULT;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (!negotiable) {
      return Verdict.REJECT;
    }
    if (option.dataLength() != DATA_LENGTH) {
      return Verdict.Nak.u32(alwaysEscaped);
    }
    int value = option.u32(0);
    if ((alwaysEscaped & ~value) != 0) {
      return Verdict.Nak.u32(value | alwaysEscaped);
    }
    candidate = value;
    return Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = DEFAULT;
    return null;
  }

  @Override
  public void granted() {
    peerMap = candidate;
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    return option.dataLength() == DATA_LENGTH
        ? String.format("asyncmap 0x%x", option.u32(0))
        : null;
  }
}
