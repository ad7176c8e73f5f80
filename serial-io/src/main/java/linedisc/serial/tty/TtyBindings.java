package linedisc.serial.tty;

import linedisc.serial.life.Clock;
import linedisc.serial.life.Events;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.PortLock;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import linedisc.serial.net.Attachment;
import linedisc.serial.net.InputHandler;
import linedisc.serial.net.InterfaceBinder;
import linedisc.serial.net.InterfaceBinding;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.Network;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.SerialTransport;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// A port's lock, what the port is bound to, and its state: every section in which a protocol runs.
///
/// Whoever wants a protocol to do something takes the lock, sees whether the binding is still the
/// one he means, calls, and after the lock is released wakes whom that concerns. Binding and
/// unbinding hold the table's lock around the port's. In a section that ends a binding the
/// interface comes last: as soon as it looks unbound, nobody waits for this section any more.
final class TtyBindings implements Attachment {
  private final SerialTransport transport;
  private final LineDisciplineTable disciplines;
  private final InterfaceBinder binder;
  private final Sync sync;
  private final PortLock lock;
  private final Clock.Timer timer;
  private final Events<TtyEvent> events;
  private final RawDiscipline.Protocol raw;
  private final Channel rawChannel;

  /// Where packets go that have no interface. Guarded by the lock.
  private final Nowhere nowhere = new Nowhere();

  /// OPEN stands for BOUND too. Written under the lock.
  private volatile PortState state = PortState.OPENING;

  /// Written under the lock.
  private volatile Binding binding;

  /// Guarded by the lock.
  private boolean carrier = true;

  TtyBindings(
      TtyTable table,
      SerialTransport transport,
      RawDiscipline.Protocol raw,
      Events<TtyEvent> events) {
    this.transport = transport;
    this.disciplines = table.disciplines();
    this.binder = table.interfaces().binder();
    this.sync = table.interfaces().sync();
    this.lock = new PortLock(sync, LockRank.PORT);
    this.timer = table.clock().timer(this::timeout);
    this.events = events;
    this.raw = raw;
    this.rawChannel = Channel.raw(raw);
    this.binding = new Binding(rawChannel, null, 0, 0);
  }

  Binding current() {
    return binding;
  }

  PortState state() {
    return state;
  }

  /// The interface that is bound; null: none.
  @Nullable NetInterface netInterface() {
    InterfaceBinding network = binding.network();
    return network == null ? null : network.netInterface();
  }

  /// Packets that were received for no interface.
  long nowhere() {
    return nowhere.packets();
  }

