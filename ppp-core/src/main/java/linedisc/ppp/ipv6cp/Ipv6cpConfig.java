package linedisc.ppp.ipv6cp;

import linedisc.ppp.fsm.RestartPolicy;

/// What IPV6CP asks for and grants. Identifiers are longs as the package describes, 0 for none.
///
/// @param localIdentifier our identifier; 0 makes one up, or asks the peer for one
/// @param remoteIdentifier the peer's identifier; 0 takes what it says
/// @param askLocal whether the peer is asked for our identifier if none is configured
/// @param acceptLocal whether the peer may give us another identifier than [#localIdentifier]
/// @param acceptRemote whether the peer may have another identifier than the one meant for it
/// @param sendIdentifier whether to tell the peer our identifier
/// @param askRemote whether to ask a peer for its identifier that does not tell it
/// @param remoteNeeded whether a peer without an identifier is refused
/// @param required whether the link ends when IPV6CP fails
/// @param restart counters and timers of the negotiation
public record Ipv6cpConfig(
    long localIdentifier,
    long remoteIdentifier,
    boolean askLocal,
    boolean acceptLocal,
    boolean acceptRemote,
    boolean sendIdentifier,
    boolean askRemote,
    boolean remoteNeeded,
    boolean required,
    RestartPolicy restart) {
  /// Makes up an identifier, takes any of the peer's.
  public static final Ipv6cpConfig DEFAULT = new Builder().build();

  /// Checks the identifiers.
  ///
  /// @throws IllegalArgumentException if both ends are to have the same identifier
  public Ipv6cpConfig {
    if (localIdentifier != 0 && localIdentifier == remoteIdentifier) {
      throw new IllegalArgumentException("both ends have the same interface identifier");
    }
  }

  /// A builder that starts from [#DEFAULT].
  public static Builder builder() {
    return new Builder();
  }

  /// Starts from [#DEFAULT]; each method sets the value of the same name.
  public static final class Builder {
    private long localIdentifier;
    private long remoteIdentifier;
    private boolean askLocal;
    private boolean acceptLocal;
    private boolean acceptRemote;
    private boolean sendIdentifier = true;
    private boolean askRemote = true;
    private boolean remoteNeeded = true;
    private boolean required;
    private RestartPolicy restart = RestartPolicy.DEFAULT;

    private Builder() {}

    /// Sets [Ipv6cpConfig#localIdentifier()].
    public Builder localIdentifier(long value) {
      localIdentifier = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#remoteIdentifier()].
    public Builder remoteIdentifier(long value) {
      remoteIdentifier = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#askLocal()].
    public Builder askLocal(boolean value) {
      askLocal = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#acceptLocal()].
    public Builder acceptLocal(boolean value) {
      acceptLocal = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#acceptRemote()].
    public Builder acceptRemote(boolean value) {
      acceptRemote = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#sendIdentifier()].
    public Builder sendIdentifier(boolean value) {
      sendIdentifier = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#askRemote()].
    public Builder askRemote(boolean value) {
      askRemote = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#remoteNeeded()].
    public Builder remoteNeeded(boolean value) {
      remoteNeeded = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#required()].
    public Builder required(boolean value) {
      required = value;
      return this;
    }

    /// Sets [Ipv6cpConfig#restart()].
    public Builder restart(RestartPolicy value) {
      restart = value;
      return this;
    }

    /// Makes what was described.
    ///
    /// @throws IllegalArgumentException as [Ipv6cpConfig] says
    public Ipv6cpConfig build() {
      return new Ipv6cpConfig(
          localIdentifier,
          remoteIdentifier,
          askLocal,
          acceptLocal,
          acceptRemote,
          sendIdentifier,
          askRemote,
          remoteNeeded,
          required,
          restart);
    }
  }
}
