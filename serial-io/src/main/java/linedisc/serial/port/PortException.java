package linedisc.serial.port;

import java.io.IOException;

/// A line can't be opened or set as asked. The message is a sentence for the person who asked.
public final class PortException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// What kind of trouble.
  public enum Reason {
    /// There is no such device or address.
    NOT_FOUND,
    /// It is there, but is no serial port.
    NOT_A_PORT,
    /// Somebody else uses it.
    BUSY,
    /// This user may not open it.
    NOT_PERMITTED,
    /// Anything else.
    FAILED
  }

  /// A new exception.
  ///
  /// @param message a sentence
  public PortException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// What kind of trouble.
  public Reason reason() {
    return reason;
  }

  /// Where it was made is of no interest.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
