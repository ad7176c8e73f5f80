package linedisc.ppp.ipcp;

import java.util.List;
import linedisc.ppp.fsm.RestartPolicy;

/// What IPCP asks for and grants. Addresses are ints as the package describes, 0 for none.
///
/// @param localAddress our address; 0 asks the peer for one
/// @param remoteAddress the peer's address; 0 takes what it says
/// @param remoteOnDemand whether the caller is asked for the peer's address before IPCP begins
/// @param acceptLocal whether the peer may give us another address than [#localAddress]
/// @param acceptRemote whether the peer may have another address than the one meant for it
/// @param sendAddress whether to tell the peer our address
/// @param askRemote whether to ask a peer for its address that does not tell it
/// @param remoteStandIn the address to use for a peer that has not told any; 0 for none
/// @param offeredDns DNS servers for a peer that asks, at most two
/// @param offeredNbns NBNS (WINS) servers for a peer that asks, at most two
/// @param askDns whether to ask the peer for DNS servers
/// @param askNbns whether to ask the peer for NBNS servers
/// @param vjSlots connections whose TCP/IP headers may be compressed in each direction, 0 to 256; 0
///   means no compression
/// @param vjCompressSlotId whether packets may leave out the slot number
/// @param required whether the link ends when IPCP fails
/// @param restart counters and timers of the negotiation
public record IpcpConfig(
    int localAddress,
    int remoteAddress,
    boolean remoteOnDemand,
    boolean acceptLocal,
    boolean acceptRemote,
    boolean sendAddress,
    boolean askRemote,
    int remoteStandIn,
    List<Integer> offeredDns,
    List<Integer> offeredNbns,
    boolean askDns,
    boolean askNbns,
    int vjSlots,
    boolean vjCompressSlotId,
    boolean required,
    RestartPolicy restart) {
  /// Asks for an address, takes any address of the peer's, nothing else.
  public static final IpcpConfig DEFAULT = new Builder().build();

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public IpcpConfig {
    offeredDns = List.copyOf(offeredDns);
    offeredNbns = List.copyOf(offeredNbns);
    if (offeredDns.size() > 2 || offeredNbns.size() > 2) {
      throw new IllegalArgumentException("more than two name servers of a kind");
    }
    if (vjSlots < 0 || vjSlots > 256) {
      throw new IllegalArgumentException("vj slots " + vjSlots + " is not in 0..256");
    }
  }

  /// A builder that starts from [#DEFAULT].
  public static Builder builder() {
    return new Builder();
  }

  /// Starts from [#DEFAULT]; each method sets the value of the same name.
  public static final class Builder {
    private int localAddress;
    private int remoteAddress;
    private boolean remoteOnDemand;
    private boolean acceptLocal;
    private boolean acceptRemote;
    private boolean sendAddress = true;
    private boolean askRemote = true;
    private int remoteStandIn;
    private List<Integer> offeredDns = List.of();
    private List<Integer> offeredNbns = List.of();
    private boolean askDns;
    private boolean askNbns;
    private int vjSlots;
    private boolean vjCompressSlotId = true;
    private boolean required;
    private RestartPolicy restart = RestartPolicy.DEFAULT;

    private Builder() {}

    /// Sets [IpcpConfig#localAddress()].
    public Builder localAddress(int value) {
      localAddress = value;
      return this;
    }

    /// Sets [IpcpConfig#remoteAddress()].
    public Builder remoteAddress(int value) {
      remoteAddress = value;
      return this;
    }

    /// Sets [IpcpConfig#remoteOnDemand()].
    public Builder remoteOnDemand(boolean value) {
      remoteOnDemand = value;
      return this;
    }

    /// Sets [IpcpConfig#acceptLocal()].
    public Builder acceptLocal(boolean value) {
      acceptLocal = value;
      return this;
    }

    /// Sets [IpcpConfig#acceptRemote()].
    public Builder acceptRemote(boolean value) {
      acceptRemote = value;
      return this;
    }

    /// Sets [IpcpConfig#sendAddress()].
    public Builder sendAddress(boolean value) {
      sendAddress = value;
      return this;
    }

    /// Sets [IpcpConfig#askRemote()].
    public Builder askRemote(boolean value) {
      askRemote = value;
      return this;
    }

    /// Sets [IpcpConfig#remoteStandIn()].
    public Builder remoteStandIn(int value) {
      remoteStandIn = value;
      return this;
    }

    /// Sets [IpcpConfig#offeredDns()].
    public Builder offeredDns(List<Integer> value) {
      offeredDns = value;
      return this;
    }

    /// Sets [IpcpConfig#offeredNbns()].
    public Builder offeredNbns(List<Integer> value) {
      offeredNbns = value;
      return this;
    }

    /// Sets [IpcpConfig#askDns()].
    public Builder askDns(boolean value) {
      askDns = value;
      return this;
    }

    /// Sets [IpcpConfig#askNbns()].
    public Builder askNbns(boolean value) {
      askNbns = value;
      return this;
    }

    /// Sets [IpcpConfig#vjSlots()].
    public Builder vjSlots(int value) {
      vjSlots = value;
      return this;
    }

    /// Sets [IpcpConfig#vjCompressSlotId()].
    public Builder vjCompressSlotId(boolean value) {
      vjCompressSlotId = value;
      return this;
    }

    /// Sets [IpcpConfig#required()].
    public Builder required(boolean value) {
      required = value;
      return this;
    }

    /// Sets [IpcpConfig#restart()].
    public Builder restart(RestartPolicy value) {
      restart = value;
      return this;
    }

    /// Makes what was described.
    ///
    /// @throws IllegalArgumentException as [IpcpConfig] says
    public IpcpConfig build() {
      return new IpcpConfig(
          localAddress,
          remoteAddress,
          remoteOnDemand,
          acceptLocal,
          acceptRemote,
          sendAddress,
          askRemote,
          remoteStandIn,
          offeredDns,
          offeredNbns,
          askDns,
          askNbns,
          vjSlots,
          vjCompressSlotId,
          required,
          restart);
    }
  }
}
