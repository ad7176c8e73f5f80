package linedisc.examples.dial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import linedisc.examples.cli.CommandException;
import linedisc.examples.pppd.options.Privilege;
import linedisc.examples.pppd.words.FileText;

/// A file whose first line is a secret, and which nobody else may read.
final class SecretFile {
  private SecretFile() {}

  /// Its first line, without the end of it.
  ///
  /// @param option by which it was named
  /// @return the caller's, to be wiped
  /// @throws CommandException when there is none, or it can't be trusted
  static byte[] firstLine(String option, String file) throws CommandException {
    try {
      Path path = Path.of(file);
      FileText.refuseReadableByAll(path);
      byte[] octets = FileText.readTrusted(path, Privilege.ofThisProcess().user());
      int length = 0;
      while (length < octets.length && octets[length] != '\n' && octets[length] != '\r') {
        length++;
      }
      byte[] line = Arrays.copyOf(octets, length);
      Arrays.fill(octets, (byte) 0);
      return line;
    } catch (IOException e) {
      throw CommandException.failed(option + ": " + e.getMessage(), e);
    }
  }
}
