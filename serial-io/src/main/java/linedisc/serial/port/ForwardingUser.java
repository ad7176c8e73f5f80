package linedisc.serial.port;

/// A user before another one, to which it hands on everything that a subclass does not change: the
/// inner half of a [ForwardingTransport].
public abstract class ForwardingUser implements TransportUser {
  private final TransportUser user;

  /// Stands before a user.
  protected ForwardingUser(TransportUser user) {
    this.user = user;
  }

  @Override
  public long mark() {
    return user.mark();
  }

  @Override
  public void input(long mark, byte[] buffer, int offset, int length) {
    user.input(mark, buffer, offset, length);
  }

  @Override
  public int fill(byte[] buffer, int offset, int length) {
    return user.fill(buffer, offset, length);
  }

  @Override
  public void carrier(boolean present) {
    user.carrier(present);
  }

  @Override
  public void hungUp(HangUp cause) {
    user.hungUp(cause);
  }
}
