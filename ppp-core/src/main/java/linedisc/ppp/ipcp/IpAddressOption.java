package linedisc.ppp.ipcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// IP-Address (RFC 1332 section 3.3): each end says its own address, or 0.0.0.0 to be given one,
/// four octets long.
public final class IpAddressOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1332 section 3.3).
  public static final int TYPE = 3;

  private static final int DATA_LENGTH = 4;

  private final IpcpConfig config;
  private int wish;
  private boolean refused;
  private boolean disputed;
  private int local;
  private int remoteWanted;
  private boolean demanded;
  private int candidate;
  private int remote;

  IpAddressOption(IpcpConfig config) {
    this.config = config;
    this.remoteWanted = config.remoteAddress();
  }

  /// The peer is to have this address.
  void assignRemote(int address) {
    remoteWanted = address;
  }

  /// Our address, 0 if we have none.
  int local() {
    return local;
  }

  /// The peer's address, 0 if it did not say.
  int remote() {
    return remote;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    local = 0;
    remote = 0;
  }

  @Override
  public void begin() {
    wish = config.localAddress();
    refused = false;
    disputed = false;
    demanded = false;
  }

  private boolean isRequested() {
    return config.sendAddress() && !refused;
  }

  @Override
  public void request(OptionWriter out) {
    if (isRequested()) {
      out.add32(TYPE, wish);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    if (!isRequested() || suggestion.dataLength() != DATA_LENGTH || suggestion.u32(0) == 0) {
      return;
    }
    if (config.localAddress() == 0 || config.acceptLocal()) {
      wish = suggestion.u32(0);
    } else {
      disputed = true;
    }
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    if (isRequested()) {
      local = wish;
    } else {
      // A peer that will not talk about addresses does not forbid us to have one; a peer that
      // wanted us to have another would not send packets for ours.
      local = disputed ? 0 : config.localAddress();
    }
  }

  @Override
  public Verdict consider(OptionReader option) {
    boolean readable = option.dataLength() == DATA_LENGTH;
    int value = readable ? option.u32(0) : 0;
    if (remoteWanted == 0) {
      candidate = value;
      return value == 0 ? Verdict.REJECT : Verdict.ACK;
    }
    if (value == remoteWanted || (value != 0 && config.acceptRemote())) {
      candidate = value;
      return Verdict.ACK;
    }
    return Verdict.Nak.u32(remoteWanted);
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = remoteWanted;
    if (demanded || !config.askRemote()) {
      return null;
    }
    // Once only: a peer that has no address to tell would never get through.
    demanded = true;
    return Verdict.Nak.u32(remoteWanted);
  }

  @Override
  public void granted() {
    remote = candidate;
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    return option.dataLength() == DATA_LENGTH ? "addr " + dotted(option.u32(0)) : null;
  }

  /// An address in dotted notation.
  public static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
