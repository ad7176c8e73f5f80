package linedisc.examples.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceHandle;
import linedisc.serial.net.InterfaceRef;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketTap;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.Tty;

/// Gets interfaces bound to ports in all the ways there are.
final class Binder {
  private static final int MOST_TRIES = 1000;
  private static final int TAP_OCTETS = 4096;

  /// An interface that is bound, and what is held of it.
  ///
  /// @param references handles and references, which do not keep it from going
  record Bound(NetInterface netInterface, List<AutoCloseable> references) {
    /// Whether anybody may bind it once it is not bound: it stays then, and nobody owns it.
    boolean mayBeClaimed() {
      return netInterface.is(InterfaceFlag.STICKY)
          && references.stream().noneMatch(InterfaceHandle.class::isInstance);
    }

    /// Gives the references up; the interface has gone.
    void letGo() {
      for (AutoCloseable reference : references) {
        try {
          reference.close();
        } catch (Exception e) {
          throw new IllegalStateException("not given up: " + reference, e);
        }
      }
    }
  }

  private final InterfaceTable table;
  private final SplittableRandom random;

  Binder(InterfaceTable table, SplittableRandom random) {
    this.table = table;
    this.random = random;
  }

  /// Binds an interface of its own to a port.
  Bound bind(Tty tty, LineDiscipline discipline) throws NetException {
    List<AutoCloseable> references = new ArrayList<>();
    NetInterface netInterface = bind(tty, discipline, references);
    if (random.nextInt(8) == 0) {
      InterfaceRef reference = table.refer(netInterface, "selftest");
      references.add(reference);
    }
    if (random.nextInt(8) == 0) {
      PacketTap tap = netInterface.tap(TAP_OCTETS);
      references.add(tap);
    }
    return new Bound(netInterface, references);
  }

  private NetInterface bind(Tty tty, LineDiscipline discipline, List<AutoCloseable> references)
      throws NetException {
    for (int i = 0; ; i++) {
      try {
        return switch (random.nextInt(4)) {
          case 0 -> bindCreated(tty, discipline);
          case 1 -> bindOpened(tty, discipline, references);
          default -> tty.bind(discipline).netInterface();
        };
      } catch (NetException e) {
        // What is idle is anybody's: another link was faster, and may have destroyed it already.
        boolean taken = e.error() == NetError.EBUSY || e.error() == NetError.ENXIO;
        if (!taken || i == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /// Created, then bound, if no other link claims it in between.
  private NetInterface bindCreated(Tty tty, LineDiscipline discipline) throws NetException {
    NetInterface created = table.create(String.valueOf(discipline.interfaceType()));
    Link _ = tty.bind(discipline, created);
    return created;
  }

  /// The cloning open, whose handle may be closed while the interface is bound.
  private NetInterface bindOpened(
      Tty tty, LineDiscipline discipline, List<AutoCloseable> references) throws NetException {
    String type = String.valueOf(discipline.interfaceType());
    InterfaceHandle handle = random.nextBoolean() ? table.open(type) : table.openPrivate(type);
    NetInterface opened = handle.netInterface();
    boolean owned = false;
    try {
      Link _ = tty.bind(discipline, opened);
      owned = random.nextBoolean();
      if (owned && random.nextBoolean()) {
        opened.keep();
      }
    } finally {
      if (owned) {
        references.add(handle);
      } else {
        handle.close();
      }
    }
    return opened;
  }
}
