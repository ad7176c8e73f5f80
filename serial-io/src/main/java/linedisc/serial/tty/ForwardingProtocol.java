package linedisc.serial.tty;

import linedisc.serial.net.Network;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// A protocol around another one, to which it hands on everything that a subclass does not change.
/// A discipline around another one opens such a protocol.
///
/// Threads and locks: as [LineProtocol] has them.
public abstract class ForwardingProtocol implements LineProtocol {
  private final LineProtocol protocol;

  /// Stands around a protocol.
  protected ForwardingProtocol(LineProtocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public int maxFrame() {
    return protocol.maxFrame();
  }

  @Override
  public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
    return protocol.decode(buffer, offset, end, frames);
  }

  @Override
  public boolean wantsDelivery(FrameBatch frames) {
    return protocol.wantsDelivery(frames);
  }

  @Override
  public void deliver(FrameBatch frames, Network network, long now) {
    protocol.deliver(frames, network, now);
  }

  @Override
  public void collect(FrameBatch frames, Network network, long now) {
    protocol.collect(frames, network, now);
  }

  @Override
  public int maxEncodedLength(int length) {
    return protocol.maxEncodedLength(length);
  }

  @Override
  public int encode(FrameBatch frames, int index, byte[] target, int offset) {
    return protocol.encode(frames, index, target, offset);
  }

  @Override
  public void discarded() {
    protocol.discarded();
  }

  @Override
  public boolean hasOutput() {
    return protocol.hasOutput();
  }

  @Override
  public long pollTimeout() {
    return protocol.pollTimeout();
  }

  @Override
  public void handleTimeout(Network network, long now) {
    protocol.handleTimeout(network, now);
  }

  @Override
  public void lowerUp(Network network, long now) {
    protocol.lowerUp(network, now);
  }

  @Override
  public void lowerDown(Network network, long now) {
    protocol.lowerDown(network, now);
  }

  @Override
  public void interfaceGone(long now) {
    protocol.interfaceGone(now);
  }

  @Override
  public boolean isFinished() {
    return protocol.isFinished();
  }

  @Override
  public <T extends LineProtocol> @Nullable T as(Class<T> type) {
    return protocol.as(type);
  }
}
