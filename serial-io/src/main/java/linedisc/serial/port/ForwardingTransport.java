package linedisc.serial.port;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line around another one, to which it leaves everything that a subclass does not do itself.
/// Only [#start] must be written: it usually puts a [ForwardingUser] between the line and the user.
///
/// The rules of [SerialTransport] for threads and locks are those of the line within.
public abstract class ForwardingTransport implements SerialTransport {
  private final SerialTransport line;

  /// Stands around a line that was not started, and closes it when it is closed itself.
  protected ForwardingTransport(SerialTransport line) {
    this.line = line;
  }

  /// The line within.
  protected final SerialTransport line() {
    return line;
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public int speed() {
    return line.speed();
  }

  @Override
  public @Nullable PortSettings settings() {
    return line.settings();
  }

  @Override
  public void apply(PortSettings settings) throws PortException {
    line.apply(settings);
  }

  @Override
  public void leaveAsSet() {
    line.leaveAsSet();
  }

  @Override
  public void workReady() {
    line.workReady();
  }

  @Override
  public boolean setDtr(boolean on) {
    return line.setDtr(on);
  }

  @Override
  public boolean setRts(boolean on) {
    return line.setRts(on);
  }

  @Override
  public Set<ModemLine> modemLines() {
    return line.modemLines();
  }

  @Override
  public boolean sendBreak(Duration length) {
    return line.sendBreak(length);
  }

  @Override
  public CloseResult close(Duration drain) {
    return line.close(drain);
  }
}
