package linedisc.examples.bench;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialTransport;

/// Octets from a serial port to the master of its pty and back.
final class RawEcho implements AutoCloseable {
  private final PtyTransport master;
  private final SerialTransport slave;
  private final Returner near;
  private final int size;

  /// @param backend opens the port; if it has a loop, that drives the master too
  /// @param size octets of a ping
  RawEcho(SerialBackend backend, int size) throws PortException {
    this.size = size;
    master = PtyTransport.open(backend.loop());
    slave = backend.open(master.slave(), PortSettings.DEFAULT, new PortLocks());
    near = new Returner(slave, false);
    slave.start(near);
    master.start(new Returner(master, true));
  }

  /// Microseconds, one for each ping.
  double[] pings(int count) throws InterruptedException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      near.send(size);
      near.await(size);
      times[i] = 1e-3 * (System.nanoTime() - start);
    }
    return times;
  }

  @Override
  public void close() {
    CloseResult _ = slave.close(Duration.ZERO);
    CloseResult _ = master.close(Duration.ZERO);
  }

  /// An end that sends as many octets as it is told to, or has received.
  private static final class Returner extends RawEnd {
    private final SerialTransport line;
    private final boolean echo;
    private final Semaphore toSend = new Semaphore(0);
    private final Semaphore received = new Semaphore(0);

    Returner(SerialTransport line, boolean echo) {
      this.line = line;
      this.echo = echo;
    }

    void send(int octets) {
      toSend.release(octets);
      line.workReady();
    }

    void await(int octets) throws InterruptedException {
      received.acquire(octets);
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      if (echo) {
        send(length);
      } else {
        received.release(length);
      }
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      int octets = Math.min(length, toSend.availablePermits());
      return toSend.tryAcquire(octets) ? octets : 0;
    }
  }
}
