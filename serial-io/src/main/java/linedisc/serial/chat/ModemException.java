package linedisc.serial.chat;

import java.io.IOException;

/// A modem has not done what it was asked to. The message is a sentence.
public final class ModemException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String result;

  /// @param result what the modem said: `BUSY`; empty: nothing
  ModemException(String result, String message) {
    super(message);
    this.result = result;
  }

  /// What the modem said: `BUSY`, `+CME ERROR: 11`; empty: nothing that ends a command.
  public String result() {
    return result;
  }
}
