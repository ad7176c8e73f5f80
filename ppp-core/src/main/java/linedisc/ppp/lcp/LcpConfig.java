package linedisc.ppp.lcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import linedisc.ppp.fsm.RestartPolicy;

/// What LCP asks for and grants.
///
/// @param mru the longest information field we want to receive, 128 to 16384 octets
/// @param negotiateMru whether to talk about it at all, in either direction
/// @param mtu the longest information field we send, whatever the peer takes, 128 to 16384 octets
/// @param accm which of the octets 0 to 31 the peer must escape, bit n for octet n
/// @param negotiateAccm whether to talk about it at all, in either direction
/// @param escapes octets that we escape whatever the peer wants; any but 0x5e
/// @param magicNumber whether to use magic numbers, and so to recognise a looped line
/// @param protocolCompression whether to ask for and to grant Protocol-Field-Compression
/// @param addressControlCompression the same for the address and control fields
/// @param restart counters and timers of the negotiation
/// @param echoInterval time between Echo-Requests, zero for none
/// @param echoFailure how many Echo-Requests may go unanswered, one after the other; 0 for any
///   number
/// @param echoAdaptive whether to leave out an Echo-Request when something was received since the
///   last
/// @param loopbackLimit how many of our own Configure-Requests make a looped line
/// @param loopbackPause how long to wait after each of them before the next request, at most the
///   Restart timer; with a pause, a modem that echoes until it has connected is no looped line
/// @param identification what to tell the peer in an Identification packet, empty for none
public record LcpConfig(
    int mru,
    boolean negotiateMru,
    int mtu,
    int accm,
    boolean negotiateAccm,
    List<Integer> escapes,
    boolean magicNumber,
    boolean protocolCompression,
    boolean addressControlCompression,
    RestartPolicy restart,
    Duration echoInterval,
    int echoFailure,
    boolean echoAdaptive,
    int loopbackLimit,
    Duration loopbackPause,
    String identification) {
  /// The largest MRU and MTU.
  public static final int MAX_MRU = 16384;

  /// pppd's defaults.
  public static final LcpConfig DEFAULT = new Builder().build();

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public LcpConfig {
    escapes = List.copyOf(escapes);
    check("mru", mru, MruOption.MIN, MAX_MRU);
    check("mtu", mtu, MruOption.MIN, MAX_MRU);
    for (int octet : escapes) {
      check("escape", octet, 0, 0xff);
      if (octet == 0x5e) {
        throw new IllegalArgumentException("escape 0x5e would turn into a flag");
      }
    }
    if (echoInterval.isNegative() || echoInterval.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("echo interval " + echoInterval);
    }
    check("echo failure", echoFailure, 0, 1000);
    check("loopback limit", loopbackLimit, 1, 255);
    if (loopbackPause.isNegative() || loopbackPause.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("loopback pause " + loopbackPause);
    }
    check(
        "identification",
        identification.getBytes(StandardCharsets.UTF_8).length,
        0,
        MruOption.DEFAULT - 8);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " " + value + " is not in " + min + ".." + max);
    }
  }

  /// The octets of [#escapes] below 0x20 as bits of an ACCM.
  int escapedControls() {
    int map = 0;
    for (int octet : escapes) {
      if (octet < 0x20) {
        map |= 1 << octet;
      }
    }
    return map;
  }

  /// The octets of [#escapes] from 0x20 on.
  int[] escapedOthers() {
    return escapes.stream().mapToInt(Integer::intValue).filter(octet -> octet >= 0x20).toArray();
  }

  /// A builder that starts from [#DEFAULT].
  public static Builder builder() {
    return new Builder();
  }

  /// Starts from pppd's defaults; each method sets the value of the same name.
  public static final class Builder {
    private int mru = MruOption.DEFAULT;
    private boolean negotiateMru = true;
    private int mtu = MruOption.DEFAULT;
    private int accm;
    private boolean negotiateAccm = true;
    private List<Integer> escapes = List.of();
    private boolean magicNumber = true;
    private boolean protocolCompression = true;
    private boolean addressControlCompression = true;
    private RestartPolicy restart = RestartPolicy.DEFAULT;
    private Duration echoInterval = Duration.ZERO;
    private int echoFailure;
    private boolean echoAdaptive;
    private int loopbackLimit = 10;
    private Duration loopbackPause = RestartPolicy.DEFAULT.interval();
    private String identification = "";

    private Builder() {}

    /// Sets [LcpConfig#mru()].
    public Builder mru(int value) {
      mru = value;
      return this;
    }

    /// Sets [LcpConfig#negotiateMru()].
    public Builder negotiateMru(boolean value) {
      negotiateMru = value;
      return this;
    }

    /// Sets [LcpConfig#mtu()].
    public Builder mtu(int value) {
      mtu = value;
      return this;
    }

    /// Sets [LcpConfig#accm()].
    public Builder accm(int value) {
      accm = value;
      return this;
    }

    /// Sets [LcpConfig#negotiateAccm()].
    public Builder negotiateAccm(boolean value) {
      negotiateAccm = value;
      return this;
    }

    /// Sets [LcpConfig#escapes()].
    public Builder escapes(List<Integer> value) {
      escapes = value;
      return this;
    }

    /// Sets [LcpConfig#magicNumber()].
    public Builder magicNumber(boolean value) {
      magicNumber = value;
      return this;
    }

    /// Sets [LcpConfig#protocolCompression()].
    public Builder protocolCompression(boolean value) {
      protocolCompression = value;
      return this;
    }

    /// Sets [LcpConfig#addressControlCompression()].
    public Builder addressControlCompression(boolean value) {
      addressControlCompression = value;
      return this;
    }

    /// Sets [LcpConfig#restart()].
    public Builder restart(RestartPolicy value) {
      restart = value;
      return this;
    }

    /// Sets [LcpConfig#echoInterval()].
    public Builder echoInterval(Duration value) {
      echoInterval = value;
      return this;
    }

    /// Sets [LcpConfig#echoFailure()].
    public Builder echoFailure(int value) {
      echoFailure = value;
      return this;
    }

    /// Sets [LcpConfig#echoAdaptive()].
    public Builder echoAdaptive(boolean value) {
      echoAdaptive = value;
      return this;
    }

    /// Sets [LcpConfig#loopbackLimit()].
    public Builder loopbackLimit(int value) {
      loopbackLimit = value;
      return this;
    }

    /// Sets [LcpConfig#loopbackPause()].
    public Builder loopbackPause(Duration value) {
      loopbackPause = value;
      return this;
    }

    /// Sets [LcpConfig#identification()].
    public Builder identification(String value) {
      identification = value;
      return this;
    }

    /// Makes what was described.
    ///
    /// @throws IllegalArgumentException as [LcpConfig] says
    public LcpConfig build() {
      return new LcpConfig(
          mru,
          negotiateMru,
          mtu,
          accm,
          negotiateAccm,
          escapes,
          magicNumber,
          protocolCompression,
          addressControlCompression,
          restart,
          echoInterval,
          echoFailure,
          echoAdaptive,
          loopbackLimit,
          loopbackPause,
          identification);
    }
  }
}
