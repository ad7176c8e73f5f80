package linedisc.serial.net;

import linedisc.serial.life.LockRank;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Removal;
import org.jspecify.annotations.Nullable;

/// What a port holds of the interface that it carries packets for. Only through it can an interface
/// be fed, so whoever has taken its port's lock and found this binding still in force may use it,
/// and nobody else.
///
/// First it is a claim: an owner of the interface, so that nobody else claims it.
public final class InterfaceBinding implements Network {
  private final InterfaceLifecycle lifecycle;
  private final InterfaceEntry entry;
  private final NetInterface netInterface;

  /// Whether it is no longer a claim. The binder's thread.
  private boolean committed;

  /// Whether packets have come since [#takeArrival]. Port lock.
  private boolean arrived;

  InterfaceBinding(InterfaceLifecycle lifecycle, InterfaceEntry entry, NetInterface netInterface) {
    this.lifecycle = lifecycle;
    this.entry = entry;
    this.netInterface = netInterface;
  }

  InterfaceEntry entry() {
    return entry;
  }

  /// The interface.
  public NetInterface netInterface() {
    return netInterface;
  }

  /// The claim becomes a binding. Table lock and port lock held; the port has made sure that it is
  /// open and not bound.
  ///
  /// @throws NetException ENXIO, EBUSY: the interface has gone or was bound since it was claimed;
  ///   nothing has changed, and the claim is to be abandoned
  public void commit(Attachment port) throws NetException {
    lifecycle.commit(entry, port);
    committed = true;
  }

  /// Gives up a claim that has not become a binding: an interface that was built for it goes. If it
  /// has, nothing happens. No lock held.
  public void abandon() {
    assert LockRank.noneHeld();
    if (!committed) {
      committed = true;
      lifecycle.abandon(entry);
    }
  }

  /// Ends the binding because the port wants so: an interface without STICKY and without owner goes
  /// with it, any other stays, idle. Table lock and port lock held. The port must drop its binding
  /// before it lets go of its lock.
  ///
  /// @return the removal that this has started; null: none
  public @Nullable Removal release() {
    return lifecycle.unbind(entry, netInterface);
  }

  /// Ends the binding because the interface is being destroyed. Port lock held. Leaving that lock
  /// is the point after which the port can't touch the interface. Harmless to repeat.
  public void unlink() {
    netInterface.unlink();
  }

  /// For an [InterfaceCloner] whose interfaces need no port: binds one that nobody sees yet.
  public void bindEarly(Attachment port) {
    entry.needsNoPort = true;
    netInterface.bind(port);
  }

  // ---- port lock held, the binding in force

  @Override
  public void packet(byte[] buffer, int offset, int length) {
    arrived = true;
    netInterface.received(buffer, offset, length);
  }

  @Override
  public int nextLength() {
    return Math.max(PacketQueue.EMPTY, netInterface.nextToSendLength());
  }

  @Override
  public int poll(byte[] buffer, int offset, int room) {
    return Math.max(PacketQueue.EMPTY, netInterface.nextToSend(buffer, offset, room));
  }

  @Override
  public int mtu() {
    return netInterface.mtu();
  }

  @Override
  public void opened(NetworkProtocol protocol) {
    netInterface.opened(protocol, null);
  }

  @Override
  public void opened(AddressPair addresses) {
    netInterface.opened(addresses.protocol(), addresses);
  }

  @Override
  public void closed(NetworkProtocol protocol) {
    netInterface.closed(protocol);
  }

  @Override
  public void setMtu(int octets) {
    netInterface.negotiatedMtu(octets);
  }

  /// At the end of a batch: who is to be told of packets that have come.
  ///
  /// @return for [#announce]; null: none have come
  public @Nullable InputHandler takeArrival() {
    if (!arrived) {
      return null;
    }
    arrived = false;
    return netInterface.inputHandler();
  }

  /// Wakes those who wait for packets, and has a house consumer drain them. No lock held; the
  /// interface may have gone by now, which each of them finds out for itself.
  ///
  /// @param handler from [#takeArrival]
  public void announce(InputHandler handler) {
    assert LockRank.noneHeld();
    netInterface.wakeReceivers();
    handler.inputReady(netInterface);
  }
}
