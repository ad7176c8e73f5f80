package linedisc.examples.pppd.line;

import linedisc.examples.pppd.filter.PacketFilter;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.serial.tty.ForwardingProtocol;
import linedisc.serial.tty.Line;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.LineProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// A discipline between whose protocol and interface a filter stands, and a clock that tells when
/// the last packet passed that counts: pppd's `pass-filter` and `active-filter`. Around any other
/// discipline; nothing is allocated per packet.
public final class WatchedDiscipline implements LineDiscipline {
  private final LineDiscipline inner;
  private volatile PacketFilter pass;
  private volatile PacketFilter active;

  /// Written under the port's lock.
  private volatile long lastActive;

  /// Watches another discipline's packets.
  ///
  /// @param pass which packets pass; others are dropped without a word
  /// @param active which of them count as traffic
  /// @param now what counts as the time of the last packet before any has passed
  public WatchedDiscipline(LineDiscipline inner, PacketFilter pass, PacketFilter active, long now) {
    this.inner = inner;
    this.pass = pass;
    this.active = active;
    this.lastActive = now;
  }

  /// Other filters hold from now on. Any thread.
  public void setFilters(PacketFilter passing, PacketFilter counting) {
    pass = passing;
    active = counting;
  }

  /// When the last packet passed that counts, by the line's clock.
  public long lastActive() {
    return lastActive;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public @Nullable String interfaceType() {
    return inner.interfaceType();
  }

  @Override
  public LineProtocol open(Line line) {
    return new Watched(inner.open(line));
  }

  /// The network side with the filter before it. Port lock.
  private final class Gate implements Network {
    /// Of the call under way.
    private @Nullable Network network;

    private long now;

    Network before(Network next, long time) {
      network = next;
      now = time;
      return this;
    }

    private Network network() {
      if (network == null) {
        throw new IllegalStateException("outside of a call");
      }
      return network;
    }

    private boolean passes(byte[] buffer, int offset, int length, boolean outbound) {
      if (!pass.equals(PacketFilter.ALL) && !pass.matches(buffer, offset, length, outbound)) {
        return false;
      }
      if (active.equals(PacketFilter.ALL) || active.matches(buffer, offset, length, outbound)) {
        lastActive = now;
      }
      return true;
    }

    @Override
    public void packet(byte[] buffer, int offset, int length) {
      if (passes(buffer, offset, length, false)) {
        network().packet(buffer, offset, length);
      }
    }

    @Override
    public int nextLength() {
      return network().nextLength();
    }

    @Override
    public int poll(byte[] buffer, int offset, int room) {
      int length = network().poll(buffer, offset, room);
      while (length >= 0 && !passes(buffer, offset, Math.min(length, room), true)) {
        length = network().poll(buffer, offset, room);
      }
      return length;
    }

    @Override
    public int mtu() {
      return network().mtu();
    }

    @Override
    public void opened(NetworkProtocol protocol) {
      network().opened(protocol);
    }

    @Override
    public void opened(AddressPair addresses) {
      network().opened(addresses);
    }

    @Override
    public void closed(NetworkProtocol protocol) {
      network().closed(protocol);
    }

    @Override
    public void setMtu(int octets) {
      network().setMtu(octets);
    }
  }

  /// The inner protocol, with the gate between it and the network.
  private final class Watched extends ForwardingProtocol {
    private final Gate gate = new Gate();

    Watched(LineProtocol protocol) {
      super(protocol);
    }

    @Override
    public void deliver(FrameBatch frames, Network network, long now) {
      super.deliver(frames, gate.before(network, now), now);
    }

    @Override
    public void collect(FrameBatch frames, Network network, long now) {
      super.collect(frames, gate.before(network, now), now);
    }

    @Override
    public void handleTimeout(Network network, long now) {
      super.handleTimeout(gate.before(network, now), now);
    }

    @Override
    public void lowerUp(Network network, long now) {
      super.lowerUp(gate.before(network, now), now);
    }

    @Override
    public void lowerDown(Network network, long now) {
      super.lowerDown(gate.before(network, now), now);
    }
  }
}