  /// Takes one step, if the port is where it starts from.
  void advance(PortState from, PortState to) {
    lock.lock();
    try {
      if (state == from) {
        state = to;
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- while a binding lasts

  /// Hands over what was decoded, if the channel that it was decoded for is still there and the
  /// octets are still for it. Reader's thread.
  ///
  /// @return false: it is not
  boolean deliver(Binding decoded, long mark, FrameBatch frames) {
    InterfaceBinding network = null;
    InputHandler arrival = null;
    boolean output = false;
    lock.lock();
    try {
      Binding present = binding;
      if (present.channel() != decoded.channel() || !present.accepts(mark)) {
        return false;
      }
      network = present.network();
      try {
        present.channel().protocol().deliver(frames, networkOf(present), sync.nanoTime());
      } finally {
        arrival = network == null ? null : network.takeArrival();
        output = settle();
      }
    } finally {
      lock.unlock();
      wake(network, arrival, output);
    }
    return true;
  }

  /// Collects frames to send, if the binding that they are wanted for is still there. Writer's
  /// thread.
  ///
  /// @return false: it is not
  boolean collect(Binding wanted, FrameBatch frames) {
    lock.lock();
    try {
      if (!binding.equals(wanted)) {
        return false;
      }
      wanted.channel().protocol().collect(frames, networkOf(wanted), sync.nanoTime());
      boolean _ = settle();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /// Runs a command of the protocol that was given a line, or of whichever there is. No lock held.
  ///
  /// @param line null: of whichever there is
  /// @return false: that protocol is no longer in use
  boolean perform(@Nullable Line line, Line.Command command) {
    InterfaceBinding network = null;
    InputHandler arrival = null;
    boolean output = false;
    lock.lock();
    try {
      Binding present = binding;
      if (line != null && !line.equals(present.channel().line())) {
        return false;
      }
      network = present.network();
      try {
        command.run(networkOf(present), sync.nanoTime());
      } finally {
        arrival = network == null ? null : network.takeArrival();
        output = settle();
      }
    } finally {
      lock.unlock();
      wake(network, arrival, output);
    }
    return true;
  }

  /// Carrier has come or gone. No lock held.
  void carrier(boolean present) {
    boolean _ =
        perform(
            null,
            (network, now) -> {
              carrier = present;
              events.append(new TtyEvent.Carrier(present));
              LineProtocol protocol = binding.channel().protocol();
              if (present) {
                protocol.lowerUp(network, now);
              } else {
                protocol.lowerDown(network, now);
              }
            });
  }

  private void timeout() {
    boolean _ =
        perform(null, (network, now) -> binding.channel().protocol().handleTimeout(network, now));
  }

  /// After any call of a protocol; lock held.
  ///
  /// @return whether the writer has something to do
  private boolean settle() {
    Binding present = binding;
    LineProtocol protocol = present.channel().protocol();
    if (present.network() == null && present.channel() != rawChannel && protocol.isFinished()) {
      toRaw();
      return true;
    }
    timer.schedule(protocol.pollTimeout());
    return protocol.hasOutput();
  }

  /// After a section. No lock held.
  private void wake(
      @Nullable InterfaceBinding network, @Nullable InputHandler arrival, boolean output) {
    if (network != null && arrival != null) {
      network.announce(arrival);
    }
    if (output) {
      transport.workReady();
    }
  }

  private Network networkOf(Binding present) {
    InterfaceBinding network = present.network();
    return network == null ? nowhere : network;
  }

  // ---- how a binding begins

  /// Whether a bind is worth trying.
  ///
  /// @throws NetException EIO, EBUSY
  void requireFree() throws NetException {
    if (state != PortState.OPEN) {
      throw NetError.EIO.on(name(), "the port is " + state);
    }
    NetInterface bound = netInterface();
    if (bound != null && bound.isAttached()) {
      throw NetError.EBUSY.on(name(), "bound to " + bound.name());
    }
  }

  /// Step 2 of a bind, and step 3. No lock held.
  ///
  /// @param channel unused
  /// @param claim step 1
  /// @throws NetException as [#requireFree] and [InterfaceBinding#commit]; nothing has changed
  void bind(Channel channel, InterfaceBinding claim) throws NetException {
    InputHandler arrival;
    binder.lock().lock();
    try {
      lock.lock();
      try {
        arrival = attach(channel, claim);
      } finally {
        lock.unlock();
      }
    } finally {
      binder.lock().unlock();
    }
    wake(claim, arrival, true);
  }

  private @Nullable InputHandler attach(Channel channel, InterfaceBinding claim)
      throws NetException {
    InterfaceBinding occupant = binding.network();
    if (occupant != null && !occupant.netInterface().isAttached()) {
      unlink(occupant);
    }
    requireFree();
    claim.commit(this);
    Binding old = binding;
    boolean wasRaw = old.channel() == rawChannel;
    long generation = old.generation() + 1;
    try {
      begin(channel, claim, wasRaw);
    } finally {
      leave(old);
      disciplines.use(channel.discipline());
      raw.input.halt(true);
      raw.output.halt(true);
      raw.output.clear();
      binding = new Binding(channel, claim, generation, wasRaw ? old.generation() : generation);
      NetInterface bound = claim.netInterface();
      events.append(new TtyEvent.Bound(channel.discipline().name(), bound.name(), bound.index()));
    }
    boolean _ = settle();
    return claim.takeArrival();
  }

  /// First calls of a protocol, while no thread but this one knows its channel. What was read while
  /// the port was free, and nobody took, is for the protocol.
  private void begin(Channel channel, Network network, boolean wasRaw) {
    LineProtocol protocol = channel.protocol();
    long now = sync.nanoTime();
    if (carrier) {
      protocol.lowerUp(network, now);
    } else {
      protocol.lowerDown(network, now);
    }
    if (!wasRaw) {
      return;
    }
    byte[] leftover = new byte[raw.input.size()];
    int end = raw.input.poll(leftover, 0, leftover.length);
    FrameBatch frames = channel.received();
    int at = 0;
    while (at < end) {
      frames.clear();
      at = protocol.decode(leftover, at, end, frames);
      if (protocol.wantsDelivery(frames)) {
        protocol.deliver(frames, network, now);
      }
    }
  }

  // ---- how a binding ends

  /// Ends the binding, if there is one, and goes back to the raw discipline. No lock held.
  ///
  /// @return the removal that this has started; null: none
  @Nullable Removal unbind() {
    binder.lock().lock();
    Removal removal;
    try {
      lock.lock();
      try {
        removal = detach();
      } finally {
        lock.unlock();
      }
    } finally {
      binder.lock().unlock();
    }
    transport.workReady();
    return removal;
  }

  /// Ends the binding and the life of the port. No lock held.
  ///
  /// @param next GONE or CLOSING
  /// @param cause null: it is to be closed
  /// @return whether the port was alive
  boolean end(PortState next, @Nullable HangUp cause) {
    binder.lock().lock();
    try {
      lock.lock();
      try {
        if (state != PortState.OPENING && state != PortState.OPEN) {
          return false;
        }
        state = next;
        if (cause != null) {
          events.append(new TtyEvent.HungUp(cause));
        }
        raw.input.finish();
        raw.output.halt(true);
        Removal _ = detach();
      } finally {
        lock.unlock();
      }
    } finally {
      binder.lock().unlock();
    }
    transport.workReady();
    return true;
  }

  /// The port is closed: timers are off. No lock held.
  void closed() {
    timer.cancel();
    raw.output.close();
    lock.lock();
    try {
      state = PortState.CLOSED;
      events.append(new TtyEvent.Closed());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public void workReady() {
    transport.workReady();
  }

  /// Step 3 of a destroy.
  @Override
  public void unlink(NetInterface netInterface) {
    lock.lock();
    try {
      InterfaceBinding network = binding.network();
      if (network != null && network.netInterface().equals(netInterface)) {
        unlink(network);
      }
    } finally {
      lock.unlock();
    }
    transport.workReady();
  }

  /// The interface goes, the channel stays until it is finished. Lock held.
  private void unlink(InterfaceBinding network) {
    Binding old = binding;
    binding = new Binding(old.channel(), null, old.generation() + 1, old.since());
    try {
      old.channel().protocol().interfaceGone(sync.nanoTime());
      boolean _ = settle();
    } finally {
      noteUnbound(network);
      network.unlink();
    }
  }

  /// Back to the raw discipline because the port wants so. Table lock and lock held.
  private @Nullable Removal detach() {
    Binding old = binding;
    InterfaceBinding network = old.network();
    if (old.channel() == rawChannel) {
      return null;
    }
    toRaw();
    try {
      old.channel().protocol().lowerDown(networkOf(old), sync.nanoTime());
    } finally {
      if (network != null) {
        noteUnbound(network);
      }
    }
    return network == null ? null : network.release();
  }

  private void toRaw() {
    Binding old = binding;
    leave(old);
    long generation = old.generation() + 1;
    binding = new Binding(rawChannel, null, generation, generation);
    raw.input.halt(false);
    raw.output.halt(state != PortState.OPEN);
  }

  /// A discipline is used by one port less.
  private void leave(Binding old) {
    if (old.channel() != rawChannel) {
      disciplines.unuse(old.channel().discipline());
    }
  }

  private void noteUnbound(InterfaceBinding network) {
    NetInterface bound = network.netInterface();
    events.append(new TtyEvent.Unbound(bound.name(), bound.index()));
  }
}
