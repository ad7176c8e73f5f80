package linedisc.examples.bench;

import java.time.Duration;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialTransport;

/// Octets from a serial port to the master of its pty, as fast as transports and kernel go.
final class RawCopy implements AutoCloseable {
  private final PtyTransport master;
  private final SerialTransport slave;
  private volatile long received;

  /// @param backend opens the port; if it has a loop, that drives the master too
  RawCopy(SerialBackend backend) throws PortException {
    master = PtyTransport.open(backend.loop());
    slave = backend.open(master.slave(), PortSettings.DEFAULT, new PortLocks());
    byte[] octets = Mix.RANDOM.packets(10);
    master.start(
        new RawEnd() {
          @Override
          @SuppressWarnings("NonAtomicVolatileUpdate") // one reader
          public void input(long mark, byte[] buffer, int offset, int length) {
            received += length;
          }

          @Override
          public int fill(byte[] buffer, int offset, int length) {
            return 0;
          }
        });
    slave.start(
        new RawEnd() {
          @Override
          public void input(long mark, byte[] buffer, int offset, int length) {
            // Nothing comes this way.
          }

          @Override
          public int fill(byte[] buffer, int offset, int length) {
            int filled = Math.min(length, octets.length);
            System.arraycopy(octets, 0, buffer, offset, filled);
            return filled;
          }
        });
  }

  long received() {
    return received;
  }

  @Override
  public void close() {
    CloseResult _ = slave.close(Duration.ZERO);
    CloseResult _ = master.close(Duration.ZERO);
  }
}
