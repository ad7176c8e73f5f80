package linedisc.slip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sink that keeps copies.
final class PacketLog implements PacketSink {
  final List<byte[]> packets = new ArrayList<>();

  @Override
  public void packet(byte[] buffer, int offset, int length) {
    packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }
}
