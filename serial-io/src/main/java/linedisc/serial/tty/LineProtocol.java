package linedisc.serial.tty;

import linedisc.serial.net.Network;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// The state of a line discipline on one port, for the time of one binding: framing on either side
/// and an engine between them. The [Tty] calls it, in three ways:
///
/// - on the reader's thread, no lock held: [#decode];
/// - on the writer's thread, no lock held: [#encode], [#discarded];
/// - under the port's lock, with the binding checked: everything else. There the protocol must not
///   wait, call foreign code, or do I/O, and a [Network] it is handed is good for that call only.
///
/// Before any other method [#lowerUp] or [#lowerDown] is called, and decoding for what was read
/// before the binding. Time is [linedisc.serial.life.Sync#nanoTime].
public interface LineProtocol {
  /// The longest frame that [#decode] or [#collect] put into a batch, in octets. A batch has room
  /// for at least one.
  int maxFrame();

  /// Finds frames in received octets. Reader's thread.
  ///
  /// @param frames empty
  /// @return position up to which octets are consumed: `end`, or less when `frames` is full, or
  ///   when what follows can't be decoded before these frames have been delivered
  int decode(byte[] buffer, int offset, int end, FrameBatch frames);

  /// Whether [#deliver] is to be called after [#decode]: because of frames, or of something else
  /// that was seen. Reader's thread.
  default boolean wantsDelivery(FrameBatch frames) {
    return frames.count() > 0;
  }

  /// Hands decoded frames to the engine. Port lock.
  void deliver(FrameBatch frames, Network network, long now);

  /// Fills an empty batch with frames to send: the engine's own, and packets from the network. Port
  /// lock.
  void collect(FrameBatch frames, Network network, long now);

  /// The most octets that [#encode] makes of a frame of `length` octets.
  int maxEncodedLength(int length);

  /// Makes octets of one collected frame. Writer's thread, in the order of collection.
  ///
  /// @param target has [#maxEncodedLength] octets of room from `offset`
  /// @return octets written
  int encode(FrameBatch frames, int index, byte[] target, int offset);

  /// Octets that were encoded have not been sent and never will be, perhaps in the midst of a
  /// frame: the next one must begin with what ends a broken frame. Writer's thread.
  default void discarded() {}

  /// Whether the engine has output that nobody has collected; true is a safe answer, at the price
  /// of a wake-up. Port lock.
  default boolean hasOutput() {
    return true;
  }

  /// When [#handleTimeout] is to be called; [Long#MAX_VALUE]: never. Port lock.
  long pollTimeout();

  /// Time has passed; perhaps not as much as was asked for. Port lock.
  void handleTimeout(Network network, long now);

  /// The line carries octets. Port lock.
  void lowerUp(Network network, long now);

  /// The line carries no octets any more: the binding ends, or carrier was lost. Port lock.
  void lowerDown(Network network, long now);

  /// The interface is being destroyed: network protocols are down, their timers are off. What the
  /// protocol still has to tell its peer it may tell until it is [#isFinished]; packets it receives
  /// meanwhile go nowhere. Port lock.
  void interfaceGone(long now);

  /// After [#interfaceGone]: whether the peer has been told all. Port lock.
  default boolean isFinished() {
    return true;
  }

  /// This protocol as a certain type, or the one within that it is wrapped around; for commands of
  /// its own. Any thread.
  ///
  /// @return null: it is of another type
  default <T extends LineProtocol> @Nullable T as(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : null;
  }
}
