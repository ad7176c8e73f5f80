package linedisc.examples.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import linedisc.examples.gateway.PortSection.Kind;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.stack.Station;
import linedisc.ppp.LinkStatistics;
import linedisc.ppp.Phase;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;
import linedisc.serial.chat.NoCarrierDiscipline;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.forward.Prefix;
import linedisc.serial.host.HostException;
import linedisc.serial.host.HostSettings;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.SlipProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipEvent;
import linedisc.slip.SlipMode;
import linedisc.slip.SlipStatistics;
import org.jspecify.annotations.Nullable;

/// PPP or SLIP on an open line, from its first octet until it has ended. Runs once, on its port's
/// thread; [#facts] and [#goodbye] are for any.
final class PortLink {
  /// How it has ended.
  ///
  /// @param why in words
  /// @param refused whether one end did not prove who it is
  /// @param carrierLost whether a modem has told so
  record End(String why, boolean refused, boolean carrierLost) {
    End(String why, boolean refused) {
      this(why, refused, false);
    }
  }

  /// Who wants to know.
  interface User {
    /// Packets flow.
    void up();

    /// Something has happened.
    void say(String text);
  }

  private static final int SLIP_MTU = 1500;

  /// PPP ends by its own timers.
  private static final Duration UNTIL_TERMINATED = Duration.ofMinutes(1);

  private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(4);

  private final Site site;
  private final PortSection section;
  private final User user;
  private @Nullable PppAccess access;
  private @Nullable LinkWatch watch;
  private @Nullable End end;

  /// Whether a limit was reached, and the goodbye to the peer is under way.
  private boolean closing;

  private volatile @Nullable LinkFacts facts;
  private volatile @Nullable Link link;
  private volatile @Nullable PppProtocol ppp;

  PortLink(Site site, PortSection section, User user) {
    this.site = site;
    this.section = section;
    this.user = user;
  }

  /// What is known of it; null: it has no interface (any more).
  @Nullable LinkFacts facts() {
    return facts;
  }

  /// Frames that came damaged, or not at all.
  long errors() {
    Link bound = link;
    if (bound == null) {
      return 0;
    }
    PppProtocol asPpp = bound.protocol().as(PppProtocol.class);
    SlipProtocol asSlip = bound.protocol().as(SlipProtocol.class);
    LinkStatistics ofPpp = asPpp == null ? null : asPpp.statistics();
    SlipStatistics ofSlip = asSlip == null ? null : asSlip.statistics();
    return ofPpp != null
        ? ofPpp.losses() + ofPpp.runts()
        : ofSlip == null ? 0 : ofSlip.receivedDamaged();
  }

  /// Ends it in order.
  ///
  /// @return false: it has no order to end in, or no peer that has answered
  boolean goodbye() {
    PppProtocol protocol = ppp;
    return protocol != null
        && protocol.phase() != Phase.ESTABLISH
        && protocol.close(new TerminationReason.UserRequest());
  }

  /// Runs the link; afterwards the port has the raw discipline again, if it is still there.
  End run(Tty tty, boolean slip) throws InterruptedException {
    AddressRange range = section.pool();
    int taken = range == null ? 0 : site.pools().take(range);
    if (range != null && taken == 0) {
      return new End("the pool " + range.name() + " has no free address", false);
    }
    try {
      return run(tty, slip, taken == 0 ? section.remote() : taken);
    } finally {
      if (range != null) {
        site.pools().release(range, taken);
      }
    }
  }

  private End run(Tty tty, boolean slip, int remote) throws InterruptedException {
    Station station = site.station();
    try {
      PppdOptions options = PppAccess.options(site.machine(), section, remote);
      NetInterface net = station.interfaces().create(slip ? "sl" : "ppp");
      try (Forwarder own =
          section.forward() ? null : new Forwarder(station.interfaces(), station.executor())) {
        End refusal = slip ? null : prove(options, net);
        return refusal != null
            ? refusal
            : run(tty, slip, remote, net, options, own == null ? station.forwarder() : own);
      } finally {
        link = null;
        ppp = null;
        facts = null;
        Removal _ = tty.unbind();
        boolean _ = station.interfaces().destroy(net).await(REMOVAL_LIMIT);
      }
    } catch (OptionException e) {
      return new End(e.sentence(), false);
    } catch (NetException | HostException e) {
      return end == null ? new End(String.valueOf(e.getMessage()), false) : end;
    }
  }

  private @Nullable End prove(PppdOptions options, NetInterface net) {
    var asked = new PppAccess(site, options, net.unit(), user::say);
    access = asked;
    return asked.isPossible()
        ? null
        : new End("peers must prove who they are, and there is no secret of any", true);
  }

  private End run(
      Tty tty, boolean slip, int remote, NetInterface net, PppdOptions options, Forwarder forwarder)
      throws NetException, HostException, InterruptedException {
    try (EventStream<TtyEvent> events = tty.events()) {
      if (slip) {
        // Before the first packet, which may wait on the line already.
        net.setMtu(SLIP_MTU);
        net.configure(new AddressPair(address(section.local()), address(remote)));
      }
      facts = attach(net, slip, forwarder);
      var watched = new LinkWatch(options, slip ? slip() : ppp(), net);
      watch = watched;
      LineDiscipline discipline = watched.discipline();
      LineDiscipline heard = section.answer() ? new NoCarrierDiscipline(discipline) : discipline;
      Link bound = tty.bind(heard, net);
      link = bound;
      ppp = bound.protocol().as(PppProtocol.class);
      if (slip) {
        agreed(net.addresses().getFirst().toString());
        up();
      }
      while (end == null) {
        take(events.take(closing ? UNTIL_TERMINATED : watched.left()));
        expire(watched.expired());
      }
      return end;
    }
  }

