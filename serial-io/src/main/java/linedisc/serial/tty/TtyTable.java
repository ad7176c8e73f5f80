package linedisc.serial.tty;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import linedisc.serial.life.Clock;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.port.SerialTransport;

/// The open ports of a system, with the line disciplines they may have and the interfaces they may
/// be bound to. A port that can't be closed yet is still listed.
///
/// Any thread may call any method, with no lock held.
public final class TtyTable implements AutoCloseable {
  private final InterfaceTable interfaces;
  private final Clock clock;
  private final LineDisciplineTable disciplines = new LineDisciplineTable();
  private final List<Tty> ttys = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// No ports.
  public TtyTable(InterfaceTable interfaces) {
    this.interfaces = interfaces;
    this.clock = new Clock(interfaces.sync());
  }

  /// The interfaces.
  public InterfaceTable interfaces() {
    return interfaces;
  }

  /// The disciplines.
  public LineDisciplineTable disciplines() {
    return disciplines;
  }

  /// Makes a tty of a line; the tty owns the transport from now on, and closes it. One that comes
  /// after [#close] is closed at once, as if it had come just before.
  ///
  /// @param transport not started
  public Tty open(SerialTransport transport) {
    Tty tty = new Tty(this, transport);
    ttys.add(tty);
    boolean started = false;
    try {
      tty.start();
      started = true;
    } finally {
      // The table may have been closed before it could find this one.
      if (!started || closed) {
        tty.close();
      }
    }
    return tty;
  }

  /// All ports that are not CLOSED, in the order in which they were opened.
  public List<Tty> list() {
    return List.copyOf(ttys);
  }

  /// Closes all ports, and ends the timers. Does not wait.
  @Override
  public void close() {
    closed = true;
    for (Tty tty : ttys) {
      Removal _ = tty.close(java.time.Duration.ZERO);
    }
    clock.close();
  }

  boolean isClosed() {
    return closed;
  }

  Clock clock() {
    return clock;
  }

  void forget(Tty tty) {
    ttys.remove(tty);
  }
}
