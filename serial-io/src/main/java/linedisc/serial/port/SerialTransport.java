package linedisc.serial.port;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line that is open: it reads and writes octets on behalf of a [TransportUser].
///
/// Order of use: [#start] once, [#workReady()] whenever there is something to write,
/// [#close(Duration)] until it answers [CloseResult#CLOSED].
///
/// No method may be called with a lock held that the user takes in its own methods. Unless said
/// otherwise, any thread may call.
public interface SerialTransport extends AutoCloseable {
  /// The line's name for people: a device path, a host and port.
  String name();

  /// Bits per second; 0: not known, or as fast as it goes. Ten of them carry an octet.
  int speed();

  /// How the line is set; null where it has no such settings.
  default @Nullable PortSettings settings() {
    return null;
  }

  /// Sets the line otherwise while it is open, at once: speed, data bits, parity, stop bits and
  /// flow control. The other settings stay as they were at open.
  ///
  /// @throws PortException when this line has no settings, is closed, or does not take these; it is
  ///   then as it was before
  default void apply(PortSettings settings) throws PortException {
    throw new PortException(PortException.Reason.FAILED, name() + " has no line settings.");
  }

  /// From now on a close leaves the line as it is set, and DTR on; otherwise it puts back what was
  /// found at open. Without effect where the line has no settings.
  default void leaveAsSet() {}

  /// Starts to drive `user`.
  ///
  /// @throws IllegalStateException when started before
  void start(TransportUser user);

  /// There is something to write: [TransportUser#fill] is called soon. May be called from within
  /// the user's own methods; cheap when nothing waits.
  void workReady();

  /// Sets Data Terminal Ready. Dropping it makes a modem hang up.
  ///
  /// @return false when this line has no such control, or it failed
  default boolean setDtr(boolean on) {
    return false;
  }

  /// Sets Request To Send.
  ///
  /// @return false when this line has no such control, or it failed
  default boolean setRts(boolean on) {
    return false;
  }

  /// The control lines that are on now; empty where the line has none.
  default Set<ModemLine> modemLines() {
    return Set.of();
  }

  /// Holds the line in the break state; the caller's thread waits that long.
  ///
  /// @return false when this line can't send one
  default boolean sendBreak(Duration length) {
    return false;
  }

  /// Lets the writer send what [TransportUser#fill] still has, ends the threads, closes the device
  /// and gives up its locks. Waits; called by one thread at a time, never by the user's own
  /// methods.
  ///
  /// @param drain how long to wait for what is still to be sent; after a hang-up nothing is sent.
  ///   For a line found to be a zombie before: how long to wait for its write to end
  CloseResult close(Duration drain);

  /// Closes without waiting for what is still to be sent.
  @Override
  default void close() {
    close(Duration.ZERO);
  }
}
