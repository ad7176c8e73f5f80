package linedisc.ppp.ipv6cp;

import java.util.random.RandomGenerator;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// Interface-Identifier (RFC 5072 section 4.1): each end says its own identifier, or zero to be
/// given one, eight octets long. The two have to differ.
public final class InterfaceIdentifierOption implements ConfigurationOption {
  /// The Type field of this option (RFC 5072 section 4.1).
  public static final int TYPE = 1;

  private final Ipv6cpConfig config;
  private final RandomGenerator random;

  /// What we wish for where nothing is configured; survives a negotiation, so that our address
  /// stays the same if it can.
  private long tentative;

  private long wish;
  private boolean refused;
  private boolean disputed;
  private long local;

  private boolean demanded;

  /// Whether the peer has said another identifier than it is to have.
  private boolean stubborn;

  /// What the last Configure-Nak suggested to the peer, 0 if none was sent.
  private long suggested;

  private long candidate;
  private long remote;

  InterfaceIdentifierOption(Ipv6cpConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
    if (!config.askLocal()) {
      tentative = InterfaceIdentifier.random(random, config.remoteIdentifier());
    }
  }

  /// Our identifier, 0 if we have none.
  long local() {
    return local;
  }

  /// The peer's identifier, 0 if we do not know any.
  long remote() {
    return remote;
  }

  /// Whether the peer wants us to have another identifier, and we will not.
  boolean isDisputed() {
    return disputed;
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
    wish = config.localIdentifier() != 0 ? config.localIdentifier() : tentative;
    refused = false;
    disputed = false;
    demanded = false;
    stubborn = false;
    suggested = 0;
  }

  private boolean isRequested() {
    return config.sendIdentifier() && !refused;
  }

  @Override
  public void request(OptionWriter out) {
    if (isRequested()) {
      out.add(TYPE, InterfaceIdentifier.octets(wish));
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    if (!isRequested() || suggestion.dataLength() != InterfaceIdentifier.LENGTH) {
      return;
    }
    if (config.localIdentifier() != 0 && !config.acceptLocal()) {
      disputed = true;
      return;
    }
    long value = read(suggestion);
    if (value == 0 || value == suggested) {
      // The peer has no idea either, or the very one that we have suggested to it.
      value = InterfaceIdentifier.random(random, wish, suggested);
    }
    wish = value;
    tentative = value;
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    // A peer that will not talk about identifiers does not forbid us to have one; a peer that
    // wanted us to have another does.
    local = refused && disputed ? 0 : wish;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (option.dataLength() != InterfaceIdentifier.LENGTH) {
      return Verdict.REJECT;
    }
    long value = read(option);
    candidate = value;
    if (value == 0 && wish == 0) {
      return Verdict.REJECT;
    }
    long wanted = config.remoteIdentifier();
    stubborn = value != 0 && wanted != 0 && value != wanted && !config.acceptRemote();
    return value == 0 || value == wish || stubborn ? suggestion() : Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = stubborn ? 0 : config.remoteIdentifier();
    if (demanded || !config.askRemote()) {
      return null;
    }
    // Once only: RFC 5072 forbids to insist.
    demanded = true;
    return suggestion();
  }

  /// An identifier that would do for the peer: always the same one, as long as it does.
  private Verdict.Nak suggestion() {
    if (suggested == 0 || suggested == wish) {
      long wanted = config.remoteIdentifier();
      suggested = wanted != 0 && wanted != wish ? wanted : InterfaceIdentifier.random(random, wish);
    }
    return new Verdict.Nak(InterfaceIdentifier.octets(suggested));
  }

  @Override
  public void granted() {
    remote = candidate;
  }

  private static long read(OptionReader option) {
    return (long) option.u32(0) << 32 | (option.u32(4) & 0xffff_ffffL);
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    return option.dataLength() == InterfaceIdentifier.LENGTH
        ? "addr " + InterfaceIdentifier.linkLocalText(read(option))
        : null;
  }
}
