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
  private final NetworkUser user;
  private final NetworkFailure failure;
  private final Ipv6cp ipv6cp;
  private final PatientControl control;
  private boolean up;

  Ipv6Network(
      Ipv6cpConfig config,
      RandomGenerator random,
      TimerTable.Timer restartTimer,
      ControlOutput output,
      EventQueue events,
      NetworkUser user) {
    this.user = user;
    this.failure = new NetworkFailure(this, config.required(), user);
    this.ipv6cp = new Ipv6cp(config, random, restartTimer, output, events, this);
    this.control = new PatientControl(ipv6cp.control());
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
  public boolean hasEnded() {
    return failure.hasEnded();
  }

  @Override
  public void linkUp(long now) {
    failure.forget();
    ipv6cp.control().open(now);
    control.lowerUp(now);
  }

  @Override
  public void linkDown(long now) {
    control.lowerDown(now);
  }

  @Override
  public void receiveControl(byte[] buffer, int offset, int length, long now) {
    control.receive(buffer, offset, length, now);
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
      failure.finish(obstacle);
      ipv6cp.control().close(obstacle, now);
      return;
    }
    up = true;
    failure.forget();
    user.networkUp(
        new PppEvent.Ipv6Up(ipv6cp.localIdentifier(), ipv6cp.remoteIdentifier(), user.mtu()));
  }

  @Override
  public void ipv6Down(long now) {
    if (up) {
      up = false;
      failure.report("IPV6CP is down");
    }
  }

  @Override
  public void ipv6Finished(Event cause, long now) {
    failure.finish(NetworkFailure.reason(cause));
  }

  @Override
  public void notConverging(long now) {
    failure.finish(NetworkFailure.NOT_CONVERGING);
  }
}
