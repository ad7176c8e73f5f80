package linedisc.serial.net;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import org.jspecify.annotations.Nullable;

/// A network interface: BSD's ifnet. Packets are whole IP packets.
///
/// Any thread may call any method at any time. Once the interface has been destroyed every method
/// that does something ends with [InterfaceGoneException] (ENXIO), and so does every call that was
/// waiting at that moment; a later interface of the same name is another object with another index.
///
/// Sending and receiving copy the packet and allocate nothing.
public final class NetInterface {
  private final InterfaceLifecycle lifecycle;
  private final String name;
  private final InterfaceName parsed;
  private final long index;
  private final boolean pointToPoint;
  private final Sync sync;

  private final StateWord word;
  private final InterfaceInput input;
  private final InterfaceOutput output;
  private final InterfaceTaps taps = new InterfaceTaps();
  private final InterfaceAddresses addresses = new InterfaceAddresses();

  private final AtomicLong touches = new AtomicLong();

  private volatile @Nullable Attachment port;

  /// ALLOCATED.
  NetInterface(
      InterfaceLifecycle lifecycle,
      InterfaceName parsed,
      long index,
      InterfaceSettings settings,
      long flags) {
    this.lifecycle = lifecycle;
    this.parsed = parsed;
    this.name = parsed.toString();
    this.index = index;
    this.pointToPoint = settings.pointToPoint();
    this.sync = lifecycle.sync();
    this.word = new StateWord(sync, StateWord.UP | flags, settings.mtu());
    this.input = new InterfaceInput(sync, this::touch, word, settings);
    this.output = new InterfaceOutput(sync, this::touch, word, settings);
  }

  /// Its name: `ppp0`.
  public String name() {
    return name;
  }

  /// The first part of its name: `ppp`.
  public String type() {
    return parsed.type();
  }

  /// The number at the end of its name.
  public int unit() {
    return parsed.unit();
  }

  /// A number that no other interface of this table ever has.
  public long index() {
    return index;
  }

  /// Whether it has a peer rather than being a loopback.
  public boolean isPointToPoint() {
    return pointToPoint;
  }

  /// Where it is on its way.
  public InterfaceState state() {
    return StateWord.state(word.get());
  }

  /// Whether it is there: neither being built nor on its way out.
  public boolean isAttached() {
    return state() == InterfaceState.ATTACHED;
  }

  /// The flags that are set.
  public Set<InterfaceFlag> flags() {
    long now = word.get();
    EnumSet<InterfaceFlag> set = EnumSet.noneOf(InterfaceFlag.class);
    for (InterfaceFlag flag : InterfaceFlag.values()) {
      if ((now & flag.bit()) != 0) {
        set.add(flag);
      }
    }
    return set;
  }

  /// Whether a flag is set.
  public boolean is(InterfaceFlag flag) {
    return (word.get() & flag.bit()) != 0;
  }

  /// The longest packet that may be sent, in octets.
  public int mtu() {
    return StateWord.mtu(word.get());
  }

  /// What becomes of packets of a protocol that are to be sent.
  public NetworkMode mode(NetworkProtocol protocol) {
    return StateWord.mode(word.get(), protocol);
  }

  /// Its addresses, at most one pair a protocol; negotiated ones hide configured ones.
  public List<AddressPair> addresses() {
    return addresses.all();
  }

  /// The name of the port it is bound to; null: none.
  public @Nullable String portName() {
    Attachment attachment = port;
    return attachment == null ? null : attachment.name();
  }

  /// Its counters.
  public InterfaceStatistics statistics() {
    PacketQueue.Counters in = input.counters();
    PacketQueue.Counters out = output.counters();
    return new InterfaceStatistics(
        in.in(),
        in.inOctets(),
        in.dropped(),
        in.refused(),
        input.count(),
        out.out(),
        out.outOctets(),
        out.dropped(),
        out.refused(),
        output.count(),
        touches.get());
  }

  // ---- packets

  /// Sends a packet; waits while the output queue is full.
  ///
  /// @param buffer the caller's again when this returns
  /// @throws NetException ENXIO, ENETDOWN, EMSGSIZE
  /// @throws IllegalArgumentException when it is neither IPv4 nor IPv6
  public void send(byte[] buffer, int offset, int length)
      throws NetException, InterruptedException {
    requireSent(send(buffer, offset, length, true, Sync.FOREVER));
  }

  /// Sends a packet; waits for room in the output queue, but not longer than `limit`.
  ///
  /// @return whether it is in the queue
  /// @throws NetException ENXIO, ENETDOWN, EMSGSIZE
  public boolean send(byte[] buffer, int offset, int length, Duration limit)
      throws NetException, InterruptedException {
    return requireSent(send(buffer, offset, length, true, sync.deadline(limit)));
  }

  /// Sends a packet if there is room in the output queue; never waits.
  public Put offer(byte[] buffer, int offset, int length) {
    try {
      return send(buffer, offset, length, false, Sync.FOREVER);
    } catch (InterruptedException e) {
      throw new AssertionError("not waiting was interrupted", e);
    }
  }

