package linedisc.serial.chat;

import java.io.IOException;

/// Reads the files that a script's `@file` names, when they are to be sent.
@FunctionalInterface
public interface ChatFiles {
  /// The octets of a file; the session wipes them.
  ///
  /// @throws IOException if it can't be read, which ends the script
  byte[] read(String name) throws IOException;
}
