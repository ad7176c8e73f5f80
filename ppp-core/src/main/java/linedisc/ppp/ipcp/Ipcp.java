package linedisc.ppp.ipcp;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.ControlProtocol;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.fsm.Journal;
import linedisc.ppp.fsm.Negotiator;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;

/// IPCP: its options, and what they have come to.
public final class Ipcp implements Negotiator {
  private final IpcpConfig config;
  private final IpcpUser user;
  private final ControlProtocol control;

  private final IpAddressOption address;
  private final IpCompressionOption compression;
  private final NameServerOption primaryDns;
  private final NameServerOption primaryNbns;
  private final NameServerOption secondaryDns;
  private final NameServerOption secondaryNbns;
  private final List<ConfigurationOption> options;

  /// In state Initial.
  ///
  /// @param restartTimer the Restart timer; when due, call `control().handleTimeout`
  public Ipcp(
      IpcpConfig config,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      Journal journal,
      IpcpUser user) {
    this.config = config;
    this.user = user;
    this.address = new IpAddressOption(config);
    this.compression = new IpCompressionOption(config);
    this.primaryDns =
        new NameServerOption(
            NameServerOption.PRIMARY_DNS, config.askDns(), server(config.offeredDns(), 0));
    this.primaryNbns =
        new NameServerOption(
            NameServerOption.PRIMARY_NBNS, config.askNbns(), server(config.offeredNbns(), 0));
    this.secondaryDns =
        new NameServerOption(
            NameServerOption.SECONDARY_DNS, config.askDns(), server(config.offeredDns(), 1));
    this.secondaryNbns =
        new NameServerOption(
            NameServerOption.SECONDARY_NBNS, config.askNbns(), server(config.offeredNbns(), 1));
    this.options =
        List.of(compression, address, primaryDns, secondaryDns, primaryNbns, secondaryNbns);
    this.control = new ControlProtocol(this, config.restart(), restartTimer, output, journal);
  }

  /// The server for one option. Clients ask for two; one that is alone serves as both.
  private static int server(List<Integer> servers, int index) {
    return servers.isEmpty() ? 0 : servers.get(Math.min(index, servers.size() - 1));
  }

  /// The automaton.
  public ControlProtocol control() {
    return control;
  }

  /// Gives the peer an address, in place of the configured one, from the next negotiation on.
  public void assignRemote(int remote) {
    address.assignRemote(remote);
  }

  /// Our address, 0 if we have none.
  public int localAddress() {
    return address.local();
  }

  /// The peer's address, or the configured stand-in, or 0.
  public int remoteAddress() {
    return address.remote() != 0 ? address.remote() : config.remoteStandIn();
  }

  /// The DNS servers that the peer gave us, the primary first.
  public List<Integer> dns() {
    return received(primaryDns, secondaryDns);
  }

  /// The NBNS (WINS) servers that the peer gave us, the primary first.
  public List<Integer> nbns() {
    return received(primaryNbns, secondaryNbns);
  }

  private static List<Integer> received(NameServerOption primary, NameServerOption secondary) {
    List<Integer> servers = new ArrayList<>();
    for (NameServerOption server : List.of(primary, secondary)) {
      if (server.received() != 0 && !servers.contains(server.received())) {
        servers.add(server.received());
      }
    }
    return List.copyOf(servers);
  }

  /// What compressed headers the peer may send us.
  public IpCompressionOption.Reception receivesVj() {
    return compression.ours();
  }

  /// What compressed headers we may send.
  public IpCompressionOption.Reception sendsVj() {
    return compression.peers();
  }

  @Override
  public int protocol() {
    return PppProtocol.IPCP;
  }

  @Override
  public String name() {
    return PppProtocol.name(PppProtocol.IPCP);
  }

  @Override
  public List<ConfigurationOption> options() {
    return options;
  }

  @Override
  public void thisLayerUp(long now) {
    user.ipUp(now);
  }

  @Override
  public void thisLayerDown(long now) {
    user.ipDown(now);
  }

  @Override
  public void thisLayerFinished(Event cause, long now) {
    user.ipFinished(cause, now);
  }

  @Override
  public void notConverging(long now) {
    user.notConverging(now);
  }
}
