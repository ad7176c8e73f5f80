package linedisc.serial.port;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A serial port of the system, whatever library has opened it.
abstract sealed class DeviceTransport implements SerialTransport
    permits JSerialCommTransport, PosixTransport {
  private final String name;
  private final DeviceNode node;
  private final Driver driver;
  private volatile PortSettings settings;

  DeviceTransport(String name, DeviceNode node, PortSettings settings, Driver driver) {
    this.name = name;
    this.node = node;
    this.settings = settings;
    this.driver = driver;
  }

  /// Sets the port otherwise; it is open meanwhile.
  ///
  /// @param pacing what the settings ask for
  /// @return whether it is as asked for
  abstract boolean change(PortSettings wanted, Pacing pacing);

  /// Begins or ends a break; the port is open meanwhile.
  abstract boolean setBreak(boolean on);

  /// As [Driver#control].
  final boolean control(BooleanSupplier call) {
    return driver.control(call);
  }

  static PortException cantBe(String name, PortSettings settings) {
    return new PortException(
        PortException.Reason.FAILED, name + " can't be set to " + settings + ".");
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int speed() {
    return settings.speed();
  }

  @Override
  public final PortSettings settings() {
    return settings;
  }

  /// Two that do this at once follow each other.
  @Override
  public final synchronized void apply(PortSettings wanted) throws PortException {
    PortSettings changed = settings.withLineOf(wanted);
    Pacing pacing = Pacing.of(node, changed);
    if (!control(() -> change(changed, pacing))) {
      throw cantBe(name, changed);
    }
    settings = changed;
  }

  @Override
  public final void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public final void workReady() {
    driver.workReady();
  }

  @Override
  public final boolean sendBreak(Duration length) {
    if (!control(() -> setBreak(true))) {
      return false;
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    return control(() -> setBreak(false));
  }

  @Override
  public final CloseResult close(Duration drain) {
    return driver.close(drain);
  }
}