  /// Receives a packet; waits for one. What does not fit is cut off.
  ///
  /// @return the packet's whole length
  /// @throws InterfaceGoneException when the interface is gone
  public int receive(byte[] buffer, int offset, int room)
      throws InterfaceGoneException, InterruptedException {
    return requireThere(input.take(buffer, offset, room, Sync.FOREVER));
  }

  /// Receives a packet; waits for one, but not longer than `limit`. What does not fit is cut off.
  ///
  /// @return the packet's whole length; -1: none came in time
  /// @throws InterfaceGoneException when the interface is gone
  public int receive(byte[] buffer, int offset, int room, Duration limit)
      throws InterfaceGoneException, InterruptedException {
    return requireThere(input.take(buffer, offset, room, sync.deadline(limit)));
  }

  /// Receives a packet if one is there; never waits, never throws.
  ///
  /// @return the packet's whole length, [PacketQueue#EMPTY] or [PacketQueue#GONE]
  public int poll(byte[] buffer, int offset, int room) {
    return input.poll(buffer, offset, room);
  }

  /// Has received packets brought to a handler, one at a time, on a thread of `executor`.
  ///
  /// @throws NetException ENXIO; EBUSY: somebody else consumes this interface's packets
  public PacketSubscription subscribe(Executor executor, PacketHandler handler)
      throws NetException {
    PacketSubscription subscription =
        new PacketSubscription(this, lifecycle.dispatcher(), executor, handler);
    setInputHandler(subscription);
    return subscription;
  }

  /// Names the consumer of received packets, or with [InputHandler#NONE] that there is none. For
  /// parts of this system; applications [#subscribe].
  ///
  /// @throws NetException ENXIO; EBUSY: there is another
  public void setInputHandler(InputHandler handler) throws NetException {
    lifecycle.administer(
        this,
        () -> {
          if (!input.hand(handler)) {
            throw NetError.EBUSY.on(name, "its packets are consumed already");
          }
        });
    handler.inputReady(this);
  }

  /// Attaches a tap, which gets a copy of each packet received and sent from now on.
  ///
  /// @param octets how much it may hold before it drops
  /// @throws InterfaceGoneException when the interface is gone
  public PacketTap tap(int octets) throws NetException {
    PacketTap tap = new PacketTap(this, sync, octets);
    lifecycle.administer(this, () -> taps.attach(tap));
    return tap;
  }

  // ---- administration

  /// Sets UP.
  ///
  /// @throws InterfaceGoneException when the interface is gone
  public void up() throws NetException {
    administer(w -> w | StateWord.UP, () -> output.up(InterfaceOutput.ADMIN_DOWN));
  }

  /// Clears UP: what is sent gets ENETDOWN, those who wait to send too, what is received is counted
  /// and dropped. The link below stays as it is.
  ///
  /// @throws InterfaceGoneException when the interface is gone
  public void down() throws NetException {
    administer(w -> w & ~StateWord.UP, () -> output.down(InterfaceOutput.ADMIN_DOWN));
  }

  /// Makes it survive its binding: STICKY.
  ///
  /// @throws InterfaceGoneException when the interface is gone, or its binding just ends
  public void keep() throws NetException {
    if (!word.update(w -> w | StateWord.STICKY)) {
      throw NetError.ENXIO.on(name);
    }
  }

  /// Sets the MTU.
  ///
  /// @param octets 68 to 65535
  /// @throws InterfaceGoneException when the interface is gone
  public void setMtu(int octets) throws NetException {
    checkMtu(octets);
    administer(w -> StateWord.withMtu(w, octets), () -> {});
  }

  /// Sets what becomes of packets of one protocol until it opens or closes next: SIOCSNPMODE.
  ///
  /// @throws InterfaceGoneException when the interface is gone
  public void setMode(NetworkProtocol protocol, NetworkMode mode) throws NetException {
    administer(w -> StateWord.withMode(w, protocol, mode), output::releaseHeld);
    signalPort();
  }

  /// Sets the mode of protocols while they are not open: ERROR at first, QUEUE for dialling on
  /// demand.
  ///
  /// @throws InterfaceGoneException when the interface is gone
  public void setIdleMode(NetworkMode mode) throws NetException {
    administer(w -> StateWord.withIdleMode(w, mode), output::releaseHeld);
    signalPort();
  }

  /// Configures the addresses of one protocol; negotiated ones hide them while they last.
  ///
  /// @throws InterfaceGoneException when the interface is gone
  public void configure(AddressPair pair) throws NetException {
    administer(w -> w, () -> addresses.configure(pair));
  }

  /// Destroys the interface: as [InterfaceTable#destroy(NetInterface)].
  public Removal destroy() throws NetException {
    return lifecycle.destroy(this);
  }

