package linedisc.serial.tty;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import linedisc.serial.life.Closer;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Events;
import linedisc.serial.life.OctetQueue;
import linedisc.serial.life.OwnThread;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceBinder;
import linedisc.serial.net.InterfaceBinding;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
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
  private final Events<TtyEvent> events;
  private final RawDiscipline.Protocol raw;
  private final TtyBindings bindings;
  private final TtyReader reader;
  private final TtyWriter writer;
  private final Closer closer;

  /// For how long a close waits for what is still to be sent.
  private volatile Duration drain = Duration.ZERO;

  Tty(TtyTable table, SerialTransport transport) {
    this.table = table;
    this.transport = transport;
    this.sync = table.interfaces().sync();
    this.events = new Events<>(sync, table.interfaces().dispatcher());
    this.raw = new RawDiscipline.Protocol(sync);
    this.bindings = new TtyBindings(table, transport, raw, events);
    this.reader = new TtyReader(bindings);
    this.writer = new TtyWriter(bindings);
    this.closer = new Closer(sync, transport.name(), this::tryClose);
  }

  /// Lets the transport begin.
  void start() {
    transport.start(new Driven());
    bindings.advance(PortState.OPENING, PortState.OPEN);
  }

  /// The port's name.
  public String name() {
    return transport.name();
  }

  /// The transport: for modem lines and breaks.
  public SerialTransport transport() {
    return transport;
  }

  /// Sets the line otherwise, while traffic runs: speed, data bits, parity, stop bits and flow
  /// control. Both sides' octets that are on their way at that moment may be lost. A PPP link
  /// learns of XON/XOFF when it is next opened.
  ///
  /// @throws PortException see [SerialTransport#apply]
  public void apply(PortSettings settings) throws PortException {
    transport.apply(settings);
  }

  /// Where the port is.
  public PortState state() {
    PortState present = bindings.state();
    boolean bound = present == PortState.OPEN && netInterface() != null;
    return bound ? PortState.BOUND : present;
  }

  /// The interface that is bound to it; null: none.
  public @Nullable NetInterface netInterface() {
    return bindings.netInterface();
  }

  /// The discipline that it has.
  public LineDiscipline discipline() {
    return bindings.current().channel().discipline();
  }

  /// The state of the discipline that it has.
  public LineProtocol protocol() {
    return bindings.current().channel().protocol();
  }

  /// What the list of ports says about it.
  public TtyInfo info() {
    NetInterface bound = netInterface();
    String name = bound == null ? null : bound.name();
    String discipline = discipline().name();
    return new TtyInfo(name(), state(), discipline, name, reader.discarded(), bindings.nowhere());
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
  /// @throws NetException EBUSY: another discipline reads; EIO: the port is gone, and what came
  ///   before that has been read
  public int read(byte[] buffer, int offset, int room, Duration limit)
      throws NetException, InterruptedException {
    return requireRaw(raw.input.take(buffer, offset, room, sync.deadline(limit)));
  }

  /// Looks at the first octets that [#read] would give, and leaves them for it or for the
  /// discipline that is bound next; waits until there are more than are known, but not longer than
  /// `limit`.
  ///
  /// @param known how many of them the caller has seen
  /// @return how many were copied; 0: there were no more in time
  /// @throws NetException EBUSY: another discipline reads; EIO: the port is gone
  public int peek(byte[] buffer, int offset, int room, int known, Duration limit)
      throws NetException, InterruptedException {
    return requireRaw(raw.input.peek(buffer, offset, room, known, sync.deadline(limit)));
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
    bindings.requireFree();
    return bind(discipline, binder().claim(type));
  }

  /// Binds a certain interface. If it is bound here already, nothing happens.
  ///
  /// @throws NetException EBUSY: the port or the interface is bound; EIO: the port is gone; ENXIO:
  ///   the interface is gone; EINVAL: it is not of the discipline's type
  public Link bind(LineDiscipline discipline, NetInterface netInterface) throws NetException {
    if (!netInterface.type().equals(discipline.interfaceType())) {
      throw NetError.EINVAL.on(netInterface.name(), "not for " + discipline.name());
    }
    Binding present = bindings.current();
    InterfaceBinding network = present.network();
    if (network != null && network.netInterface().equals(netInterface)) {
      return new Link(netInterface, present.channel().protocol());
    }
    bindings.requireFree();
    return bind(discipline, binder().claim(netInterface));
  }

  /// Ends the binding, if there is one, and goes back to the raw discipline. An interface that is
  /// not STICKY goes.
  ///
  /// @return the removal that this has started; null: none
  public @Nullable Removal unbind() {
    return bindings.unbind();
  }

  /// Closes the port; an interface bound to it is unbound. The work is done by the port's closer.
  ///
  /// @param limit how long to wait for octets that the transport has taken
  /// @return ends when the port is closed; with a native write that never comes back, never
  public Removal close(Duration limit) {
    if (bindings.end(PortState.CLOSING, null)) {
      drain = limit;
    }
    return closer.start();
  }

  /// As [#close(Duration)], without waiting for anything.
  @Override
  public void close() {
    Removal _ = close(Duration.ZERO);
  }

  // ---- inside

  private InterfaceBinder binder() {
    return table.interfaces().binder();
  }

  private Link bind(LineDiscipline discipline, InterfaceBinding claim) throws NetException {
    try {
      Line line = new TtyLine();
      Channel channel = new Channel(discipline, line, discipline.open(line));
      bindings.bind(channel, claim);
      return new Link(claim.netInterface(), channel.protocol());
    } finally {
      claim.abandon();
    }
  }

  /// One try of the closer.
  private boolean tryClose() {
    bindings.advance(PortState.GONE, PortState.CLOSING);
    CloseResult result = transport.close(drain);
    if (result == CloseResult.ZOMBIE) {
      bindings.advance(PortState.CLOSING, PortState.ZOMBIE);
      return false;
    }
    bindings.closed();
    table.forget(this);
    return true;
  }

  private int requireRaw(int moved) throws NetException {
    if (moved >= 0) {
      return moved;
    }
    PortState state = bindings.state();
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
    public boolean softwareFlowControl() {
      PortSettings settings = transport.settings();
      return settings != null && settings.flow() == FlowControl.XON_XOFF;
    }

    @Override
    public boolean perform(Command command) {
      return bindings.perform(this, command);
    }

    @Override
    public void post(Object detail) {
      events.append(new TtyEvent.FromProtocol(detail));
    }
  }

  /// What the transport sees of this port.
  private final class Driven implements TransportUser {
    @Override
    public long mark() {
      return bindings.current().generation();
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
      boolean before = OwnThread.enter();
      try {
        bindings.carrier(present);
      } finally {
        OwnThread.leave(before);
      }
    }

    @Override
    public void hungUp(HangUp cause) {
      boolean _ = bindings.end(PortState.GONE, cause);
      Removal _ = closer.start();
    }
  }
}
