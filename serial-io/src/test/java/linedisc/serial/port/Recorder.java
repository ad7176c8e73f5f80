package linedisc.serial.port;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A user that sends what it is told to and keeps what it gets.
final class Recorder implements TransportUser {
  private static final long PATIENCE_SECONDS = 20;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private byte[] toSend = {};
  private int sent;
  private int hangUps;
  private final List<Boolean> carriers = new ArrayList<>();
  private @Nullable HangUp cause;
  private @Nullable RuntimeException failure;

  /// Has more to send; the transport is to be told.
  synchronized void send(byte[] octets) {
    byte[] rest = Arrays.copyOfRange(toSend, sent, toSend.length + octets.length);
    System.arraycopy(octets, 0, rest, toSend.length - sent, octets.length);
    toSend = rest;
    sent = 0;
  }

  /// From now on the user's methods throw.
  synchronized void failWith(RuntimeException e) {
    failure = e;
  }

  synchronized byte[] received() {
    return received.toByteArray();
  }

  synchronized int hangUps() {
    return hangUps;
  }

  /// What was said about carrier, in order.
  synchronized List<Boolean> carriers() {
    return List.copyOf(carriers);
  }

  synchronized @Nullable HangUp cause() {
    return cause;
  }

  synchronized boolean hasSentAll() {
    return sent == toSend.length;
  }

  byte[] awaitReceived(int octets) {
    await(() -> received.size() >= octets);
    return received();
  }

  HangUp awaitHangUp() {
    await(() -> cause != null);
    HangUp why = cause();
    return why == null ? new HangUp.DeviceGone(0, "not hung up at all") : why;
  }

  void awaitSent() {
    await(() -> sent == toSend.length);
  }

  synchronized void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "waited in vain; received "
                + received.size()
                + ", sent "
                + sent
                + ", hung up "
                + cause);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public synchronized long mark() {
    if (failure != null) {
      throw failure;
    }
    return 7;
  }

  @Override
  public synchronized void input(long mark, byte[] buffer, int offset, int length) {
    if (mark != 7) {
      throw new AssertionError("mark " + mark);
    }
    received.write(buffer, offset, length);
    notifyAll();
  }

  @Override
  public synchronized int fill(byte[] buffer, int offset, int length) {
    int n = Math.min(length, toSend.length - sent);
    System.arraycopy(toSend, sent, buffer, offset, n);
    sent += n;
    notifyAll();
    return n;
  }

  @Override
  public synchronized void carrier(boolean present) {
    carriers.add(present);
    notifyAll();
  }

  @Override
  public synchronized void hungUp(HangUp why) {
    hangUps++;
    cause = why;
    notifyAll();
  }
}
