package linedisc.serial.tty;

import linedisc.slip.FrameBatch;

/// The way of received octets: decoded without a lock, then delivered under it if the binding that
/// they were decoded for is still there. Reader's thread.
final class TtyReader {
  private final TtyBindings bindings;
  private volatile long discarded;

  TtyReader(TtyBindings bindings) {
    this.bindings = bindings;
  }

  /// Octets that belonged to a binding which had ended.
  long discarded() {
    return discarded;
  }

  void input(long mark, byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      Binding binding = bindings.current();
      if (!binding.accepts(mark)) {
        discard(end - at);
        return;
      }
      LineProtocol protocol = binding.channel().protocol();
      FrameBatch frames = binding.channel().received();
      frames.clear();
      int next = protocol.decode(buffer, at, end, frames);
      if (!protocol.wantsDelivery(frames)) {
        if (next == at) {
          throw new IllegalStateException("no progress: " + protocol);
        }
        at = next;
      } else if (bindings.deliver(binding, mark, frames)) {
        at = next;
      }
      // Otherwise another binding has come meanwhile: if the octets are for that one, it decodes
      // them itself.
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void discard(int octets) {
    discarded += octets;
  }
}
