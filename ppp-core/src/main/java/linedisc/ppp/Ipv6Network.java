package linedisc.ppp;

import java.util.random.RandomGenerator;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.fsm.Event;
import linedisc.ppp.ipv6cp.Ipv6cp;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpUser;
import linedisc.ppp.time.TimerTable;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.PacketSink;
import org.jspecify.annotations.Nullable;

/// IPv6 on a bundle: IPV6CP, and IPv6 packets while it is Opened.
final class Ipv6Network implements NetworkProtocol, Ipv6cpUser {
  private final Ipv6cpConfig config;
  private final NetworkUser user;
  private final Ipv6cp ipv6cp;
  private boolean up;
  private boolean reported;

  Ipv6Network(
      Ipv6cpConfig config,
      RandomGenerator random,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      EventQueue events,
      NetworkUser user) {
    this.config = config;
    this.user = user;
    this.ipv6cp = new Ipv6cp(config, random, restartTimer, output, events, this);
  }

  Ipv6cp ipv6cp() {
    return ipv6cp;
  }

  @Override
  public int controlProtocol() {
    return PppProtocol.IPV6CP;
  }

  @Override
  public int dataProtocol() {
    return PppProtocol.IPV6;
  }

  @Override
  public boolean carries(int protocol) {
    return protocol == PppProtocol.IPV6;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public void linkUp(long now) {
    reported = false;
    ipv6cp.control().open(now);
    ipv6cp.control().lowerUp(now);
  }

  @Override
  public void linkDown(long now) {
    ipv6cp.control().lowerDown(now);
  }

  @Override
  public void receiveControl(byte[] buffer, int offset, int length, long now) {
    ipv6cp.control().receive(buffer, offset, length, now);
  }

  @Override
  public int receiveData(int protocol, byte[] buffer, int offset, int length, PacketSink sink) {
    sink.packet(buffer, offset, length);
    return length;
  }

  @Override
  public void afterLoss() {
    // Nothing here depends on earlier packets.
  }

  @Override
  public int encapsulate(byte[] packet, int offset, int length, byte[] dst, int dstOffset) {
    PppProtocol.write(PppProtocol.IPV6, dst, dstOffset);
    System.arraycopy(packet, offset, dst, dstOffset + PppProtocol.FIELD_LENGTH, length);
    return PppProtocol.FIELD_LENGTH + length;
  }

  @Override
  public int maxFrameLength(int packetLength) {
    return PppProtocol.FIELD_LENGTH + packetLength;
  }

  @Override
  public void protocolRejected(int protocol, long now) {
    ipv6cp.control().protocolRejected(now);
  }

  @Override
  public void handleTimeout(long now) {
    ipv6cp.control().handleTimeout(now);
  }

  @Override
  public void ipv6Up(long now) {
    @Nullable String obstacle = ipv6cp.obstacle();
    if (obstacle != null) {
      finish(obstacle);
      ipv6cp.control().close(obstacle, now);
      return;
    }
    up = true;
    reported = false;
    user.networkUp(
        new PppEvent.Ipv6Up(ipv6cp.localIdentifier(), ipv6cp.remoteIdentifier(), user.mtu()));
  }

  @Override
  public void ipv6Down(long now) {
    if (up) {
      up = false;
      report("IPV6CP is down");
    }
  }

  @Override
  public void ipv6Finished(Event cause, long now) {
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
