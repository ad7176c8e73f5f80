package linedisc.examples.pppd;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import linedisc.examples.pppd.Inbox.Happening;
import linedisc.examples.pppd.line.WatchedDiscipline;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.LcpOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.policy.SessionLimits;
import linedisc.examples.pppd.secrets.Credentials;
import linedisc.ppp.Phase;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.serial.net.NetException;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// PPP on a line that is connected, from the first Configure-Request to the end of the link. For
/// one thread, once.
final class Session {
  /// Who wants to know how far the link is.
  interface User {
    /// A network protocol has come up for the first time.
    void up();

    /// All network protocols that are wanted are up, or won't be.
    void complete();
  }

  /// Beyond the time that LCP itself takes to end.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Parts parts;
  private PppdOptions options;
  private final HostedInterface hosted;
  private final Tty tty;
  private final Odometer odometer;
  private final User user;
  private final PeerAccess access;
  private final SessionLimits limits;
  private final LinkNetwork network;
  private final WatchedDiscipline discipline;

  private @Nullable PppProtocol protocol;
  private @Nullable TerminationReason ending;
  private PppEvent.@Nullable LinkUp agreed;
  private boolean up;
  private boolean complete;
  private boolean over;
  private boolean lineGone;
  private long giveUpAt = Long.MAX_VALUE;

  /// A session that has not begun.
  ///
  /// @param lineName for messages
  /// @param user told of what has been reached
  Session(Parts parts, HostedInterface hosted, Tty tty, String lineName, User user) {
    this.parts = parts;
    this.hosted = hosted;
    this.options = parts.options();
    this.tty = tty;
    this.odometer = new Odometer(hosted.netInterface());
    this.user = user;
    this.limits = new SessionLimits(SessionLimits.Limits.of(options));
    this.access = new PeerAccess(parts, hosted.netInterface().unit());
    this.network = new LinkNetwork(parts, hosted, lineName, odometer);
    this.discipline =
        new WatchedDiscipline(
            new PppDiscipline(config(), SecureRandom::new),
            options.get(DaemonOptions.PASS_FILTER),
            options.get(DaemonOptions.ACTIVE_FILTER),
            System.nanoTime());
  }

  private PppConfig config() {
    Credentials credentials = parts.credentials();
    return PeerAccess.config(
            options,
            parts.around(),
            credentials,
            network.hostAddress(),
            hosted.netInterface().unit())
        .withSecretsFor(credentials::canAskForProof, credentials::canProveOurselves)
        .ppp()
        .trace(true)
        .sessionLimit(Duration.ofSeconds(options.get(DaemonOptions.MAX_CONNECT)))
        .build();
  }

  /// Whether the line itself was hung up, so that nothing more can be sent on it.
  boolean isLineGone() {
    return lineGone;
  }

  /// Brings the link up, and stays until it has ended.
  ///
  /// @return why
  ExitStatus run() throws InterruptedException {
    try {
      network.begin();
      Link link = tty.bind(discipline, hosted.netInterface());
      protocol = link.protocol().as(PppProtocol.class);
      while (!over) {
        step();
      }
      return report();
    } catch (NetException e) {
      if (!tty.state().isUsable()) {
        lineGone = true;
        parts.log().notice("Modem hangup");
        return ExitStatus.HANGUP;
      }
      parts.log().error(String.valueOf(e.getMessage()));
      return ExitStatus.FATAL_ERROR;
    } finally {
      network.end();
    }
  }

  private void step() throws InterruptedException {
    long deadline = Math.min(giveUpAt, limits.pollTimeout());
    switch (parts.control().await(deadline)) {
      case Happening.Signalled(Signals.Name signal) -> signalled(signal);
      case Happening.OnPort(Tty on, TtyEvent event) when on.equals(tty) -> onPort(event);
      case null, default -> {}
    }
    long now = System.nanoTime();
    if (now - giveUpAt >= 0) {
      over = true;
    } else if (ending == null) {
      var traffic =
          new SessionLimits.Traffic(discipline.lastActive(), odometer.sent(), odometer.received());
      TerminationReason expired = limits.expired(traffic, now);
      if (expired != null) {
        parts.log().info(LinkWords.expired(expired, options, limits.counted(traffic)));
        close(expired);
      }
    }
  }

  private void signalled(Signals.Name signal) {
    switch (signal) {
      case INT, TERM, HUP -> close(new TerminationReason.UserRequest());
      case USR2 -> {
        boolean _ = protocol != null && protocol.renegotiateCompression();
      }
      case USR1 -> {}
    }
  }

  /// Ends the link in order; [PppEvent.Terminated] comes when it has ended.
  private void close(TerminationReason reason) {
    if (ending != null) {
      return;
    }
    ending = reason;
    giveUpAt = goodbye();
    if (protocol == null || !protocol.close(reason)) {
      over = true;
    }
  }

