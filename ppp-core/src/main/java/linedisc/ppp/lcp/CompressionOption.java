package linedisc.ppp.lcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// Protocol-Field-Compression and Address-and-Control-Field-Compression (RFC 1661 sections 6.5 and
/// 6.6): options that say yes by being there and have no data. Who sends one can receive compressed
/// frames.
public final class CompressionOption implements ConfigurationOption {
  /// Protocol-Field-Compression.
  public static final int PROTOCOL_FIELD = 7;

  /// Address-and-Control-Field-Compression.
  public static final int ADDRESS_CONTROL_FIELD = 8;

  private final int type;
  private final boolean negotiable;
  private boolean refused;
  private boolean candidate;
  private boolean peerAccepts;

  CompressionOption(int type, boolean negotiable) {
    this.type = type;
    this.negotiable = negotiable;
  }

  /// Whether the peer takes compressed fields.
  boolean peerAccepts() {
    return peerAccepts;
  }

  @Override
  public int type() {
    return type;
  }

  @Override
  public void reset() {
    peerAccepts = false;
  }

  @Override
  public void begin() {
    refused = false;
  }

  @Override
  public void request(OptionWriter out) {
    if (negotiable && !refused) {
      out.add(type);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    // There is no other value; an option without data is rejected, not Nak'd (section 5.3).
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    // Compressed frames are accepted in any case.
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (!negotiable || option.dataLength() != 0) {
      return Verdict.REJECT;
    }
    candidate = true;
    return Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = false;
    return null;
  }

  @Override
  public void granted() {
    peerAccepts = candidate;
  }

  /// The option in pppd's notation, or null if it has data.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() != 0) {
      return null;
    }
    return option.type() == PROTOCOL_FIELD ? "pcomp" : "accomp";
  }
}
