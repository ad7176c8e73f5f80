package linedisc.serial.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import linedisc.serial.life.EventStream;
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
/// Exactly one caller wins; the Reaper does the work; when [Removal#await] returns, no port can
/// touch the interface any more. A refused request has changed nothing.
///
/// Any thread may call any method, with no lock held, and none of them waits for anything but
/// locks.
public final class InterfaceTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceTable.class);

  private final InterfaceLifecycle lifecycle;

  /// A table with `lo0`, and with cloners for `lo`, `ppp` and `sl`.
  public InterfaceTable() {
    this(Sync.system());
  }

  /// As [#InterfaceTable()], with locks and threads of another kind.
  public InterfaceTable(Sync sync) {
    lifecycle = new InterfaceLifecycle(sync);
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
    lifecycle.perform(() -> registry().register(cloner));
    for (int unit = 0; unit < cloner.permanentUnits(); unit++) {
      NetInterface _ = create(cloner.type() + unit);
    }
  }

  /// The types of which interfaces can be created, in the order of their registration. Creates
  /// nothing.
  public List<String> cloners() {
    return lifecycle.locked(() -> registry().types());
  }

  // ---- interfaces

  /// Creates an interface that stays until it is destroyed (STICKY).
  ///
  /// @param name `ppp`: the lowest free unit; `ppp3`: that one
  /// @throws NetException EINVAL: no such type, or no name at all; EEXIST; ENOSPC
  public NetInterface create(String name) throws NetException {
    return lifecycle.create(name, StateWord.STICKY, 0).netInterface();
  }

  /// The cloning open: creates an interface that lasts as long as the handle.
  ///
  /// @param name as for [#create]
  /// @throws NetException as [#create]
  public InterfaceHandle open(String name) throws NetException {
    return handle(lifecycle.create(name, 0, 1));
  }

  /// The cloning open of an interface that nobody else can find.
  ///
  /// @param name as for [#create]
  /// @throws NetException as [#create]
  public InterfaceHandle openPrivate(String name) throws NetException {
    return handle(lifecycle.create(name, StateWord.PRIVATE, 1));
  }

  /// Finds an interface by name; null: there is none.
  public @Nullable NetInterface find(String name) {
    return lifecycle.locked(() -> {
      InterfaceEntry entry = registry().find(name);
      return entry == null ? null : entry.visible();
    });
  }

  /// Finds an interface by index; null: there is none (any more).
  public @Nullable NetInterface find(long index) {
    return lifecycle.locked(() -> {
      InterfaceEntry entry = registry().find(index);
      return entry == null ? null : entry.visible();
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
    return lifecycle.locked(() -> {
      List<InterfaceInfo> all = new ArrayList<>();
      for (InterfaceEntry entry : registry().live()) {
        NetInterface netInterface = entry.netInterface;
        if (netInterface != null && !netInterface.is(InterfaceFlag.PRIVATE)) {
          all.add(InterfaceInfo.of(entry, netInterface));
        }
      }
      for (InterfaceEntry entry : registry().tombstones()) {
        all.add(InterfaceInfo.tombstone(entry));
      }
      return all;
    });
  }

  /// Destroys an interface. Does not wait, so it may be called from anywhere.
  ///
  /// @throws NetException ENXIO: there is none, or somebody else is destroying it; EPERM
  public Removal destroy(String name) throws NetException {
    return lifecycle.ask(() -> {
      InterfaceEntry entry = registry().find(name);
      if (entry == null || entry.visible() == null) {
        throw NetError.ENXIO.on(name);
      }
      return lifecycle.destroy(entry);
    });
  }

  /// Destroys this very interface, not a later one of its name. Does not wait.
  ///
  /// @throws NetException ENXIO: it is gone, or somebody else is destroying it; EPERM
  public Removal destroy(NetInterface netInterface) throws NetException {
    return lifecycle.destroy(netInterface);
  }

  /// The removal of an interface that somebody else is destroying; null: it is not being destroyed,
  /// or has gone.
  public @Nullable Removal removal(long index) {
    return lifecycle.locked(() -> {
      InterfaceEntry entry = registry().find(index);
      return entry == null ? null : entry.removal;
    });
  }

  /// Waits until an interface that is being destroyed has gone.
  ///
  /// @throws NetException EBUSY: it is there, and nobody destroys it
  /// @throws IllegalStateException as [Removal#await]
  public void awaitGone(long index) throws NetException, InterruptedException {
    Removal removal;
    lifecycle.lock().lock();
    try {
      InterfaceEntry entry = registry().find(index);
      removal = entry == null ? null : entry.removal;
      if (entry != null && removal == null) {
        throw NetError.EBUSY.on(entry.name());
      }
    } finally {
      lifecycle.lock().unlock();
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
    return lifecycle.refer(netInterface, purpose);
  }

  // ---- events

  /// A stream of what happens to interfaces from now on.
  public EventStream<InterfaceEvent> events() {
    return lifecycle.events().open();
  }

  /// Has a listener called, on an executor, for what happens to interfaces from now on.
  public EventStream<InterfaceEvent> events(
      Executor executor, Consumer<? super InterfaceEvent> listener) {
    return lifecycle.events().open(executor, listener);
  }

  // ---- for ports

  /// The table as ports and devices see it.
  public InterfaceBinder binder() {
    return new InterfaceBinder(lifecycle);
  }

  /// What locks and threads are made with.
  public Sync sync() {
    return lifecycle.sync();
  }

  /// The thread that hands events to executors; for those who have events of their own.
  public Worker dispatcher() {
    return lifecycle.dispatcher();
  }

  /// Calls that came after an interface was unlinked, over all interfaces that ever were: 0, or
  /// this code is wrong.
  public long touches() {
    return lifecycle.touches();
  }

  /// Destroys all interfaces that can be destroyed, and ends the threads once that is done.
  @Override
  public void close() {
    Collection<InterfaceEntry> all = lifecycle.locked(() -> List.copyOf(registry().live()));
    for (InterfaceEntry entry : all) {
      try {
        Removal _ = lifecycle.ask(() -> lifecycle.destroy(entry));
      } catch (NetException e) {
        LOG.debug("not destroyed: {}", e.getMessage());
      }
    }
    lifecycle.close();
  }

  // ---- inside

  private InterfaceHandle handle(InterfaceBinding built) {
    return new InterfaceHandle(lifecycle, built.entry(), built.netInterface());
  }

  private InterfaceRegistry registry() {
    return lifecycle.registry();
  }
}
