package linedisc.examples.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;

/// One end of the link of `linedisc demo --ppp`: what its options say, and what has become of it.
///
/// It proves itself with the secret of its `password` option, or one that the demo makes up, and
/// expects the same of its peer. So a password that only one end has is a wrong one.
final class PppEnd {
  private static final byte[] MADE_UP = {'l', 'i', 'n', 'e', 'd', 'i', 's', 'c'};

  private final String name;
  private final PppdOptions options;
  private final PppConfig config;
  private final Station station;
  private final Tty tty;
  private final Consumer<String> trace;
  private final PppOutcome outcome = new PppOutcome();

  /// @param name of its interface
  /// @param options where its secret is, if it has one
  /// @param config what the options say about the link
  /// @param trace takes the lines of the negotiation
  PppEnd(
      String name,
      PppdOptions options,
      PppConfig config,
      Station station,
      Tty tty,
      Consumer<String> trace) {
    this.name = name;
    this.options = options;
    this.config = config;
    this.station = station;
    this.tty = tty;
    this.trace = trace;
  }

  String name() {
    return name;
  }

  PppOutcome outcome() {
    return outcome;
  }

  /// Whether all that this end wants has come up, or has failed to.
  boolean isSettled() {
    return outcome.isSettled(config);
  }

  /// The discipline that its options ask for.
  LineDiscipline discipline() {
    return new PppDiscipline(config, SecureRandom::new);
  }

  /// Binds the port, and follows what happens on it from then on.
  NetInterface bind(LineDiscipline discipline) throws NetException {
    EventStream<TtyEvent> events = tty.events();
    NetInterface netInterface = station.interfaces().create(name);
    station.forwarder().attach(netInterface);
    Link link = tty.bind(discipline, netInterface);
    PppProtocol bound = link.protocol().as(PppProtocol.class);
    if (bound == null) {
      throw new AssertionError("a PPP discipline has a PPP protocol");
    }
    station.executor().execute(() -> follow(events, bound));
    return netInterface;
  }

  private void follow(EventStream<TtyEvent> events, PppProtocol bound) {
    try {
      for (; ; ) {
        switch (events.take(Duration.ofDays(1))) {
          case TtyEvent.FromProtocol(PppEvent event) -> take(event, bound);
          case TtyEvent.Closed _ -> {
            return;
          }
          case null, default -> {}
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(PppEvent event, PppProtocol bound) {
    switch (event) {
      case PppEvent.Trace(String text) -> trace.accept(name + ": " + text);
      case PppEvent.Needed(PppEvent.Need.Credential(CredentialRequest request)) -> {
        boolean _ = bound.supply(request, new CredentialAnswer.Known(secret()));
      }
      case PppEvent.Needed(PppEvent.Need.PeerAddress()) -> {
        boolean _ = bound.supplyPeerAddress(0);
      }
      default -> outcome.take(event);
    }
  }

  private Secret secret() {
    return options.isSet(AuthenticationOptions.PASSWORD)
        ? options.get(AuthenticationOptions.PASSWORD).copy()
        : Secret.of(MADE_UP);
  }
}
