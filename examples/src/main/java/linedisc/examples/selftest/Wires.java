package linedisc.examples.selftest;

import java.time.Duration;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialTransport;
import org.jspecify.annotations.Nullable;

/// Where one link gets its lines from, one after the other.
sealed interface Wires extends AutoCloseable {
  /// The two ends of a line, neither of them started.
  ///
  /// @param pull pulls the line out while both ends use it; null: it can only be closed
  record Wire(MeteredTransport left, MeteredTransport right, @Nullable Runnable pull) {}

  /// Opens a line; the one before has been closed.
  ///
  /// @throws PortException with a sentence
  Wire open() throws PortException;

  /// For the report.
  String name();

  /// Whether it loses and damages nothing, and takes octets as fast as they come. If not, octets
  /// stay on the way for long, and nobody may stop reading.
  boolean isPerfect();

  @Override
  void close();

  /// Wires in memory; each link has a thread of its own for them.
  record Memory(NullModemPump pump, String name) implements Wires {
    Memory(String name) {
      this(new NullModemPump(), name);
    }

    @Override
    public Wire open() {
      NullModem wire = pump.wire(name, 0);
      return new Wire(
          new MeteredTransport(wire.left()), new MeteredTransport(wire.right()), wire::hangUp);
    }

    @Override
    public boolean isPerfect() {
      return true;
    }

    @Override
    public void close() {
      pump.close();
    }
  }

  /// Kernel ptys: the slave as a serial port, and the master.
  record Ptys(SerialBackend backend, PortLocks locks, String name) implements Wires {
    @Override
    public Wire open() throws PortException {
      PtyTransport master = PtyTransport.open(backend.loop());
      SerialTransport slave = null;
      try {
        slave = backend.open(master.slave(), PortSettings.DEFAULT, locks);
      } finally {
        if (slave == null) {
          master.close(Duration.ZERO);
        }
      }
      return new Wire(new MeteredTransport(slave), new MeteredTransport(master), null);
    }

    @Override
    public boolean isPerfect() {
      return true;
    }

    @Override
    public void close() {
      // Every line has been closed.
    }
  }

  /// Two ports of the user's with a null-modem cable between them.
  record Cable(PortOpener opener, String left, String right) implements Wires {
    @Override
    public Wire open() throws PortException {
      SerialTransport one = opener.open(left, PortSettings.DEFAULT);
      SerialTransport other = null;
      try {
        other = opener.open(right, PortSettings.DEFAULT);
      } finally {
        if (other == null) {
          one.close(Duration.ZERO);
        }
      }
      return new Wire(new MeteredTransport(one), new MeteredTransport(other), null);
    }

    @Override
    public String name() {
      return left + " <> " + right;
    }

    @Override
    public boolean isPerfect() {
      return false;
    }

    @Override
    public void close() {
      // Every line has been closed.
    }
  }
}
