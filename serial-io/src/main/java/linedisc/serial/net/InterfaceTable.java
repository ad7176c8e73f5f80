package linedisc.serial.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Events;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.PortLock;
import linedisc.serial.life.Reaper;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import linedisc.serial.life.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network interfaces of a system: names them, makes them, destroys them.
///
/// `lo0` is there from the start and stays. Names are as with FreeBSD's if_clone: `ppp3` is a
/// certain interface, `ppp` any of that type, `ppp03` nothing.
///
/// An interface can be destroyed at any moment, bound or not, by anybody, under whatever traffic.
/// Exactly one caller wins; the [Reaper] does the work; when [Removal#await] returns, no port can
/// touch the interface any more. A refused request has changed nothing.
///
/// Any thread may call any method, with no lock held, and none of them waits for anything but
/// locks.
public final class InterfaceTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceTable.class);

  /// Something done under the table's lock, or refused.
  @FunctionalInterface
  interface Action {
    void run() throws NetException;
  }

  /// Something asked under the table's lock, or refused.
  @FunctionalInterface
  interface Query<T extends @Nullable Object> {
    T run() throws NetException;
  }

  private final Sync sync;
  private final PortLock lock;
  private final Worker dispatcher;
  private final Reaper reaper;
  private final Events<InterfaceEvent> events;
  private final AtomicLong touches = new AtomicLong();

  /// Guarded by the lock.
  private final InterfaceRegistry registry = new InterfaceRegistry();

  /// A table with `lo0`, and with cloners for `lo`, `ppp` and `sl`.
  public InterfaceTable() {
    this(Sync.system());
  }

  /// As [#InterfaceTable()], with locks and threads of another kind.
  public InterfaceTable(Sync sync) {
    this.sync = sync;
    this.lock = new PortLock(sync, LockRank.TABLE);
    this.dispatcher =
        new Worker(sync, "linedisc-events", e -> LOG.error("an event could not be delivered", e));
    this.reaper =
        new Reaper(sync, e -> dispatcher.submit(() -> LOG.error("a removal has failed", e)));
    this.events = new Events<>(sync, dispatcher);
    try {
      register(new LoopbackInterface.Cloner(sync));
      register(new SerialCloner("ppp", 1500));
      register(new SerialCloner("sl", 296));
    } catch (NetException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- types

  /// Makes a new type of interface known, and its permanent units.
  ///
  /// @throws NetException EINVAL: the type is not letters only; EEXIST; what the cloner throws
  public void register(InterfaceCloner cloner) throws NetException {
    perform(() -> registry.register(cloner));
    for (int unit = 0; unit < cloner.permanentUnits(); unit++) {
      NetInterface _ = create(cloner.type() + unit);
    }
  }

  /// The types of which interfaces can be created, in the order of their registration. Creates
  /// nothing.
  public List<String> cloners() {
    return locked(() -> registry.types());
  }

  // ---- interfaces

  /// Creates an interface that stays until it is destroyed (STICKY).
  ///
  /// @param name `ppp`: the lowest free unit; `ppp3`: that one
  /// @throws NetException EINVAL: no such type, or no name at all; EEXIST; ENOSPC
  public NetInterface create(String name) throws NetException {
    return interfaceOf(build(name, StateWord.STICKY, 0));
  }

  /// The cloning open: creates an interface that lasts as long as the handle.
  ///
  /// @param name as for [#create]
  /// @throws NetException as [#create]
  public InterfaceHandle open(String name) throws NetException {
    return handle(build(name, 0, 1));
  }

  /// The cloning open of an interface that nobody else can find.
  ///
  /// @param name as for [#create]
  /// @throws NetException as [#create]
  public InterfaceHandle openPrivate(String name) throws NetException {
    return handle(build(name, StateWord.PRIVATE, 1));
  }

  /// Finds an interface by name; null: there is none.
  public @Nullable NetInterface find(String name) {
    return locked(() -> {
      InterfaceEntry entry = registry.find(name);
      return entry == null ? null : visible(entry);
    });
  }

  /// Finds an interface by index; null: there is none (any more).
  public @Nullable NetInterface find(long index) {
    return locked(() -> {
      InterfaceEntry entry = registry.find(index);
      return entry == null ? null : visible(entry);
    });
  }

  /// Finds an interface by name.
  ///
  /// @throws InterfaceGoneException when there is none
  public NetInterface get(String name) throws NetException {
    NetInterface found = find(name);
    if (found == null) {
      throw NetError.ENXIO.on(name);
    }
    return found;
  }

  /// All interfaces but private ones, by index, and after them the tombstones of departed ones that
  /// somebody still refers to.
  public List<InterfaceInfo> list() {
    return locked(() -> {
      List<InterfaceInfo> all = new ArrayList<>();
      for (InterfaceEntry entry : registry.live()) {
        NetInterface netInterface = entry.netInterface;
        if (netInterface != null && !netInterface.is(InterfaceFlag.PRIVATE)) {
          all.add(InterfaceInfo.of(entry, netInterface));
        }
      }
      for (InterfaceEntry entry : registry.tombstones()) {
        all.add(InterfaceInfo.tombstone(entry));
      }
      return all;
    });
  }

  /// Destroys an interface. Does not wait, so it may be called from anywhere.
  ///
  /// @throws NetException ENXIO: there is none, or somebody else is destroying it; EPERM
  public Removal destroy(String name) throws NetException {
    return call(() -> {
      InterfaceEntry entry = registry.find(name);
      if (entry == null || visible(entry) == null) {
        throw NetError.ENXIO.on(name);
      }
      return destroy(entry);
    });
  }

  /// Destroys this very interface, not a later one of its name. Does not wait.
  ///
  /// @throws NetException ENXIO: it is gone, or somebody else is destroying it; EPERM
  public Removal destroy(NetInterface netInterface) throws NetException {
    return call(() -> destroy(entryOf(netInterface)));
  }

  /// The removal of an interface that somebody else is destroying; null: it is not being destroyed,
  /// or has gone.
  public @Nullable Removal removal(long index) {
    return locked(() -> {
      InterfaceEntry entry = registry.find(index);
      return entry == null ? null : entry.removal;
    });
  }

  /// Waits until an interface that is being destroyed has gone.
  ///
  /// @throws NetException EBUSY: it is there, and nobody destroys it
  /// @throws IllegalStateException as [Removal#await]
  public void awaitGone(long index) throws NetException, InterruptedException {
    Removal removal;
    lock.lock();
    try {
      InterfaceEntry entry = registry.find(index);
      removal = entry == null ? null : entry.removal;
      if (entry != null && removal == null) {
        throw NetError.EBUSY.on(entry.name());
      }
    } finally {
      lock.unlock();
    }
    if (removal != null) {
      removal.await();
    }
  }

  /// A counted reference, for those who keep one for long.
  ///
  /// @param purpose for the list: `route 10.0.0.0/8`
  /// @throws InterfaceGoneException when it is gone
  public InterfaceRef refer(NetInterface netInterface, String purpose) throws NetException {
    return call(() -> {
      InterfaceEntry entry = entryOf(netInterface);
      if (!netInterface.isAttached()) {
        throw NetError.ENXIO.on(entry.name());
      }
      entry.holders.add(purpose);
      return new InterfaceRef(this, entry, netInterface, purpose);
    });
  }

  // ---- events

  /// A stream of what happens to interfaces from now on.
  public EventStream<InterfaceEvent> events() {
    return events.open();
  }

  /// Has a listener called, on an executor, for what happens to interfaces from now on.
  public EventStream<InterfaceEvent> events(
      Executor executor, Consumer<? super InterfaceEvent> listener) {
    return events.open(executor, listener);
  }

  // ---- for ports

  /// The table as ports and devices see it.
  public InterfaceBinder binder() {
    return new InterfaceBinder(this);
  }

  /// What locks and threads are made with.
  public Sync sync() {
    return sync;
  }

  /// The thread that hands events to executors; for those who have events of their own.
  public Worker dispatcher() {
    return dispatcher;
  }

  /// Calls that came after an interface was unlinked, over all interfaces that ever were: 0, or
  /// this code is wrong.
  public long touches() {
    return touches.get();
  }

  /// Destroys all interfaces that can be destroyed, and ends the threads once that is done.
  @Override
  public void close() {
    Collection<InterfaceEntry> all = locked(() -> List.copyOf(registry.live()));
    for (InterfaceEntry entry : all) {
      try {
        Removal _ = call(() -> destroy(entry));
      } catch (NetException e) {
        LOG.debug("not destroyed: {}", e.getMessage());
      }
    }
    reaper.remove("table", dispatcher::close);
    reaper.close();
  }

  // ---- for the others in this package

  PortLock lock() {
    return lock;
  }

  void touched() {
    touches.incrementAndGet();
  }

  void changed(NetInterface netInterface) {
    events.coalesce(new InterfaceEvent.Changed(netInterface.name(), netInterface.index()));
  }

  <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  <T extends @Nullable Object> T call(Query<T> query) throws NetException {
    lock.lock();
    try {
      return query.run();
    } finally {
      lock.unlock();
    }
  }

  void perform(Action action) throws NetException {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Changes something on an interface that is there.
  void administer(NetInterface netInterface, Action action) throws NetException {
    perform(() -> {
      if (StateWord.isLeaving(netInterface.word().get())) {
        throw NetError.ENXIO.on(netInterface.name());
      }
      action.run();
    });
  }

  /// Step 1 of a bind: see [InterfaceBinder].
  InterfaceEntry claim(String type) throws NetException {
    lock.lock();
    try {
      InterfaceEntry idle = registry.lowestIdle(type);
      if (idle != null) {
        own(idle);
        return idle;
      }
    } finally {
      lock.unlock();
    }
    return reserveAndBuild(type, 0, 1);
  }

  /// Step 1 of a bind to a certain interface.
  InterfaceEntry claim(NetInterface netInterface) throws NetException {
    return call(() -> {
      InterfaceEntry entry = entryOf(netInterface);
      if (!netInterface.isAttached()) {
        throw NetError.ENXIO.on(entry.name());
      }
      if (netInterface.port() != null) {
        throw NetError.EBUSY.on(entry.name());
      }
      own(entry);
      return entry;
    });
  }

  /// Step 2 of a bind; table lock and port lock held.
  void commit(InterfaceEntry entry, Attachment port) throws NetException {
    NetInterface netInterface = entry.netInterface;
    if (netInterface == null || StateWord.isLeaving(netInterface.word().get())) {
      throw NetError.ENXIO.on(entry.name());
    }
    if (netInterface.port() != null) {
      throw NetError.EBUSY.on(entry.name());
    }
    netInterface.bind(port);
    entry.owners--;
    publish(entry, netInterface);
  }

  /// A bind has failed; table lock held.
  @Nullable Removal abandon(InterfaceEntry entry) {
    NetInterface netInterface = entry.netInterface;
    if (netInterface != null && netInterface.state() == InterfaceState.ALLOCATED) {
      cancel(entry);
      return null;
    }
    return disown(entry);
  }

  /// One owner less; table lock held.
  ///
  /// @return the removal that this starts
  @Nullable Removal disown(InterfaceEntry entry) {
    entry.owners--;
    NetInterface netInterface = entry.netInterface;
    if (netInterface == null) {
      return null;
    }
    Removal removal = netInterface.port() == null ? leave(entry, netInterface) : null;
    noteIdle(entry, netInterface);
    return removal;
  }

  /// A binding ends because its port wants so; table lock and port lock held.
  ///
  /// @return the removal that this starts
  @Nullable Removal unbind(InterfaceEntry entry, NetInterface netInterface) {
    Removal removal = leave(entry, netInterface);
    if (netInterface.isAttached()) {
      netInterface.unbind();
      noteIdle(entry, netInterface);
    } else {
      netInterface.unlink();
    }
    return removal;
  }

  /// One reference less; table lock held.
  void dismiss(InterfaceEntry entry, String purpose) {
    registry.dismiss(entry, purpose);
  }

  // ---- inside

  private InterfaceHandle handle(InterfaceEntry entry) {
    return new InterfaceHandle(this, entry, interfaceOf(entry));
  }

  private InterfaceEntry build(String name, long flags, int owners) throws NetException {
    InterfaceEntry entry = reserveAndBuild(name, flags, owners);
    locked(() -> {
      publish(entry, interfaceOf(entry));
      return null;
    });
    return entry;
  }

  /// Reserves a name and builds an interface for it, which is still to be published.
  private InterfaceEntry reserveAndBuild(String name, long flags, int owners) throws NetException {
    InterfaceEntry entry = call(() -> registry.reserve(name));
    boolean built = false;
    try {
      InterfaceCloner cloner = entry.cloner();
      InterfaceSettings settings = cloner.settings(entry.name(), entry.parsed().unit());
      NetInterface netInterface =
          new NetInterface(this, entry.parsed(), entry.index(), settings, flags);
      locked(() -> {
        entry.netInterface = netInterface;
        entry.owners = owners;
        return null;
      });
      cloner.built(new InterfaceBinding(this, entry));
      built = true;
      return entry;
    } finally {
      if (!built) {
        locked(() -> {
          cancel(entry);
          return null;
        });
      }
    }
  }

  /// A creation has failed: nothing of it is left.
  private void cancel(InterfaceEntry entry) {
    NetInterface netInterface = entry.netInterface;
    if (netInterface != null) {
      netInterface.abandon();
    }
    registry.remove(entry);
  }

  private void publish(InterfaceEntry entry, NetInterface netInterface) {
    if (netInterface.word().advance(InterfaceState.ALLOCATED, InterfaceState.ATTACHED)) {
      registry.publish(entry);
      if (!netInterface.is(InterfaceFlag.PRIVATE)) {
        events.append(new InterfaceEvent.Arrived(entry.name(), entry.index()));
      }
    }
    noteIdle(entry, netInterface);
  }

  private Removal destroy(InterfaceEntry entry) throws NetException {
    NetInterface netInterface = entry.netInterface;
    if (netInterface == null || !netInterface.isAttached()) {
      throw NetError.ENXIO.on(entry.name());
    }
    if (entry.parsed().unit() < entry.cloner().permanentUnits()) {
      throw NetError.EPERM.on(entry.name());
    }
    if (!netInterface.word().advance(InterfaceState.ATTACHED, InterfaceState.DETACHING)) {
      throw NetError.ENXIO.on(entry.name());
    }
    return startRemoval(entry, netInterface);
  }

  /// An interface that nobody needs any more goes, if it is not STICKY.
  private @Nullable Removal leave(InterfaceEntry entry, NetInterface netInterface) {
    if (entry.owners > 0) {
      return null;
    }
    StateWord word = netInterface.word();
    for (; ; ) {
      long before = word.get();
      if (StateWord.state(before) != InterfaceState.ATTACHED || (before & StateWord.STICKY) != 0) {
        return null;
      }
      if (word.change(before, StateWord.withState(before, InterfaceState.DETACHING))) {
        return startRemoval(entry, netInterface);
      }
    }
  }

  private Removal startRemoval(InterfaceEntry entry, NetInterface netInterface) {
    registry.setIdle(entry, false);
    Removal removal = reaper.remove(entry.name(), () -> remove(entry, netInterface));
    entry.removal = removal;
    return removal;
  }

  /// The Reaper's steps; its thread, no lock held.
  private void remove(InterfaceEntry entry, NetInterface netInterface) {
    Attachment port = netInterface.port();
    if (port != null) {
      port.unlink(netInterface);
    }
    // Null said that no section has anything more to do with the interface.
    netInterface.unlink();
    netInterface.drain();
    locked(() -> {
      if (netInterface.word().advance(InterfaceState.UNLINKED, InterfaceState.FREED)) {
        registry.remove(entry);
        if (!netInterface.is(InterfaceFlag.PRIVATE)) {
          events.append(new InterfaceEvent.Departed(entry.name(), entry.index()));
        }
      }
      return null;
    });
  }

  private void own(InterfaceEntry entry) {
    entry.owners++;
    registry.setIdle(entry, false);
  }

  private void noteIdle(InterfaceEntry entry, NetInterface netInterface) {
    registry.setIdle(
        entry,
        netInterface.isAttached()
            && netInterface.port() == null
            && entry.owners == 0
            && !netInterface.is(InterfaceFlag.PRIVATE));
  }

  private InterfaceEntry entryOf(NetInterface netInterface) throws NetException {
    InterfaceEntry entry = registry.find(netInterface.index());
    if (entry == null || entry.netInterface != netInterface) {
      throw NetError.ENXIO.on(netInterface.name());
    }
    return entry;
  }

  private static NetInterface interfaceOf(InterfaceEntry entry) {
    return Objects.requireNonNull(entry.netInterface);
  }

  /// The interface of an entry if others may see it.
  private static @Nullable NetInterface visible(InterfaceEntry entry) {
    NetInterface netInterface = entry.netInterface;
    boolean seen =
        netInterface != null
            && netInterface.state() != InterfaceState.ALLOCATED
            && !netInterface.is(InterfaceFlag.PRIVATE);
    return seen ? netInterface : null;
  }
}
