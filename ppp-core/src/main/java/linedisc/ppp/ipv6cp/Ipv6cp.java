package linedisc.ppp.ipv6cp;

import java.util.List;
import java.util.random.RandomGenerator;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.ControlProtocol;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.Negotiator;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// IPV6CP: its one option, and what it has come to. IPv6-Compression-Protocol (RFC 5172) is
/// rejected: none is registered that would be in use.
public final class Ipv6cp implements Negotiator {
  private final Ipv6cpConfig config;
  private final Ipv6cpUser user;
  private final InterfaceIdentifierOption identifier;
  private final List<ConfigurationOption> options;
  private final ControlProtocol control;

  /// In state Initial.
  ///
  /// @param random for identifiers, which have to differ from the peer's
  /// @param restartTimer the Restart timer; when due, call `control().handleTimeout`
  public Ipv6cp(
      Ipv6cpConfig config,
      RandomGenerator random,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      Journal journal,
      Ipv6cpUser user) {
    this.config = config;
    this.user = user;
    this.identifier = new InterfaceIdentifierOption(config, random);
    this.options = List.of(identifier);
    this.control = new ControlProtocol(this, config.restart(), restartTimer, output, journal);
  }

  /// The automaton.
  public ControlProtocol control() {
    return control;
  }

  /// Our identifier, 0 if we have none.
  public long localIdentifier() {
    return identifier.local();
  }

  /// The peer's identifier, 0 if we do not know any.
  public long remoteIdentifier() {
    return identifier.remote();
  }

  /// What keeps IPv6 from working with the identifiers that were agreed on, or null.
  public @Nullable String obstacle() {
    long local = localIdentifier();
    long remote = remoteIdentifier();
    long wanted = config.remoteIdentifier();
    if (local == 0) {
      return identifier.isDisputed()
          ? "the peer refused our interface identifier"
          : "no local interface identifier";
    }
    if (wanted != 0 && remote != wanted && !config.acceptRemote()) {
      return "the peer refused its interface identifier";
    }
    if (remote == 0 && config.remoteNeeded()) {
      return "the peer has no interface identifier";
    }
    return local == remote ? "both ends have the same interface identifier" : null;
  }

  @Override
  public int protocol() {
    return PppProtocol.IPV6CP;
  }

  @Override
  public String name() {
    return PppProtocol.name(PppProtocol.IPV6CP);
  }

  @Override
  public List<ConfigurationOption> options() {
    return options;
  }

  @Override
  public void thisLayerUp(long now) {
    user.ipv6Up(now);
  }

  @Override
  public void thisLayerDown(long now) {
    user.ipv6Down(now);
  }

  @Override
  public void thisLayerFinished(Event cause, long now) {
    user.ipv6Finished(cause, now);
  }

  @Override
  public void notConverging(long now) {
    user.notConverging(now);
  }
}
