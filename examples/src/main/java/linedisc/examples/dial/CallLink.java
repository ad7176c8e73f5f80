package linedisc.examples.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.serial.chat.NoCarrierDiscipline;
import linedisc.serial.forward.Prefix;
import linedisc.serial.host.HostException;
import linedisc.serial.host.HostLink;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipMode;
import org.jspecify.annotations.Nullable;

/// PPP or SLIP over one call, from CONNECT until either end has had enough.
final class CallLink {
  /// How a link has ended.
  ///
  /// @param good whether it did what it was for
  /// @param why in words
  record End(boolean good, String why) {}

  private static final int MTU = 1500;
  private static final Duration FOREVER = Duration.ofDays(10_000);
  private static final Duration FAREWELL = Duration.ofSeconds(4);
  private static final Duration ECHO = Duration.ofSeconds(20);

  private final DialOptions options;
  private final Station station;
  private final Pinger pinger;
  private final @Nullable Secret password;
  private final Terminal terminal;
  private @Nullable HostLink host;
  private boolean up;
  private @Nullable End end;

  /// @param password stays the caller's
  CallLink(
      DialOptions options,
      Station station,
      Pinger pinger,
      @Nullable Secret password,
      Terminal terminal) {
    this.options = options;
    this.station = station;
    this.pinger = pinger;
    this.password = password;
    this.terminal = terminal;
  }

  /// Runs the link; afterwards the port has the raw discipline again, if it is still there.
  ///
  /// @throws HostException when the host can't or won't have a device for it
  /// @throws InterruptedException after the peer has been told goodbye
  End run(Tty tty, boolean slip) throws HostException, NetException, InterruptedException {
    NetInterface net = station.interfaces().create(slip ? "sl" : "ppp");
    try (EventStream<TtyEvent> events = tty.events()) {
      // Its addresses are there before the first packet, which may wait on the line already.
      AddressPair addresses = slip ? slipAddresses(net) : null;
      if (options.host() == null) {
        station.forwarder().attach(net);
      } else {
        host = station.toHost(net, options.host());
      }
      Link link = tty.bind(new NoCarrierDiscipline(slip ? slip() : ppp()), net);
      PppProtocol ppp = link.protocol().as(PppProtocol.class);
      try {
        if (addresses != null) {
          slipIsUp(net, addresses);
        }
        while (end == null) {
          take(events.take(FOREVER), net, ppp);
        }
        return end;
      } catch (InterruptedException e) {
        sayGoodbye(events, net, ppp);
        throw e;
      }
    } finally {
      Removal _ = tty.unbind();
      boolean _ = station.interfaces().destroy(net).await(FAREWELL);
    }
  }

  private void sayGoodbye(EventStream<TtyEvent> events, NetInterface net, @Nullable PppProtocol ppp)
      throws NetException, InterruptedException {
    if (ppp == null || !ppp.close(new TerminationReason.UserRequest())) {
      return;
    }
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (end == null && deadline - System.nanoTime() > 0) {
      take(events.take(Duration.ofNanos(deadline - System.nanoTime())), net, ppp);
    }
  }

  private SlipDiscipline slip() {
    return new SlipDiscipline(SlipConfig.builder().mode(SlipMode.ADAPTIVE).mtu(MTU).build());
  }

  private PppDiscipline ppp() {
    IpcpConfig.Builder ipcp = IpcpConfig.builder().askDns(options.number() != null);
    if (options.local() != null) {
      ipcp.localAddress(bits(options.local()));
    }
    if (options.remote() != null) {
      ipcp.remoteAddress(bits(options.remote()));
    }
    PppConfig.Builder config =
        PppConfig.builder()
            .ipcp(ipcp.build())
            .lcp(LcpConfig.builder().echoInterval(ECHO).echoFailure(3).echoAdaptive(true).build())
            .trace(options.debug());
    if (options.user() != null) {
      config.auth(AuthConfig.of(options.user()));
    }
    return new PppDiscipline(config.build(), SecureRandom::new);
  }

  private void take(@Nullable TtyEvent event, NetInterface net, @Nullable PppProtocol ppp)
      throws NetException, InterruptedException {
    switch (event) {
      case TtyEvent.HungUp(var cause) -> ended(cause.text());
      case TtyEvent.Closed _ -> ended("the port was closed");
      case TtyEvent.Unbound _ -> ended("the interface was destroyed");
      case TtyEvent.Carrier(boolean present) when !present && ppp == null && up ->
          ended("carrier was lost");
      case TtyEvent.FromProtocol(NoCarrierDiscipline.CarrierLost _) -> ended("carrier was lost");
      case TtyEvent.FromProtocol(PppEvent said) when ppp != null -> take(said, net, ppp);
      case null, default -> {}
    }
  }

