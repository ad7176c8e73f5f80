package linedisc.serial.net;

import java.util.Arrays;

/// The taps of an interface: an immutable snapshot for those who pass packets, changed under the
/// table's lock.
final class InterfaceTaps {
  private static final PacketTap[] NONE = {};

  private volatile PacketTap[] taps = NONE;

  /// Table lock.
  void attach(PacketTap tap) {
    PacketTap[] more = Arrays.copyOf(taps, taps.length + 1);
    more[taps.length] = tap;
    taps = more;
  }

  /// Table lock.
  void detach(PacketTap tap) {
    taps = Arrays.stream(taps).filter(other -> other != tap).toArray(PacketTap[]::new);
  }

  /// Port lock.
  void received(byte[] buffer, int offset, int length) {
    for (PacketTap tap : taps) {
      tap.received(buffer, offset, length);
    }
  }

  /// Port lock.
  void sent(byte[] buffer, int offset, int length) {
    for (PacketTap tap : taps) {
      tap.sent(buffer, offset, length);
    }
  }

  /// The interface has gone.
  void end() {
    for (PacketTap tap : taps) {
      tap.end();
    }
  }
}
