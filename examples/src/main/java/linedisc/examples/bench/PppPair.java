package linedisc.examples.bench;

import java.security.SecureRandom;
import java.util.Arrays;
import linedisc.examples.cli.CommandException;
import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;

/// Two stacks with a line between them that speak PPP.
///
/// @param near one end
/// @param far the other
record PppPair(NetInterface near, NetInterface far) {
  private static final int NEAR_ADDRESS = 0x0a000001;
  private static final int FAR_ADDRESS = 0x0a000002;
  private static final long PATIENCE = 30_000_000_000L;
  private static final long PAUSE = 1;

  private static final LineDiscipline NEAR = discipline(true);
  private static final LineDiscipline FAR = discipline(false);

  private static LineDiscipline discipline(boolean near) {
    IpcpConfig.Builder ipcp = IpcpConfig.builder();
    if (near) {
      ipcp.localAddress(NEAR_ADDRESS).remoteAddress(FAR_ADDRESS);
    }
    LcpConfig lcp = LcpConfig.builder().accm(0).build();
    PppConfig config = PppConfig.builder().lcp(lcp).ipcp(ipcp.build()).build();
    SecureRandom random = new SecureRandom();
    return new PppDiscipline(config, () -> random);
  }

  /// Binds both ends. The links come up by themselves.
  static PppPair bind(
      TtyTable nearTtys, SerialTransport nearLine, TtyTable farTtys, SerialTransport farLine)
      throws NetException {
    Tty nearTty = nearTtys.open(nearLine);
    Tty farTty = farTtys.open(farLine);
    NetInterface far = farTty.bind(FAR).netInterface();
    return new PppPair(nearTty.bind(NEAR).netInterface(), far);
  }

  boolean isUp() {
    return near.is(InterfaceFlag.RUNNING) && far.is(InterfaceFlag.RUNNING);
  }

  void awaitUp() throws CommandException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!isUp()) {
      if (System.nanoTime() > deadline) {
        throw CommandException.failed(near.name() + " did not come up.");
      }
      Thread.sleep(PAUSE);
    }
  }

  /// What looks like an IPv4 packet from one end to the other, with incompressible contents.
  static byte[] packet(int length) {
    byte[] packet = Mix.RANDOM.packets(1);
    packet[0] = 0x45;
    packet[1] = 0;
    return Arrays.copyOf(packet, length);
  }
}
