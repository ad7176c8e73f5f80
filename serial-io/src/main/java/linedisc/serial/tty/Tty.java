package linedisc.serial.tty;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import linedisc.serial.life.Clock;
import linedisc.serial.life.Closer;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Events;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.OctetQueue;
import linedisc.serial.life.OwnThread;
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
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// An open port: its lock, its line discipline, and the interface that is bound to it.
///
/// It starts with the raw discipline, whose octets are [#read] and [#write]n. [#bind] gives it
/// another, and an interface; [#unbind], hang-up, [#close] and the destruction of the interface end
/// that. Octets that were read before a bind and that nobody has taken are for the new discipline;
/// octets that were read under a binding which has ended are dropped.
///
/// Any thread may call any method, with no lock held; only [#read] and [#write] wait.
public final class Tty implements AutoCloseable {
  private final TtyTable table;
  private final SerialTransport transport;
  private final Sync sync;
  private final InterfaceBinder binder;
  private final Attachment attachment = new Port();
  private final PortLock lock;
  private final Clock.Timer timer;
  private final Closer closer;
  private final Events<TtyEvent> events;
  private final RawDiscipline.Protocol raw;
  private final Channel rawChannel;
  private final TtyReader reader;
  private final TtyWriter writer;

  /// Where packets go that have no interface. Port lock.
  private final Nowhere nowhere = new Nowhere();

  /// OPEN stands for BOUND too. Port lock to write.
  private volatile PortState state = PortState.OPENING;

  /// Port lock to write.
  private volatile Binding binding;

  /// Port lock.
  private boolean carrier = true;

  /// For how long a close waits for what is still to be sent. Port lock to write.
  private volatile Duration drain = Duration.ZERO;

  Tty(TtyTable table, SerialTransport transport) {
    this.table = table;
    this.transport = transport;
    this.sync = table.interfaces().sync();
    this.binder = table.interfaces().binder();
    this.lock = new PortLock(sync, LockRank.PORT);
    this.timer = table.clock().timer(this::timeout);
    this.closer = new Closer(sync, transport.name(), this::tryClose);
    this.events = new Events<>(sync, table.interfaces().dispatcher());
    this.raw = new RawDiscipline.Protocol(sync);
    this.rawChannel = new Channel(RawDiscipline.INSTANCE, null, raw);
    this.binding = new Binding(rawChannel, null, 0, 0);
    this.reader = new TtyReader(this);
    this.writer = new TtyWriter(this);
  }

  /// Lets the transport begin.
  void start() {
    transport.start(new Driven());
    lock.lock();
    try {
      if (state == PortState.OPENING) {
        state = PortState.OPEN;
      }
    } finally {
      lock.unlock();
    }
  }

  /// The port's name.
  public String name() {
    return transport.name();
  }

  /// The transport: for modem lines and breaks.
  public SerialTransport transport() {
    return transport;
  }

  /// Where the port is.
  public PortState state() {
    PortState present = state;
    boolean bound = present == PortState.OPEN && binding.network() != null;
    return bound ? PortState.BOUND : present;
  }

  /// The interface that is bound to it; null: none.
  public @Nullable NetInterface netInterface() {
    InterfaceBinding network = binding.network();
    return network == null ? null : network.netInterface();
  }

  /// The discipline that it has.
  public LineDiscipline discipline() {
    return binding.channel().discipline();
  }

  /// The state of the discipline that it has.
  public LineProtocol protocol() {
    return binding.channel().protocol();
  }

  /// What the list of ports says about it.
  public TtyInfo info() {
    NetInterface bound = netInterface();
    String name = bound == null ? null : bound.name();
    String discipline = discipline().name();
    return new TtyInfo(name(), state(), discipline, name, reader.discarded(), nowhere.packets());
  }

  /// A stream of what happens here from now on.
  public EventStream<TtyEvent> events() {
    return events.open();
  }

