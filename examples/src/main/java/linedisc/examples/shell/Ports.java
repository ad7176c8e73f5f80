package linedisc.examples.shell;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyInfo;
import linedisc.slip.SlipConfig;
import org.jspecify.annotations.Nullable;

/// `attach` and `detach`: ports, and what is bound to them.
final class Ports {
  private static final int MTU = 1500;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final Station station;
  private final SerialBackend backend;
  private final PortOpener opener;

  /// By the name that the user gave; guarded by this object's monitor.
  private final Map<String, Tty> open = new LinkedHashMap<>();

  Ports(Station station, SerialBackend backend) {
    this.station = station;
    this.backend = backend;
    this.opener = new PortOpener(new SerialPorts(), new PortLocks(), backend);
  }

  Verb attach() {
    return new Verb() {
      @Override
      public String usage() {
        return """
        attach PORT[,SETTINGS] ppp|sl [NAME] [LOCAL:REMOTE]
                                              opens a port and binds an interface to it
        attach PORT[,SETTINGS] raw            opens a port
        attach pty ppp|sl|raw ...             the same with a new pty; its other side is printed\
        """;
      }

      @Override
      public Answer run(List<String> words) throws IOException, CommandException {
        return attach(words);
      }
    };
  }

  Verb detach() {
    return new Verb() {
      @Override
      public String usage() {
        return "detach PORT|NAME                      ends the binding, or closes an unbound port";
      }

      @Override
      public Answer run(List<String> words)
          throws IOException, CommandException, InterruptedException {
        return detach(words);
      }
    };
  }

  /// All ports, for `stat`.
  List<TtyInfo> list() {
    return station.ttys().list().stream().map(Tty::info).toList();
  }

  private Answer attach(List<String> words) throws IOException, CommandException {
    if (words.size() < 2 || words.size() > 4) {
      throw CommandException.usage("attach needs a port and ppp, sl or raw");
    }
    String name = null;
    AddressPair addresses = null;
    for (String word : words.subList(2, words.size())) {
      int colon = word.indexOf(':');
      if (colon < 0) {
        name = word;
      } else {
        addresses = Ifconfig.pair(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    String type = words.get(1);
    LineDiscipline discipline =
        switch (type) {
          case "ppp" -> ppp(addresses);
          case "sl" -> new SlipDiscipline(SlipConfig.builder().mtu(MTU).build());
          case "raw" -> null;
          default -> throw CommandException.usage("there is no line discipline '" + type + "'");
        };
    String port = words.getFirst();
    boolean known = find(port) != null;
    Tty tty = known ? find(port) : openPort(port);
    if (tty == null) {
      throw NetError.ENXIO.on(port);
    }
    if (discipline == null) {
      Removal _ = tty.unbind();
      return Answer.done(tty.name(), Map.of("port", tty.name()));
    }
    try {
      NetInterface bound =
          name == null
              ? tty.bind(discipline).netInterface()
              : tty.bind(discipline, station.interfaces().get(name)).netInterface();
      if (addresses != null && type.equals("sl")) {
        bound.configure(addresses);
      }
      station.forwarder().attach(bound);
      return Answer.done(
          bound.name() + " on " + tty.name(),
          Map.of("interface", bound.name(), "port", tty.name()));
    } catch (NetException e) {
      if (!known) {
        close(tty);
      }
      throw e;
    }
  }

  private static LineDiscipline ppp(@Nullable AddressPair addresses) throws CommandException {
    IpcpConfig.Builder ipcp = IpcpConfig.builder();
    if (addresses != null) {
      ipcp.localAddress(ipv4(addresses.local().getAddress()));
      if (addresses.remote() != null) {
        ipcp.remoteAddress(ipv4(addresses.remote().getAddress()));
      }
    }
    return new PppDiscipline(
        PppConfig.builder().ipcp(ipcp.build()).ipv6cp(Ipv6cpConfig.DEFAULT).build(),
        SecureRandom::new);
  }

  private static int ipv4(byte[] octets) throws CommandException {
    if (octets.length != 4) {
      throw CommandException.usage("IPCP negotiates IPv4 addresses");
    }
    int address = 0;
    for (byte octet : octets) {
      address = address << 8 | (octet & 0xff);
    }
    return address;
  }

  private Answer detach(List<String> words)
      throws NetException, CommandException, InterruptedException {
    if (words.size() != 1) {
      throw CommandException.usage("detach needs one port");
    }
    String port = words.getFirst();
    Tty tty = find(port);
    if (tty == null) {
      throw NetError.EINVAL.on(port, "is not attached");
    }
    if (tty.netInterface() == null) {
      close(tty);
      return Answer.done(tty.name() + " closed", Map.of("port", tty.name()));
    }
    Removal removal = tty.unbind();
    if (removal != null) {
      removal.await();
    }
    return Answer.done();
  }

  private Tty openPort(String port) throws PortException, CommandException {
    SerialTransport transport;
    if (port.equals("pty")) {
      transport = PtyTransport.open(backend.loop());
    } else {
      int comma = port.lastIndexOf(',');
      PortSettings settings = PortSettings.DEFAULT;
      if (comma > 0) {
        try {
          settings = PortSettings.parse(port.substring(comma + 1));
        } catch (IllegalArgumentException e) {
          throw CommandException.usage(String.valueOf(e.getMessage()));
        }
      }
      transport = opener.open(comma > 0 ? port.substring(0, comma) : port, settings);
    }
    Tty tty = station.open(transport);
    synchronized (this) {
      open.put(transport instanceof PtyTransport pty ? pty.slave() + "/master" : port, tty);
    }
    return tty;
  }

  private synchronized @Nullable Tty find(String port) {
    open.values().removeIf(tty -> !tty.state().isUsable());
    Tty byName = open.get(port);
    if (byName != null) {
      return byName;
    }
    for (Tty tty : open.values()) {
      NetInterface bound = tty.netInterface();
      if (tty.name().equals(port) || (bound != null && bound.name().equals(port))) {
        return tty;
      }
    }
    return null;
  }

  private void close(Tty tty) {
    synchronized (this) {
      open.values().remove(tty);
    }
    Removal _ = tty.close(CLOSE_LIMIT);
  }
}
