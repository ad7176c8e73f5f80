package linedisc.ppp.ipcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// The four options by which an end asks for the address of a name server (RFC 1877), four octets
/// long each; 0.0.0.0 asks.
public final class NameServerOption implements ConfigurationOption {
  /// Primary DNS server.
  public static final int PRIMARY_DNS = 129;

  /// Primary NBNS (WINS) server.
  public static final int PRIMARY_NBNS = 130;

  /// Secondary DNS server.
  public static final int SECONDARY_DNS = 131;

  /// Secondary NBNS (WINS) server.
  public static final int SECONDARY_NBNS = 132;

  private static final int DATA_LENGTH = 4;

  private final int type;
  private final boolean ask;
  private final int offered;
  private int wish;
  private boolean refused;
  private int received;

  /// @param ask whether we want to know the peer's
  /// @param offered what we tell the peer, 0 for nothing
  NameServerOption(int type, boolean ask, int offered) {
    this.type = type;
    this.ask = ask;
    this.offered = offered;
  }

  /// The address that the peer gave us, 0 for none.
  int received() {
    return received;
  }

  @Override
  public int type() {
    return type;
  }

  @Override
  public void reset() {
    received = 0;
  }

  @Override
  public void begin() {
    wish = 0;
    refused = false;
  }

  @Override
  public void request(OptionWriter out) {
    if (ask && !refused) {
      out.add32(type, wish);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    if (suggestion.dataLength() == DATA_LENGTH) {
      wish = suggestion.u32(0);
    }
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    received = ask && !refused ? wish : 0;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (offered == 0) {
      return Verdict.REJECT;
    }
    if (option.dataLength() == DATA_LENGTH && option.u32(0) == offered) {
      return Verdict.ACK;
    }
    return Verdict.Nak.u32(offered);
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    return null;
  }

  @Override
  public void granted() {
    // What the peer does with the address is its own affair.
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() != DATA_LENGTH) {
      return null;
    }
    String name =
        switch (option.type()) {
          case PRIMARY_DNS -> "ms-dns1";
          case SECONDARY_DNS -> "ms-dns2";
          default -> "ms-wins";
        };
    return name + " " + IpAddressOption.dotted(option.u32(0));
  }
}
