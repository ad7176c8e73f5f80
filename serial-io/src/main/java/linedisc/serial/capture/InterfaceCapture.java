package linedisc.serial.capture;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketTap;
import linedisc.serial.net.PacketTap.Sighting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An interface's packets on their way into a capture, from now until [#close] or until the
/// interface goes. The interface may be in use; a slow disk costs packets of the capture, which are
/// counted in it, and never delays the line.
///
/// A thread of its own writes. Any thread may call any method, with no lock of a port or table
/// held.
public final class InterfaceCapture implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceCapture.class);
  private static final int RING_OCTETS = 1 << 20;

  /// So long a packet waits for others before the file has it.
  private static final Duration TICK = Duration.ofMillis(200);

  private final PacketTap tap;
  private final PcapngWriter writer;
  private final int number;
  private final Thread thread;
  private volatile @Nullable IOException failure;

  private InterfaceCapture(PacketTap tap, PcapngWriter writer, int number, String name) {
    this.tap = tap;
    this.writer = writer;
    this.number = number;
    this.thread = Thread.ofPlatform().daemon().name("capture " + name).unstarted(this::write);
  }

  /// Begins a capture.
  ///
  /// @param writer closed when the capture ends, or if it can't begin
  /// @throws NetException ENXIO: the interface has gone
  public static InterfaceCapture start(NetInterface netInterface, PcapngWriter writer)
      throws IOException {
    boolean started = false;
    try {
      int number = writer.addInterface(netInterface.name(), LinkType.RAW);
      InterfaceCapture capture =
          new InterfaceCapture(netInterface.tap(RING_OCTETS), writer, number, netInterface.name());
      capture.thread.start();
      started = true;
      return capture;
    } finally {
      if (!started) {
        writer.close();
      }
    }
  }

  /// Whether packets are still written.
  public boolean isRunning() {
    return thread.isAlive();
  }

  /// Ends the capture: what has passed so far is in the file when this returns.
  ///
  /// @throws IOException the file is not whole
  @Override
  public void close() throws IOException {
    tap.finish();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void write() {
    try (writer) {
      writeAll();
      writer.writeStatistics(number, nanos(Instant.now()), tap.seen(), tap.dropped());
    } catch (IOException e) {
      failure = e;
      LOG.warn("capture ended: {}", e.getMessage());
    } finally {
      // However it ends, the interface copies no packets for nobody.
      tap.close();
    }
  }

  private void writeAll() throws IOException {
    Sighting sighting = new Sighting(PcapngWriter.SNAP_LENGTH);
    try {
      for (; ; ) {
        if (tap.take(sighting, TICK)) {
          writer.write(
              number,
              sighting.isSent() ? Direction.SENT : Direction.RECEIVED,
              nanos(sighting.time()),
              sighting.buffer(),
              sighting.offset(),
              sighting.captured());
        } else {
          writer.flush();
        }
      }
    } catch (InterfaceGoneException e) {
      // The tap was finished, or its interface has gone; all that it saw is written.
    } catch (InterruptedException e) {
      // By a stranger: nobody has this thread.
      LOG.warn("capture ended: interrupted");
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
