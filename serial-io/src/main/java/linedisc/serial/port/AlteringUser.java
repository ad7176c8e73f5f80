package linedisc.serial.port;

/// A user before another one that changes the octets that pass in either direction, or lets them
/// vanish.
public abstract class AlteringUser extends ForwardingUser {
  /// Stands before a user.
  protected AlteringUser(TransportUser user) {
    super(user);
  }

  /// Alters octets that were received, in place, and closes up over what vanishes. The reader's
  /// thread.
  ///
  /// @return how many are left
  protected abstract int received(byte[] buffer, int offset, int length);

  /// Alters octets to be sent, in place, and closes up over what vanishes. The writer's thread.
  ///
  /// @return how many are left
  protected abstract int sent(byte[] buffer, int offset, int length);

  @Override
  public void input(long mark, byte[] buffer, int offset, int length) {
    int left = received(buffer, offset, length);
    if (left > 0) {
      super.input(mark, buffer, offset, left);
    }
  }

  @Override
  public int fill(byte[] buffer, int offset, int length) {
    int filled;
    int left;
    // 0 would mean that there is nothing to send, when all of it has vanished.
    do {
      filled = super.fill(buffer, offset, length);
      left = sent(buffer, offset, filled);
    } while (filled > 0 && left == 0);
    return left;
  }
}