  /// Has a listener called, on an executor, for what happens here from now on.
  public EventStream<TtyEvent> events(Executor executor, Consumer<? super TtyEvent> listener) {
    return events.open(executor, listener);
  }

  // ---- raw octets

  /// Reads octets while the discipline is raw; waits for at least one, but not longer than `limit`.
  ///
  /// @return how many; 0: none came in time
  /// @throws NetException EBUSY: another discipline reads; EIO: the port is gone
  public int read(byte[] buffer, int offset, int room, Duration limit)
      throws NetException, InterruptedException {
    return requireRaw(raw.input.take(buffer, offset, room, sync.deadline(limit)));
  }

  /// Writes octets while the discipline is raw; waits until at least one is taken, but not longer
  /// than `limit`.
  ///
  /// @return how many were taken; 0: none in time
  /// @throws NetException EBUSY: another discipline writes; EIO: the port is gone
  public int write(byte[] buffer, int offset, int length, Duration limit)
      throws NetException, InterruptedException {
    int taken = requireRaw(raw.output.put(buffer, offset, length, sync.deadline(limit)));
    transport.workReady();
    return taken;
  }

  // ---- binding

  /// Binds the lowest idle interface of the discipline's type, or a new one, which then goes with
  /// the binding.
  ///
  /// @throws NetException EBUSY: the port is bound; EIO: it is gone; EINVAL: the discipline has no
  ///   interfaces; ENOSPC
  public Link bind(LineDiscipline discipline) throws NetException {
    String type = discipline.interfaceType();
    if (type == null) {
      throw NetError.EINVAL.on(discipline.name(), "has no interfaces");
    }
    requireFree();
    return bind(discipline, binder.claim(type));
  }

  /// Binds a certain interface. If it is bound here already by the same discipline, nothing
  /// happens.
  ///
  /// @throws NetException EBUSY: the port or the interface is bound; EIO: the port is gone; ENXIO:
  ///   the interface is gone
  public Link bind(LineDiscipline discipline, NetInterface netInterface) throws NetException {
    Binding present = binding;
    if (netInterface() == netInterface && netInterface.isAttached()) {
      return new Link(netInterface, present.channel().protocol());
    }
    if (!netInterface.type().equals(discipline.interfaceType())) {
      throw NetError.EINVAL.on(netInterface.name(), "not for " + discipline.name());
    }
    requireFree();
    return bind(discipline, binder.claim(netInterface));
  }

  /// Ends the binding, if there is one, and goes back to the raw discipline. An interface that is
  /// not STICKY goes.
  ///
  /// @return the removal that this has started; null: none
  public @Nullable Removal unbind() {
    return end(null, Duration.ZERO);
  }

  /// Closes the port; an interface bound to it is unbound. The work is done by the port's closer.
  ///
  /// @param limit how long to wait for octets that the transport has taken
  /// @return ends when the port is closed; with a native write that never comes back, never
  public Removal close(Duration limit) {
    Removal _ = end(PortState.CLOSING, limit);
    return closer.start();
  }

  /// As [#close(Duration)], without waiting for anything.
  @Override
  public void close() {
    Removal _ = close(Duration.ZERO);
  }

  // ---- for reader and writer

  Binding binding() {
    return binding;
  }

  /// Hands over what was decoded, if the channel that it was decoded for is still there and the
  /// octets are still for it.
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

  /// Collects frames to send, if the binding that they are wanted for is still there.
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

  // ---- inside

