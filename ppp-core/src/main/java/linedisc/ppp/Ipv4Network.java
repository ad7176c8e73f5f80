package linedisc.ppp;

import java.util.Arrays;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.ipcp.Ipcp;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipcp.IpcpUser;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.PacketSink;
import org.jspecify.annotations.Nullable;

/// IPv4 on a bundle: IPCP, and IPv4 packets while it is Opened.
///
/// Where the peer's address has to be asked for, IPCP waits for the answer and keeps the last
/// packet that came in meanwhile, so that a peer that was faster need not wait for its timer.
final class Ipv4Network implements NetworkProtocol, IpcpUser {
  private final IpcpConfig config;
  private final NetworkUser user;
  private final Ipcp ipcp;
  private boolean waiting;
  private byte @Nullable [] kept;
  private boolean up;
  private boolean reported;

  Ipv4Network(
      IpcpConfig config,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      EventQueue events,
      NetworkUser user) {
    this.config = config;
    this.user = user;
    this.ipcp = new Ipcp(config, restartTimer, output, events, this);
  }

  Ipcp ipcp() {
    return ipcp;
  }

  @Override
  public int controlProtocol() {
    return PppProtocol.IPCP;
  }

  @Override
  public int dataProtocol() {
    return PppProtocol.IPV4;
  }

  @Override
  public boolean carries(int protocol) {
    return protocol == PppProtocol.IPV4
        || protocol == PppProtocol.VJ_COMPRESSED
        || protocol == PppProtocol.VJ_UNCOMPRESSED;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public void linkUp(long now) {
    reported = false;
    ipcp.control().open(now);
    if (config.remoteOnDemand()) {
      waiting = true;
      user.need(new PppEvent.Need.PeerAddress());
    } else {
      ipcp.control().lowerUp(now);
    }
  }

  /// The answer to the need for the peer's address; ignored unless one is awaited.
  void supplyPeerAddress(int address, long now) {
    if (!waiting) {
      return;
    }
    waiting = false;
    ipcp.assignRemote(address);
    ipcp.control().lowerUp(now);
    byte[] packet = kept;
    kept = null;
    if (packet != null) {
      ipcp.control().receive(packet, 0, packet.length, now);
    }
  }

  @Override
  public void linkDown(long now) {
    waiting = false;
    kept = null;
    ipcp.control().lowerDown(now);
  }

  @Override
  public void receiveControl(byte[] buffer, int offset, int length, long now) {
    if (waiting) {
      kept = Arrays.copyOfRange(buffer, offset, offset + length);
    } else {
      ipcp.control().receive(buffer, offset, length, now);
    }
  }

  @Override
  public void receiveData(
      int protocol, byte[] buffer, int offset, int length, boolean afterLoss, PacketSink sink) {
    if (protocol == PppProtocol.IPV4) {
      sink.packet(buffer, offset, length);
    } else {
      user.dropped();
    }
  }

  @Override
  public int encapsulate(byte[] packet, int offset, int length, byte[] dst, int dstOffset) {
    PppProtocol.write(PppProtocol.IPV4, dst, dstOffset);
    System.arraycopy(packet, offset, dst, dstOffset + PppProtocol.FIELD_LENGTH, length);
    return PppProtocol.FIELD_LENGTH + length;
  }

  @Override
  public int maxFrameLength(int packetLength) {
    return PppProtocol.FIELD_LENGTH + packetLength;
  }

  @Override
  public void protocolRejected(int protocol, long now) {
    ipcp.control().protocolRejected(now);
  }

  @Override
  public void handleTimeout(long now) {
    ipcp.control().handleTimeout(now);
  }

  @Override
  public void ipUp(long now) {
    if (ipcp.localAddress() == 0) {
      finish("no local IP address");
      ipcp.control().close("No local IP address", now);
      return;
    }
    up = true;
    reported = false;
    user.networkUp(
        new PppEvent.Ipv4Up(
            ipcp.localAddress(), ipcp.remoteAddress(), ipcp.dns(), ipcp.nbns(), user.mtu()));
  }

  @Override
  public void ipDown(long now) {
    if (up) {
      up = false;
      report("IPCP is down");
    }
  }

  @Override
  public void ipFinished(Event cause, long now) {
    finish(
        switch (cause) {
          case TO_MINUS -> "no answer from the peer";
          case RXJ_MINUS -> "rejected by the peer";
          default -> "closed";
        });
  }

  @Override
  public void notConverging(long now) {
    finish("negotiation does not converge");
  }

  private void finish(String why) {
    report(why);
    if (config.required()) {
      user.requiredFailed(this, why);
    }
  }

  /// Says once that the protocol is not up.
  private void report(String why) {
    if (!reported) {
      reported = true;
      user.networkDown(this, why);
    }
  }
}
