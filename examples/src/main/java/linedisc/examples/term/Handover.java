package linedisc.examples.term;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.ipcp.IpcpConfig;
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
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipMode;
import org.jspecify.annotations.Nullable;

/// The line in the hands of PPP or SLIP, and back. The port stays open, and what the other side has
/// sent meanwhile is not lost. Packets stay in this process, which answers pings.
final class Handover {
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Station station;
  private final Tty tty;
  private final Screen screen;
  private final @Nullable AddressPair addresses;
  private volatile @Nullable Link link;

  Handover(Station station, Tty tty, Screen screen, @Nullable AddressPair addresses) {
    this.station = station;
    this.tty = tty;
    this.screen = screen;
    this.addresses = addresses;
  }

  /// Whether the keyboard's octets have nowhere to go.
  boolean isAway() {
    return tty.netInterface() != null;
  }

  /// Says what becomes of a link, on an executor of the station's.
  EventStream<TtyEvent> watch() {
    return tty.events(station.executor(), this::tell);
  }

  private void tell(TtyEvent event) {
    switch (event) {
      case TtyEvent.FromProtocol(PppEvent.Ipv4Up up) ->
          screen.say("PPP is up: " + text(up.local()) + " --> " + text(up.remote()));
      case TtyEvent.FromProtocol(PppEvent.NetworkDown down) ->
          screen.say("PPP's network is down: " + down.why());
      case TtyEvent.FromProtocol(PppEvent.Terminated(TerminationReason reason)) -> {
        screen.say("PPP has ended: " + reason.message());
        Removal _ = tty.unbind();
      }
      case TtyEvent.Bound bound -> screen.say("The line is " + bound.name() + "'s.");
      case TtyEvent.Unbound _ -> screen.say("The line is the terminal's again.");
      case TtyEvent.Carrier(boolean present) ->
          screen.say(present ? "Carrier." : "Carrier is lost.");
      default -> {
        // The session's, or of no interest.
      }
    }
  }

  /// Hands over to PPP.
  void ppp() throws NetException {
    IpcpConfig.Builder ipcp = IpcpConfig.builder();
    if (addresses != null) {
      ipcp.localAddress(bits(addresses.local()));
      InetAddress remote = addresses.remote();
      if (remote != null) {
        ipcp.remoteAddress(bits(remote));
      }
    }
    bind(new PppDiscipline(PppConfig.builder().ipcp(ipcp.build()).build(), SecureRandom::new));
  }

  /// Hands over to SLIP.
  void slip() throws NetException {
    NetInterface sl =
        bind(new SlipDiscipline(SlipConfig.builder().mode(SlipMode.ADAPTIVE).build()));
    if (addresses != null) {
      sl.configure(addresses);
    }
  }

  private NetInterface bind(LineDiscipline discipline) throws NetException {
    Link bound = tty.bind(discipline);
    link = bound;
    station.forwarder().attach(bound.netInterface());
    return bound.netInterface();
  }

  /// Takes the line back; PPP says goodbye before. Waits for that.
  ///
  /// @throws NetException when the interface stays
  void back() throws NetException, InterruptedException {
    Link bound = link;
    link = null;
    PppProtocol ppp = bound == null ? null : bound.protocol().as(PppProtocol.class);
    if (ppp != null) {
      try (EventStream<TtyEvent> events = tty.events()) {
        long end = System.nanoTime() + GOODBYE.toNanos();
        boolean ended = !ppp.close(new TerminationReason.UserRequest());
        while (!ended && System.nanoTime() < end) {
          TtyEvent event = events.take(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
          ended =
              event instanceof TtyEvent.Unbound
                  || event instanceof TtyEvent.FromProtocol(PppEvent.Terminated _);
        }
      }
    }
    Removal _ = tty.unbind();
    if (bound != null) {
      // Whoever has unbound it: its name is free for the next one.
      station.interfaces().awaitGone(bound.netInterface().index());
    }
  }

  private static int bits(InetAddress address) {
    return address instanceof Inet4Address ? ByteBuffer.wrap(address.getAddress()).getInt() : 0;
  }

  private static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
