package linedisc.ppp.auth;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How this side authenticates and lets itself be authenticated. The defaults are those of pppd.
///
/// @param localName the name we go by in both roles; at most 255 octets in UTF-8
/// @param demanded how the peer has to prove who it is, what we ask for first in front; one of them
///   suffices; empty: it need not
/// @param accepted how we prove who we are if the peer asks for it; empty: not at all
public record AuthConfig(
    String localName,
    List<AuthMethod> demanded,
    Set<AuthMethod> accepted,
    Pap pap,
    Chap chap,
    Eap eap) {
  private static final int MAX_NAME = 255;

  /// Nobody proves anything.
  public static final AuthConfig NONE = of("").withAccepted(Set.of());

  /// Checks the name.
  ///
  /// @throws IllegalArgumentException when it has more than 255 octets in UTF-8
  public AuthConfig {
    demanded = List.copyOf(demanded);
    accepted = Set.copyOf(accepted);
    if (Names.encode(localName).length > MAX_NAME) {
      throw new IllegalArgumentException("a name has at most " + MAX_NAME + " octets");
    }
  }

  /// The defaults: nothing is demanded, everything accepted.
  public static AuthConfig of(String localName) {
    return new AuthConfig(
        localName,
        List.of(),
        EnumSet.allOf(AuthMethod.class),
        Pap.DEFAULT,
        Chap.DEFAULT,
        Eap.DEFAULT);
  }

  /// The same with another [#demanded()].
  public AuthConfig withDemanded(List<AuthMethod> demanded) {
    return new AuthConfig(localName, demanded, accepted, pap, chap, eap);
  }

  /// The same with another [#demanded()].
  public AuthConfig withDemanded(AuthMethod... demanded) {
    return withDemanded(List.of(demanded));
  }

  /// The same with another [#accepted()].
  public AuthConfig withAccepted(Set<AuthMethod> accepted) {
    return new AuthConfig(localName, demanded, accepted, pap, chap, eap);
  }

  /// The same with another [#pap()].
  public AuthConfig withPap(Pap pap) {
    return new AuthConfig(localName, demanded, accepted, pap, chap, eap);
  }

  /// The same with another [#chap()].
  public AuthConfig withChap(Chap chap) {
    return new AuthConfig(localName, demanded, accepted, pap, chap, eap);
  }

  /// The same with another [#eap()].
  public AuthConfig withEap(Eap eap) {
    return new AuthConfig(localName, demanded, accepted, pap, chap, eap);
  }

  /// How PAP is spoken (RFC 1334 section 2).
  ///
  /// @param restart as peer: time from one Authenticate-Request to the next
  /// @param maxRequests as peer: Authenticate-Requests sent before giving up; 1 or more
  /// @param timeout as authenticator: how long to wait for an Authenticate-Request; zero: for ever
  public record Pap(Duration restart, int maxRequests, Duration timeout) {
    /// pppd's defaults.
    public static final Pap DEFAULT = new Pap(Duration.ofSeconds(3), 10, Duration.ofSeconds(30));

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException when a value is out of them
    public Pap {
      atLeast(1, maxRequests);
      positive(restart);
    }
  }

  /// How CHAP is spoken (RFC 1994), MS-CHAP too.
  ///
  /// @param restart time from one Challenge, or as peer from one Response, to the next
  /// @param maxTransmits Challenges, or as peer Responses, sent before giving up; 1 or more
  /// @param interval as authenticator: time after which the peer is challenged again; zero: never
  /// @param timeout as peer: how long to wait for the end; as authenticator: how long a peer may
  ///   take to try again when it may. Zero: for ever
  /// @param retries how many more times a peer may try when its secret was wrong, as far as the
  ///   algorithm knows retries (MS-CHAP does); 0 or more
  public record Chap(
      Duration restart, int maxTransmits, Duration interval, Duration timeout, int retries) {
    /// pppd's defaults.
    public static final Chap DEFAULT =
        new Chap(Duration.ofSeconds(3), 10, Duration.ZERO, Duration.ofSeconds(60), 0);

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException when a value is out of them
    public Chap {
      atLeast(1, maxTransmits);
      atLeast(0, retries);
      positive(restart);
    }
  }

  /// How EAP is spoken (RFC 3748).
  ///
  /// @param restart as authenticator: time from one Request to its repetition
  /// @param maxTransmits as authenticator: how often a Request is sent before giving up; 1 or more
  /// @param interval as authenticator: time after which the peer is asked again; zero: never
  /// @param timeout as peer: how long to wait for the next Request; zero: for ever
  /// @param maxRequests as peer: Requests taken in one conversation; zero: any number
  /// @param retries how many more times a peer may try when its secret was wrong (MSCHAPv2)
  /// @param methods what we offer or accept, the best first; not empty
  public record Eap(
      Duration restart,
      int maxTransmits,
      Duration interval,
      Duration timeout,
      int maxRequests,
      int retries,
      List<EapType> methods) {
    /// pppd's defaults, with the methods that are here.
    public static final Eap DEFAULT =
        new Eap(
            Duration.ofSeconds(3),
            10,
            Duration.ZERO,
            Duration.ofSeconds(20),
            20,
            0,
            List.of(EapType.MSCHAPV2, EapType.MD5_CHALLENGE));

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException when a value is out of them
    public Eap {
      atLeast(1, maxTransmits);
      atLeast(0, maxRequests);
      atLeast(0, retries);
      positive(restart);
      methods = List.copyOf(methods);
      if (methods.isEmpty()) {
        throw new IllegalArgumentException("no EAP method");
      }
    }
  }

  private static void atLeast(int minimum, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(value + " is below " + minimum);
    }
  }

  private static void positive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("not a positive time: " + duration);
    }
  }
}