  /// A reference that is counted, for those who keep it: as [InterfaceTable#refer].
  public InterfaceRef refer(String purpose) throws NetException {
    return lifecycle.refer(this, purpose);
  }

  /// Name and index.
  @Override
  public String toString() {
    return name + "#" + index;
  }

  // ---- for the table

  StateWord word() {
    return word;
  }

  @Nullable Attachment port() {
    return port;
  }

  InterfaceName parsedName() {
    return parsed;
  }

  /// The first moments of a failed creation.
  void abandon() {
    closeQueues();
    boolean _ = word.advance(InterfaceState.ALLOCATED, InterfaceState.FREED);
  }

  /// Step 3 of a destroy: nobody beyond a port's lock, if there is one, touches the interface after
  /// this. Under the lock of the port it is bound to, or unbound. Harmless to repeat.
  void unlink() {
    closeQueues();
    boolean _ = word.advance(InterfaceState.DETACHING, InterfaceState.UNLINKED);
    port = null;
  }

  /// Step 4 of a destroy: drops what the queues hold and wakes everybody. No lock held.
  void drain() {
    input.drain();
    output.drain();
    taps.end();
  }

  void detach(PacketTap tap) {
    lifecycle.locked(() -> {
      taps.detach(tap);
      return null;
    });
  }

  void detach(InputHandler handler) {
    lifecycle.locked(() -> {
      input.detach(handler);
      return null;
    });
  }

  int nextLength() {
    return input.nextLength();
  }

  // ---- for its binding: port lock held

  void bind(Attachment attachment) {
    output.up(InterfaceOutput.UNBOUND);
    port = attachment;
  }

  /// The interface outlives its binding. Packets of protocols that are to be QUEUEd stay.
  void unbind() {
    for (NetworkProtocol protocol : NetworkProtocol.values()) {
      closed(protocol);
    }
    output.unbound();
    port = null;
  }

  /// A packet has been received.
  void received(byte[] buffer, int offset, int length) {
    touch();
    taps.received(buffer, offset, length);
    input.received(buffer, offset, length);
  }

  int nextToSendLength() {
    touch();
    return output.nextLength();
  }

  /// The next packet to be sent.
  int nextToSend(byte[] buffer, int offset, int room) {
    touch();
    int length = output.poll(buffer, offset, room);
    if (length >= 0) {
      taps.sent(buffer, offset, Math.min(length, room));
    }
    return length;
  }

  void opened(NetworkProtocol protocol, @Nullable AddressPair pair) {
    touch();
    if (pair != null) {
      addresses.negotiated(pair);
    }
    change(w -> StateWord.withOpen(w, protocol));
    output.releaseHeld();
  }

  void closed(NetworkProtocol protocol) {
    touch();
    addresses.forget(protocol);
    change(w -> StateWord.withClosed(w, protocol));
    output.closed();
  }

  void negotiatedMtu(int octets) {
    touch();
    change(w -> StateWord.withMtu(w, octets));
  }

  InputHandler inputHandler() {
    return input.handler();
  }

  /// Wakes those who wait for packets. No lock held.
  void wakeReceivers() {
    input.wake();
  }

  // ---- inside

  static void checkMtu(int octets) {
    if (octets < 68 || octets > 65_535) {
      throw new IllegalArgumentException("an MTU is 68 to 65535 octets, not " + octets);
    }
  }

  /// Counts a call that comes after the interface has been unlinked.
  private void touch() {
    if (StateWord.isUnlinked(word.get())) {
      touches.incrementAndGet();
      lifecycle.touched();
    }
  }

  private void closeQueues() {
    input.close();
    output.close();
  }

  private void change(LongUnaryOperator function) {
    if (word.update(function)) {
      lifecycle.changed(this);
    }
  }

  private void administer(LongUnaryOperator function, Runnable then) throws NetException {
    lifecycle.administer(
        this,
        () -> {
          if (!word.update(function)) {
            throw NetError.ENXIO.on(name);
          }
          then.run();
          lifecycle.changed(this);
        });
  }

  private Put send(byte[] buffer, int offset, int length, boolean wait, long deadline)
      throws InterruptedException {
    Put result = output.send(buffer, offset, length, wait, deadline);
    if (result == Put.DONE) {
      // What has been put in is there for the port to see before the port is looked for.
      signalPort();
    }
    return result;
  }

  private void signalPort() {
    Attachment attachment = port;
    if (attachment != null) {
      attachment.workReady();
    }
  }

  private boolean requireSent(Put result) throws NetException {
    return switch (result) {
      case DONE -> true;
      case FULL -> false;
      case DOWN -> throw NetError.ENETDOWN.on(name);
      case TOO_LONG -> throw NetError.EMSGSIZE.on(name);
      case GONE -> throw new InterfaceGoneException(name);
    };
  }

  private int requireThere(int length) throws InterfaceGoneException {
    if (length == PacketQueue.GONE) {
      throw new InterfaceGoneException(name);
    }
    return length;
  }
}
