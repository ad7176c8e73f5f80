package linedisc.serial.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The files of a capture that is cut into pieces: the one in use keeps its name, older ones carry
/// a number before the suffix, 1 the youngest. Used by one thread at a time.
final class FileRotation {
  private final Path file;
  private final int files;
  private boolean begun;

  FileRotation(Path file, int files) {
    if (files < 1) {
      throw new IllegalArgumentException("a capture of " + files + " files");
    }
    this.file = file;
    this.files = files;
  }

  /// Moves the files one number on and opens an empty one. The one opened before is closed by now.
  OutputStream next() throws IOException {
    if (begun) {
      for (int older = files - 1; older > 0; older--) {
        Path younger = numbered(older - 1);
        if (Files.exists(younger)) {
          Files.move(younger, numbered(older), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    begun = true;
    return Files.newOutputStream(file);
  }

  private Path numbered(int number) {
    if (number == 0) {
      return file;
    }
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int cut = dot > 0 ? dot : name.length();
    return file.resolveSibling(name.substring(0, cut) + "." + number + name.substring(cut));
  }
}
