package linedisc.serial.tty;

import linedisc.slip.FrameBatch;

/// The way of octets to be sent: frames are collected under the port's lock, encoded without it. It
/// holds frames, octets and a generation, never an interface; with another generation before it, it
/// drops what it has. Writer's thread.
final class TtyWriter {
  private final TtyBindings bindings;

  private Binding binding;

  /// Frames of the batch that have been encoded.
  private int nextFrame;

  /// What is left of an encoded frame.
  private int position;

  private int limit;

  TtyWriter(TtyBindings bindings) {
    this.bindings = bindings;
    this.binding = bindings.current();
  }

  int fill(byte[] buffer, int offset, int length) {
    int filled = 0;
    while (filled < length) {
      Binding present = bindings.current();
      if (!present.equals(binding)) {
        follow(present);
      }
      FrameBatch frames = binding.channel().sending();
      if (position < limit) {
        filled += copy(buffer, offset + filled, length - filled);
      } else if (nextFrame < frames.count()) {
        filled += encode(frames, buffer, offset + filled, length - filled);
      } else if (!collect(frames)) {
        return filled;
      }
    }
    return filled;
  }

  private void follow(Binding present) {
    boolean same = present.channel() == binding.channel();
    FrameBatch frames = binding.channel().sending();
    boolean pending = position < limit || nextFrame < frames.count();
    frames.clear();
    nextFrame = 0;
    position = 0;
    limit = 0;
    binding = present;
    if (same && pending) {
      present.channel().protocol().discarded();
    }
  }

  private int copy(byte[] buffer, int offset, int room) {
    int length = Math.min(room, limit - position);
    System.arraycopy(binding.channel().encoded(), position, buffer, offset, length);
    position += length;
    return length;
  }

  /// Encodes one frame, straight into the transport's buffer if it is sure to fit.
  private int encode(FrameBatch frames, byte[] buffer, int offset, int room) {
    LineProtocol protocol = binding.channel().protocol();
    int index = nextFrame;
    nextFrame++;
    if (protocol.maxEncodedLength(frames.length(index)) <= room) {
      return protocol.encode(frames, index, buffer, offset);
    }
    limit = protocol.encode(frames, index, binding.channel().encoded(), 0);
    position = 0;
    return 0;
  }

  /// Returns whether to go on: there are frames now, or another binding.
  private boolean collect(FrameBatch frames) {
    frames.clear();
    nextFrame = 0;
    return !bindings.collect(binding, frames) || frames.count() > 0;
  }
}