  /// Runs a command of the protocol that uses a line, or of whichever there is.
  ///
  /// @param line null: of whichever there is
  /// @return false: that protocol is no longer in use
  private boolean perform(@Nullable Line line, Line.Command command) {
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

  /// After a batch or a command. No lock held.
  private void wake(
      @Nullable InterfaceBinding network, @Nullable InputHandler arrival, boolean output) {
    if (network != null && arrival != null) {
      network.announce(arrival);
    }
    if (output) {
      transport.workReady();
    }
  }

  /// After any call of a protocol; port lock held.
  ///
  /// @return whether the writer has something to do
  private boolean settle() {
    Binding present = binding;
    LineProtocol protocol = present.channel().protocol();
    if (present.network() == null && present.channel() != rawChannel && protocol.isFinished()) {
      toRaw(present);
      return true;
    }
    timer.schedule(protocol.pollTimeout());
    return protocol.hasOutput();
  }

  private void timeout() {
    boolean _ = perform(null, (network, now) -> protocol().handleTimeout(network, now));
  }

  private Network networkOf(Binding present) {
    InterfaceBinding network = present.network();
    return network == null ? nowhere : network;
  }

  private Link bind(LineDiscipline discipline, InterfaceBinding claim) throws NetException {
    try {
      TtyLine line = new TtyLine();
      Channel channel = new Channel(discipline, line, discipline.open(line));
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
      return new Link(claim.netInterface(), channel.protocol());
    } finally {
      claim.abandon();
    }
  }

  /// Step 2 of a bind; table lock and port lock held.
  private @Nullable InputHandler attach(Channel channel, InterfaceBinding claim)
      throws NetException {
    InterfaceBinding occupant = binding.network();
    if (occupant != null && !occupant.netInterface().isAttached()) {
      unlink(occupant);
    }
    requireFree();
    claim.commit(attachment);
    Binding old = binding;
    boolean wasRaw = old.channel() == rawChannel;
    long generation = old.generation() + 1;
    long now = sync.nanoTime();
    try {
      if (carrier) {
        channel.protocol().lowerUp(claim, now);
      } else {
        channel.protocol().lowerDown(claim, now);
      }
      if (wasRaw) {
        feedLeftover(channel, claim, now);
      }
    } finally {
      leave(old);
      table.disciplines().use(channel.discipline());
      raw.input.halt(true);
      raw.output.halt(true);
      binding = new Binding(channel, claim, generation, wasRaw ? old.generation() : generation);
      NetInterface bound = claim.netInterface();
      events.append(new TtyEvent.Bound(channel.discipline().name(), bound.name(), bound.index()));
    }
    boolean _ = settle();
    return claim.takeArrival();
  }

  /// What was read while the port was free, and nobody took, is for the new channel; no thread but
  /// this one knows that channel yet.
  private void feedLeftover(Channel channel, Network network, long now) {
    byte[] leftover = new byte[raw.input.size()];
    int end = raw.input.poll(leftover, 0, leftover.length);
    LineProtocol protocol = channel.protocol();
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

  /// Ends the binding, and with a next state the life of the port.
  private @Nullable Removal end(@Nullable PortState next, Duration limit) {
    Removal removal = null;
    binder.lock().lock();
    try {
      lock.lock();
      try {
        if (next != null && state != PortState.OPENING && state != PortState.OPEN) {
          return null;
        }
        if (next != null) {
          state = next;
          drain = limit;
          raw.input.close();
          raw.output.halt(true);
        }
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

  /// Back to the raw discipline; table lock and port lock held.
  private @Nullable Removal detach() {
    Binding old = binding;
    if (old.channel() == rawChannel) {
      return null;
    }
    toRaw(old);
    InterfaceBinding network = old.network();
    try {
      old.channel().protocol().lowerDown(networkOf(old), sync.nanoTime());
    } finally {
      if (network != null) {
        noteUnbound(network);
      }
    }
    return network == null ? null : network.release();
  }

  /// The interface goes, the channel stays until it is finished; port lock held.
  private void unlink(InterfaceBinding network) {
    Binding old = binding;
    binding = new Binding(old.channel(), null, old.generation() + 1, old.since());
    try {
      old.channel().protocol().interfaceGone(sync.nanoTime());
    } finally {
      noteUnbound(network);
      network.unlink();
    }
    boolean _ = settle();
  }

  private void toRaw(Binding old) {
    leave(old);
    long generation = old.generation() + 1;
    binding = new Binding(rawChannel, null, generation, generation);
    raw.input.halt(false);
    raw.output.halt(!state.isUsable());
  }

  /// A channel is used no longer.
  private void leave(Binding old) {
    if (old.channel() != rawChannel) {
      table.disciplines().unuse(old.channel().discipline());
    }
  }

  private void noteUnbound(InterfaceBinding network) {
    NetInterface bound = network.netInterface();
    events.append(new TtyEvent.Unbound(bound.name(), bound.index()));
  }

  /// One try of the closer.
  private boolean tryClose() {
    advance(PortState.GONE, PortState.CLOSING);
    CloseResult result = transport.close(drain);
    if (result == CloseResult.ZOMBIE) {
      advance(PortState.CLOSING, PortState.ZOMBIE);
      return false;
    }
    timer.cancel();
    raw.output.close();
    advance(state, PortState.CLOSED);
    table.forget(this);
    return true;
  }

  private void advance(PortState from, PortState to) {
    lock.lock();
    try {
      if (state == from) {
        state = to;
        if (to == PortState.CLOSED) {
          events.append(new TtyEvent.Closed());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireFree() throws NetException {
    if (state != PortState.OPEN) {
      throw NetError.EIO.on(name(), "the port is " + state);
    }
    NetInterface bound = netInterface();
    if (bound != null && bound.isAttached()) {
      throw NetError.EBUSY.on(name(), "bound to " + bound.name());
    }
  }

  private int requireRaw(int moved) throws NetException {
    if (moved >= 0) {
      return moved;
    }
    if (moved == OctetQueue.HALTED && state == PortState.OPEN) {
      throw NetError.EBUSY.on(name(), "the discipline is " + discipline().name());
    }
    throw NetError.EIO.on(name(), "the port is " + state);
  }

  /// What a protocol sees of this port.
  private final class TtyLine implements Line {
    @Override
    public String name() {
      return transport.name();
    }

    @Override
    public int speed() {
      return transport.speed();
    }

    @Override
    public boolean perform(Command command) {
      return Tty.this.perform(this, command);
    }

    @Override
    public void post(Object detail) {
      events.append(new TtyEvent.FromProtocol(detail));
    }
  }

  /// What an interface sees of this port.
  private final class Port implements Attachment {
    @Override
    public String name() {
      return transport.name();
    }

    @Override
    public void workReady() {
      transport.workReady();
    }

    @Override
    public void unlink(NetInterface netInterface) {
      lock.lock();
      try {
        InterfaceBinding network = binding.network();
        if (network != null && network.netInterface() == netInterface) {
          Tty.this.unlink(network);
        }
      } finally {
        lock.unlock();
      }
      transport.workReady();
    }
  }

  /// What the transport sees of this port.
  private final class Driven implements TransportUser {
    @Override
    public long mark() {
      return binding.generation();
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      boolean before = OwnThread.enter();
      try {
        reader.input(mark, buffer, offset, length);
      } finally {
        OwnThread.leave(before);
      }
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      boolean before = OwnThread.enter();
      try {
        return writer.fill(buffer, offset, length);
      } finally {
        OwnThread.leave(before);
      }
    }

    @Override
    public void carrier(boolean present) {
      boolean _ =
          perform(
              null,
              (network, now) -> {
                carrier = present;
                events.append(new TtyEvent.Carrier(present));
                if (present) {
                  protocol().lowerUp(network, now);
                } else {
                  protocol().lowerDown(network, now);
                }
              });
    }

    @Override
    public void hungUp(HangUp cause) {
      events.append(new TtyEvent.HungUp(cause));
      Removal _ = end(PortState.GONE, Duration.ZERO);
      Removal _ = closer.start();
    }
  }
}
