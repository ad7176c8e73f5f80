package linedisc.examples.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import linedisc.examples.cli.CommandException;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
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

  private static final String NAME = "bench";
  private static final byte[] SECRET = NAME.getBytes(StandardCharsets.US_ASCII);

  private static final LineDiscipline NEAR = discipline(true, AuthConfig.NONE);
  private static final LineDiscipline FAR = discipline(false, AuthConfig.NONE);
  private static final LineDiscipline NEAR_WITH_CHAP =
      discipline(true, AuthConfig.of(NAME).withDemanded(AuthMethod.CHAP_MD5));
  private static final LineDiscipline FAR_WITH_CHAP = discipline(false, AuthConfig.of(NAME));

  private static LineDiscipline discipline(boolean near, AuthConfig auth) {
    IpcpConfig.Builder ipcp = IpcpConfig.builder();
    if (near) {
      ipcp.localAddress(NEAR_ADDRESS).remoteAddress(FAR_ADDRESS);
    }
    LcpConfig lcp = LcpConfig.builder().accm(0).build();
    PppConfig config = PppConfig.builder().lcp(lcp).auth(auth).ipcp(ipcp.build()).build();
    SecureRandom random = new SecureRandom();
    return new PppDiscipline(config, () -> random);
  }

  /// Binds both ends. The links come up by themselves.
  static PppPair bind(
      TtyTable nearTtys, SerialTransport nearLine, TtyTable farTtys, SerialTransport farLine)
      throws NetException {
    return bind(nearTtys.open(nearLine), NEAR, farTtys.open(farLine), FAR);
  }

  /// Binds both ends; the near one wants to know by CHAP who the far one is.
  ///
  /// @param executor answers for their secrets
  static PppPair bindWithChap(
      TtyTable nearTtys,
      SerialTransport nearLine,
      TtyTable farTtys,
      SerialTransport farLine,
      Executor executor)
      throws NetException {
    Tty near = nearTtys.open(nearLine);
    Tty far = farTtys.open(farLine);
    for (Tty tty : List.of(near, far)) {
      EventStream<TtyEvent> _ = tty.events(executor, event -> answer(tty, event));
    }
    return bind(near, NEAR_WITH_CHAP, far, FAR_WITH_CHAP);
  }

  private static void answer(Tty tty, TtyEvent event) {
    PppProtocol protocol = tty.protocol().as(PppProtocol.class);
    if (protocol != null
        && event instanceof TtyEvent.FromProtocol(PppEvent.Needed(var need))
        && need instanceof PppEvent.Need.Credential(CredentialRequest request)) {
      boolean _ = protocol.supply(request, new CredentialAnswer.Known(Secret.of(SECRET)));
    }
  }

  private static PppPair bind(
      Tty nearTty, LineDiscipline nearDiscipline, Tty farTty, LineDiscipline farDiscipline)
      throws NetException {
    NetInterface far = farTty.bind(farDiscipline).netInterface();
    return new PppPair(nearTty.bind(nearDiscipline).netInterface(), far);
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