  private void up() {
    user.up();
    if (watch != null) {
      watch.up();
    }
  }

  /// Ends a link that has reached a limit.
  private void expire(@Nullable TerminationReason why) {
    if (why == null || closing || end != null) {
      return;
    }
    user.say(why.message());
    closing = ppp != null && ppp.close(why);
    if (!closing) {
      ended(why.message(), false);
    }
  }

  private LinkFacts attach(NetInterface net, boolean slip, Forwarder forwarder)
      throws NetException, HostException {
    String protocol = slip ? slipName() : "PPP";
    if (!section.host()) {
      forwarder.attach(net);
      for (Prefix prefix : section.routes()) {
        forwarder.addRoute(prefix, net);
      }
      return new LinkFacts(protocol, net, net.name(), "", List.of());
    }
    HostSettings.Builder settings = HostSettings.builder();
    section.routes().forEach(settings::route);
    String device = site.station().toHost(net, settings.build()).device().name();
    return new LinkFacts(protocol, net, device, "", List.of());
  }

  private String slipName() {
    return section.kind() == Kind.CSLIP ? "CSLIP" : "SLIP";
  }

  private SlipDiscipline slip() {
    SlipMode mode = section.kind() == Kind.CSLIP ? SlipMode.CSLIP : SlipMode.ADAPTIVE;
    return new SlipDiscipline(SlipConfig.builder().mode(mode).mtu(SLIP_MTU).build());
  }

  private PppDiscipline ppp() {
    return new PppDiscipline(Objects.requireNonNull(access).config(), SecureRandom::new);
  }

  private void take(@Nullable TtyEvent event) {
    switch (event) {
      case TtyEvent.HungUp(var cause) -> ended(cause.text(), false);
      case TtyEvent.Closed _ -> ended("the line was closed", false);
      case TtyEvent.Unbound _ -> ended("the interface was destroyed", false);
      case TtyEvent.Carrier(boolean present) when !present && ppp == null -> carrierLost();
      case TtyEvent.FromProtocol(NoCarrierDiscipline.CarrierLost _) -> carrierLost();
      case TtyEvent.FromProtocol(SlipEvent.CompressionOn _) ->
          agreed("the peer compresses TCP/IP headers");
      case TtyEvent.FromProtocol(PppEvent said) -> take(said);
      case null, default -> {}
    }
  }

  private void take(PppEvent said) {
    PppProtocol protocol = ppp;
    PppAccess asked = access;
    if (protocol == null || asked == null) {
      return;
    }
    switch (said) {
      case PppEvent.LinkUp isUp -> agreed("LCP: MRU " + isUp.mru());
      case PppEvent.Ipv4Up isUp -> ipv4Up(isUp, protocol, asked);
      case PppEvent.Ipv6Up isUp -> {
        agreed(
            InterfaceIdentifier.linkLocalText(isUp.local())
                + " --> "
                + InterfaceIdentifier.linkLocalText(isUp.remote()));
        up();
      }
      case PppEvent.Needed(PppEvent.Need.PeerAddress _) -> {
        boolean _ = protocol.supplyPeerAddress(asked.suggestion());
      }
      case PppEvent.Needed(PppEvent.Need.Credential(var request)) -> {
        boolean _ = protocol.supply(request, asked.answer(request));
      }
      case PppEvent.Authenticated(boolean ours, var method, String name) -> {
        LinkFacts known = facts;
        if (!ours && known != null) {
          facts = known.of(name);
        }
        if (!ours && watch != null) {
          watch.change(asked.options());
        }
        agreed((ours ? "we have proved who we are by " : name + " is proved by ") + method);
      }
      case PppEvent.CompressionUp(String sends, String receives) ->
          agreed("compression: " + word(sends) + " out, " + word(receives) + " in");
      case PppEvent.CompressionDown _ -> agreed("no compression");
      case PppEvent.Message(String text) -> user.say("the peer says: " + text);
      case PppEvent.NetworkDown(int which, String why) -> {
        if (!why.isEmpty()) {
          user.say(which == linedisc.ppp.wire.PppProtocol.IPV4 ? "IPCP: " + why : "IPV6CP: " + why);
        }
      }
      case PppEvent.Terminated(TerminationReason why) ->
          ended(why.message(), why instanceof TerminationReason.AuthenticationFailed);
      case PppEvent.PhaseChanged _, PppEvent.MtuChanged _, PppEvent.Trace _ -> {}
    }
  }

  private static String word(String method) {
    return method.isEmpty() ? "none" : method;
  }

  private void ipv4Up(PppEvent.Ipv4Up isUp, PppProtocol protocol, PppAccess asked) {
    String remote = Addresses.text(isUp.remote());
    if (!asked.allows(isUp.remote())) {
      String why = "the peer may not have the address " + remote;
      user.say(why);
      boolean _ = protocol.close(new TerminationReason.NetworkFailed("IPCP", why));
      return;
    }
    agreed(Addresses.text(isUp.local()) + " --> " + remote);
    up();
  }

  private void agreed(String sentence) {
    LinkFacts known = facts;
    if (known != null) {
      facts = known.with(sentence);
      user.say(known.device() + " " + sentence);
    }
  }

  private void carrierLost() {
    if (end == null) {
      end = new End("carrier was lost", false, true);
    }
  }

  private void ended(String why, boolean refused) {
    if (end == null) {
      end = new End(why, refused);
    }
  }

  private static InetAddress address(int bits) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }
}
