package linedisc.serial.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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

/// Every step an interface takes from one state to the next, and the lock and threads behind it:
///
///     ALLOCATED -> ATTACHED -> DETACHING -> UNLINKED -> FREED
///         '----- a creation that failed ------------------^
///
/// The step to DETACHING is taken by exactly one destroyer, under the table's lock; from there on
/// the [Reaper] goes alone, except that a port may unlink its interface before the Reaper comes.
final class InterfaceLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceLifecycle.class);

  /// Something asked under the table's lock, or refused.
  @FunctionalInterface
  interface Query<T extends @Nullable Object> {
    T run() throws NetException;
  }

  /// Something done under the table's lock, or refused.
  @FunctionalInterface
  interface Action {
    void run() throws NetException;
  }

  private final Sync sync;
  private final PortLock lock;
  private final Worker dispatcher;
  private final Reaper reaper;
  private final Events<InterfaceEvent> events;
  private final AtomicLong touches = new AtomicLong();

  /// Guarded by the lock.
  private final InterfaceRegistry registry = new InterfaceRegistry();

  InterfaceLifecycle(Sync sync) {
    this.sync = sync;
    this.lock = new PortLock(sync, LockRank.TABLE);
    this.dispatcher =
        new Worker(sync, "linedisc-events", e -> LOG.error("an event could not be delivered", e));
    this.reaper =
        new Reaper(sync, e -> dispatcher.submit(() -> LOG.error("a removal has failed", e)));
    this.events = new Events<>(sync, dispatcher);
  }

  Sync sync() {
    return sync;
  }

  /// The table's lock.
  PortLock lock() {
    return lock;
  }

  Worker dispatcher() {
    return dispatcher;
  }

  Events<InterfaceEvent> events() {
    return events;
  }

  /// Guarded by the lock.
  InterfaceRegistry registry() {
    assert lock.isHeld();
    return registry;
  }

  /// Asks something under the lock.
  <T extends @Nullable Object> T locked(Supplier<T> query) {
    lock.lock();
    try {
      return query.get();
    } finally {
      lock.unlock();
    }
  }

  /// Asks something under the lock that may be refused.
  <T extends @Nullable Object> T ask(Query<T> query) throws NetException {
    lock.lock();
    try {
      return query.run();
    } finally {
      lock.unlock();
    }
  }

  /// Does something under the lock that may be refused.
  void perform(Action action) throws NetException {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the threads once all removals begun so far are done.
  void close() {
    Removal _ = reaper.remove("table", dispatcher::close);
    reaper.close();
  }

  // ---- to ATTACHED

  /// Creates an interface for others to see. No lock held.
  ///
  /// @param owners how many it has from the start
  InterfaceBinding create(String name, long flags, int owners) throws NetException {
    InterfaceBinding built = build(name, flags, owners);
    return locked(() -> {
      publish(built.entry(), built.netInterface());
      return built;
    });
  }

  /// Reserves a name and builds an interface for it, which is still to be published. No lock held;
  /// when it fails nothing is left.
  InterfaceBinding build(String name, long flags, int owners) throws NetException {
    InterfaceEntry entry = ask(() -> registry.reserve(name));
    boolean built = false;
    try {
      InterfaceCloner cloner = entry.cloner();
      InterfaceSettings settings = cloner.settings(entry.name(), entry.parsed().unit());
      NetInterface netInterface =
          new NetInterface(this, entry.parsed(), entry.index(), settings, flags);
      perform(() -> {
        entry.netInterface = netInterface;
        entry.owners = owners;
      });
      InterfaceBinding binding = new InterfaceBinding(this, entry, netInterface);
      cloner.built(binding);
      built = true;
      return binding;
    } finally {
      if (!built) {
        cancel(entry);
      }
    }
  }

  /// A creation has failed. No lock held.
  private void cancel(InterfaceEntry entry) {
    lock.lock();
    try {
      NetInterface netInterface = entry.netInterface;
      if (netInterface != null) {
        netInterface.abandon();
      }
      registry.remove(entry);
    } finally {
      lock.unlock();
    }
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

  // ---- binding

  /// Step 1 of a bind: the lowest idle interface of a type gets an owner, or a new one has it from
  /// the start. No lock held.
  InterfaceBinding claim(String type) throws NetException {
    lock.lock();
    try {
      InterfaceEntry idle = registry.lowestIdle(type);
      NetInterface netInterface = idle == null ? null : idle.netInterface;
      if (idle != null && netInterface != null) {
        own(idle);
        return new InterfaceBinding(this, idle, netInterface);
      }
    } finally {
      lock.unlock();
    }
    return build(type, 0, 1);
  }

  /// Step 1 of a bind to a certain interface. No lock held.
  InterfaceBinding claim(NetInterface netInterface) throws NetException {
    return ask(() -> {
      InterfaceEntry entry = entryOf(netInterface);
      if (!netInterface.isAttached()) {
        throw NetError.ENXIO.on(entry.name());
      }
      if (netInterface.port() != null) {
        throw NetError.EBUSY.on(entry.name());
      }
      own(entry);
      return new InterfaceBinding(this, entry, netInterface);
    });
  }

  /// Step 2 of a bind: what was claimed is looked at again. Table lock and port lock held.
  void commit(InterfaceEntry entry, Attachment port) throws NetException {
    assert lock.isHeld();
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

  /// A claim has come to nothing. No lock held.
  void abandon(InterfaceEntry entry) {
    NetInterface netInterface = entry.netInterface;
    if (netInterface != null && netInterface.state() == InterfaceState.ALLOCATED) {
      cancel(entry);
    } else {
      Removal _ = locked(() -> disown(entry));
    }
  }

  /// A binding ends because its port wants so. Table lock and port lock held.
  ///
  /// @return the removal that this starts
  @Nullable Removal unbind(InterfaceEntry entry, NetInterface netInterface) {
    assert lock.isHeld();
    Removal removal = leave(entry, netInterface);
    if (netInterface.isAttached()) {
      netInterface.unbind();
      noteIdle(entry, netInterface);
    } else {
      netInterface.unlink();
    }
    return removal;
  }

  /// One owner less. Table lock held.
  ///
  /// @return the removal that this starts
  @Nullable Removal disown(InterfaceEntry entry) {
    entry.owners--;
    NetInterface netInterface = entry.netInterface;
    if (netInterface == null) {
      return null;
    }
    boolean unbound = entry.needsNoPort || netInterface.port() == null;
    Removal removal = unbound ? leave(entry, netInterface) : null;
    noteIdle(entry, netInterface);
    return removal;
  }

  private void own(InterfaceEntry entry) {
    entry.owners++;
    registry.setIdle(entry, false);
  }

  private void noteIdle(InterfaceEntry entry, NetInterface netInterface) {
    boolean idle =
        netInterface.isAttached()
            && netInterface.port() == null
            && entry.owners == 0
            && !netInterface.is(InterfaceFlag.PRIVATE);
    registry.setIdle(entry, idle);
  }

  // ---- to FREED

  /// Steps 1 and 2 of a destroy. Table lock held.
  Removal destroy(InterfaceEntry entry) throws NetException {
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

  /// An interface that nobody needs any more goes, if it is not STICKY: decided on the word just
  /// read.
  private @Nullable Removal leave(InterfaceEntry entry, NetInterface netInterface) {
    StateWord word = netInterface.word();
    while (entry.owners == 0) {
      long before = word.get();
      if (StateWord.state(before) != InterfaceState.ATTACHED || (before & StateWord.STICKY) != 0) {
        return null;
      }
      if (word.change(before, StateWord.withState(before, InterfaceState.DETACHING))) {
        return startRemoval(entry, netInterface);
      }
    }
    return null;
  }

  private Removal startRemoval(InterfaceEntry entry, NetInterface netInterface) {
    registry.setIdle(entry, false);
    Removal removal =
        reaper.remove(entry.name(), () -> unlink(netInterface), () -> free(entry, netInterface));
    entry.removal = removal;
    return removal;
  }

  /// Steps 3 and 4 of a destroy: the Reaper's thread, no lock held.
  ///
  /// @return what must end before name and unit are free: a device of the host has them too
  private @Nullable Removal unlink(NetInterface netInterface) {
    try {
      Attachment port = netInterface.port();
      if (port != null) {
        port.unlink(netInterface);
      }
      // Null says that no section has anything more to do with the interface.
    } finally {
      netInterface.unlink();
      netInterface.drain();
    }
    return netInterface.inputHandler().leaving(netInterface);
  }

  /// Step 5 of a destroy: no lock held.
  private void free(InterfaceEntry entry, NetInterface netInterface) {
    lock.lock();
    try {
      if (netInterface.word().advance(InterfaceState.UNLINKED, InterfaceState.FREED)) {
        registry.remove(entry);
        if (!netInterface.is(InterfaceFlag.PRIVATE)) {
          events.append(new InterfaceEvent.Departed(entry.name(), entry.index()));
        }
      }
    } finally {
      lock.unlock();
    }
    netInterface.inputHandler().gone(netInterface);
  }

  // ---- for interfaces

  /// The entry of an interface that is in the table. Table lock held.
  ///
  /// @throws InterfaceGoneException when it is not
  InterfaceEntry entryOf(NetInterface netInterface) throws NetException {
    InterfaceEntry entry = registry.find(netInterface.index());
    if (entry == null || !netInterface.equals(entry.netInterface)) {
      throw NetError.ENXIO.on(netInterface.name());
    }
    return entry;
  }

  /// As [InterfaceTable#destroy(NetInterface)]. No lock held.
  Removal destroy(NetInterface netInterface) throws NetException {
    return ask(() -> destroy(entryOf(netInterface)));
  }

  /// As [InterfaceTable#refer]. No lock held.
  InterfaceRef refer(NetInterface netInterface, String purpose) throws NetException {
    return ask(() -> {
      InterfaceEntry entry = entryOf(netInterface);
      if (!netInterface.isAttached()) {
        throw NetError.ENXIO.on(entry.name());
      }
      entry.holders.add(purpose);
      return new InterfaceRef(this, entry, netInterface, purpose);
    });
  }

  /// Changes something on an interface that is not on its way out. No lock held.
  void administer(NetInterface netInterface, Action action) throws NetException {
    perform(() -> {
      if (StateWord.isLeaving(netInterface.word().get())) {
        throw NetError.ENXIO.on(netInterface.name());
      }
      action.run();
    });
  }

  /// Tells those who listen that something has changed. Under any lock but a leaf.
  void changed(NetInterface netInterface) {
    if (netInterface.isAttached() && !netInterface.is(InterfaceFlag.PRIVATE)) {
      events.coalesce(new InterfaceEvent.Changed(netInterface.name(), netInterface.index()));
    }
  }

  /// Counts a touch.
  void touched() {
    touches.incrementAndGet();
  }

  long touches() {
    return touches.get();
  }
}
