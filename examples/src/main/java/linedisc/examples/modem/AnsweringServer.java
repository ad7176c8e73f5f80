package linedisc.examples.modem;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.SocketTransport;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.slip.SlipConfig;

/// A stack that takes one call with PPP or SLIP, and answers pings.
final class AnsweringServer {
  private static final int MTU = 1500;

  private AnsweringServer() {}

  /// Takes a call.
  static Trunk answer(Target.Server server) throws IOException {
    SocketChannel[] ends = pair();
    var station = new Station();
    station.report("modem");
    boolean answered = false;
    try {
      Tty tty = station.open(new SocketTransport("caller", ends[0]));
      NetInterface bound =
          server.ppp()
              ? tty.bind(new PppDiscipline(ppp(server), SecureRandom::new)).netInterface()
              : tty.bind(new SlipDiscipline(SlipConfig.builder().mtu(MTU).build())).netInterface();
      if (!server.ppp()) {
        bound.configure(new AddressPair(server.local(), server.remote()));
      }
      station.forwarder().attach(bound);
      answered = true;
      return new StreamTrunk(
          Channels.newInputStream(ends[1]),
          Channels.newOutputStream(ends[1]),
          () -> {
            station.close();
            close(ends[1]);
          });
    } finally {
      if (!answered) {
        station.close();
        close(ends[1]);
      }
    }
  }

  private static PppConfig ppp(Target.Server server) {
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(bits(server.local().getAddress()))
            .remoteAddress(bits(server.remote().getAddress()))
            .build();
    return PppConfig.builder().ipcp(ipcp).build();
  }

  private static int bits(byte[] octets) {
    int address = 0;
    for (byte octet : octets) {
      address = address << 8 | (octet & 0xff);
    }
    return address;
  }

  /// Two ends of a connection that nobody else can get at: in a folder that only we may enter.
  private static SocketChannel[] pair() throws IOException {
    Path folder = Files.createTempDirectory("linedisc");
    Path place = folder.resolve("call");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      var address = UnixDomainSocketAddress.of(place);
      listener.bind(address, 1);
      SocketChannel caller = SocketChannel.open(address);
      return new SocketChannel[] {listener.accept(), caller};
    } finally {
      Files.deleteIfExists(place);
      Files.delete(folder);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed nevertheless.
    }
  }
}