  private void take(PppEvent said, NetInterface net, PppProtocol ppp)
      throws NetException, InterruptedException {
    switch (said) {
      case PppEvent.Ipv4Up isUp -> {
        up = true;
        tellHost(isUp.dns());
        show(net, address(isUp.local()) + " --> " + address(isUp.remote()) + dns(isUp.dns()));
        if (ping(net, isUp.local(), isUp.remote())) {
          boolean _ = ppp.close(new TerminationReason.UserRequest());
        }
      }
      case PppEvent.Needed(PppEvent.Need.PeerAddress _) -> {
        boolean _ = ppp.supplyPeerAddress(0);
      }
      case PppEvent.Needed(PppEvent.Need.Credential(CredentialRequest request)) -> {
        boolean _ = ppp.supply(request, answer(request));
      }
      case PppEvent.Authenticated(boolean ours, var method, String name) ->
          say((ours ? "we proved who we are" : name + " proved who it is") + " by " + method);
      case PppEvent.Message(String text) -> say("the peer says: " + text);
      case PppEvent.Trace(String text) -> say(text);
      case PppEvent.NetworkDown(int protocol, String why) -> {
        if (!why.isEmpty()) {
          say(why);
        }
      }
      case PppEvent.Terminated(TerminationReason why) -> ended(why.message());
      case PppEvent.PhaseChanged _,
          PppEvent.LinkUp _,
          PppEvent.CompressionUp _,
          PppEvent.CompressionDown _,
          PppEvent.Ipv6Up _,
          PppEvent.MtuChanged _ -> {}
    }
  }

  /// Has the addresses on the host, and the name servers in their file, before they are shown.
  private void tellHost(List<Integer> nameServers) {
    if (host == null) {
      return;
    }
    try {
      host.settle();
      host.nameServers(nameServers.stream().map(s -> Prefix.address(address(s))).toList());
    } catch (IOException e) {
      terminal.err().println("linedisc: dial: " + e.getMessage());
    }
  }

  private CredentialAnswer answer(CredentialRequest request) {
    return password != null
            && request instanceof CredentialRequest.OurSecret(var _, var _, var _, boolean retry)
            && !retry
        ? new CredentialAnswer.Known(password.copy())
        : new CredentialAnswer.Unknown();
  }

  private @Nullable AddressPair slipAddresses(NetInterface net) throws NetException {
    InetAddress local = options.local();
    InetAddress remote = options.remote();
    if (local == null || remote == null) {
      ended("SLIP needs both addresses, LOCAL:REMOTE");
      return null;
    }
    AddressPair pair = new AddressPair(local, remote);
    net.configure(pair);
    return pair;
  }

  private void slipIsUp(NetInterface net, AddressPair addresses)
      throws NetException, InterruptedException {
    up = true;
    show(net, addresses.toString());
    InetAddress remote = addresses.remote();
    if (remote != null && ping(net, bits(addresses.local()), bits(remote))) {
      ended("done");
    }
  }

  /// Pings the peer, if that is wanted.
  ///
  /// @return whether that was all that the link is for
  private boolean ping(NetInterface net, int local, int remote)
      throws NetException, InterruptedException {
    if (options.pings() == 0) {
      return false;
    }
    long[] times = pinger.ping(net::send, local, remote, options.pings());
    Arrays.sort(times);
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%d pings, %d answered%s%n",
            options.pings(),
            times.length,
            times.length == 0 ? "" : ", median " + times[times.length / 2] + " us");
    terminal.out().flush();
    if (times.length == 0) {
      end = new End(false, "no ping was answered");
    }
    return true;
  }

  private void ended(String why) {
    if (end == null) {
      end = new End(up, why);
    }
  }

  private void show(NetInterface net, String addresses) {
    terminal.out().println(net.name() + " " + addresses);
    terminal.out().flush();
  }

  private void say(String text) {
    if (options.verbose()) {
      terminal.err().println(text);
    }
  }

  private static String dns(List<Integer> servers) {
    return servers.stream()
        .map(CallLink::address)
        .collect(Collectors.joining(" ", servers.isEmpty() ? "" : " DNS ", ""));
  }

  private static String address(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  private static int bits(InetAddress address) {
    int bits = 0;
    for (byte octet : address.getAddress()) {
      bits = bits << 8 | (octet & 0xff);
    }
    return bits;
  }
}