  /// When the goodbye to the peer is over at the latest.
  private long goodbye() {
    long patience =
        (long) options.get(LcpOptions.RESTART) * (options.get(LcpOptions.MAX_TERMINATE) + 1);
    return System.nanoTime() + GRACE.plusSeconds(patience).toNanos();
  }

  private void onPort(TtyEvent event) throws InterruptedException {
    switch (event) {
      case TtyEvent.FromProtocol(PppEvent detail) -> onLink(detail);
      case TtyEvent.FromProtocol _, TtyEvent.Bound _ -> {}
      // Why is told by what follows, after the goodbye that the line still lets us say.
      case TtyEvent.Unbound _ -> giveUpAt = Math.min(giveUpAt, goodbye());
      case TtyEvent.Carrier(boolean present) -> lineGone = !present;
      case TtyEvent.HungUp _ -> lineGone = true;
      case TtyEvent.Closed _ -> over = true;
    }
  }

  private void onLink(PppEvent event) throws InterruptedException {
    switch (event) {
      case PppEvent.Trace(String text) -> parts.log().debug(text);
      case PppEvent.PhaseChanged(Phase phase) -> {
        onPhase(phase);
        if (phase == Phase.NETWORK) {
          network.starting();
        }
      }
      case PppEvent.MtuChanged _ -> {}
      case PppEvent.LinkUp linkUp -> agreed = linkUp;
      case PppEvent.Needed(PppEvent.Need need) -> answer(need);
      case PppEvent.Authenticated(boolean ours, AuthMethod method, String name) -> {
        parts.log().notice(LinkWords.authenticated(ours, method, name));
        if (!ours) {
          authenticated(name);
        }
      }
      case PppEvent.Message(String text) -> parts.log().info("Remote message: " + text);
      case PppEvent.CompressionUp(String sends, String receives) ->
          parts.log().notice(LinkWords.compressed(sends, receives));
      case PppEvent.CompressionDown(String why) -> parts.log().debug("CCP: " + why);
      case PppEvent.Ipv4Up ipv4 -> {
        if (access.allows(options, ipv4.remote())) {
          network.ipv4Up(ipv4);
          networkUp();
        } else {
          String why =
              "Peer is not authorized to use remote address " + Addresses.text(ipv4.remote());
          parts.log().error(why);
          close(new TerminationReason.NetworkFailed("IPCP", why));
        }
      }
      case PppEvent.Ipv6Up ipv6 -> {
        network.ipv6Up(ipv6);
        networkUp();
      }
      case PppEvent.NetworkDown(int which, String why) -> {
        onPhase(Objects.requireNonNull(protocol).phase());
        if (which == linedisc.ppp.wire.PppProtocol.IPV4) {
          network.ipv4Down(why);
        } else {
          network.ipv6Down(why);
        }
        // One that will not come up must not keep the others from being all there are.
        whenComplete();
      }
      case PppEvent.Terminated(TerminationReason reason) -> {
        if (ending == null) {
          for (String words : LinkWords.ended(reason, agreed)) {
            parts.log().notice(words);
          }
        }
        // What we wanted is why, whatever became of it on the way.
        ending = ending == null ? reason : ending;
        over = true;
      }
    }
  }

  private void onPhase(Phase phase) {
    switch (phase) {
      case DEAD, ESTABLISH, TERMINATE -> network.linkDown();
      case AUTHENTICATE, NETWORK -> {}
    }
  }

  private void answer(PppEvent.Need need) {
    PppProtocol link = Objects.requireNonNull(protocol);
    boolean _ =
        switch (need) {
          case PppEvent.Need.PeerAddress() -> link.supplyPeerAddress(access.suggestion(options));
          case PppEvent.Need.Credential(CredentialRequest request) ->
              link.supply(request, parts.credentials().answer(request));
        };
  }

  /// The peer has proved who it is: its line of the secrets file may hold options.
  private void authenticated(String name) {
    options = access.proved(options);
    limits.change(SessionLimits.Limits.of(options));
    discipline.setFilters(
        options.get(DaemonOptions.PASS_FILTER), options.get(DaemonOptions.ACTIVE_FILTER));
    network.authenticated(name, options);
  }

  private void networkUp() {
    limits.up(System.nanoTime());
    if (!up) {
      up = true;
      user.up();
    }
    whenComplete();
  }

  private void whenComplete() {
    if (up && !complete && network.isComplete()) {
      complete = true;
      user.complete();
    }
  }

  private ExitStatus report() {
    network.down();
    for (String words : statistics()) {
      parts.log().info(words);
    }
    parts.log().notice("Connection terminated.");
    TerminationReason unsaid =
        lineGone ? new TerminationReason.HangUp() : new TerminationReason.InterfaceGone();
    return ExitStatus.of(Objects.requireNonNullElse(ending, unsaid).exitCode());
  }

  private List<String> statistics() {
    if (!up) {
      return List.of();
    }
    return LinkWords.statistics(odometer.connected(), odometer.sent(), odometer.received());
  }
}
