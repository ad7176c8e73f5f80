package linedisc.examples.pppd.words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTextTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "noauth\n");
    assertArrayEquals(Files.readAllBytes(file), FileText.read(file));
  }

  @Test
  void whatIsMissingIsSaid() {
    Path file = folder.resolve("missing");
    assertEquals(
        "there is no file " + file,
        assertThrows(IOException.class, () -> FileText.read(file)).getMessage());
    assertEquals(
        "there is no file " + file,
        assertThrows(IOException.class, () -> FileText.readTrusted(file, 0)).getMessage());
    assertThrows(IOException.class, () -> FileText.read(folder));
  }

  /// Security case 12: a word of 4 GiB is not even begun.
  @Test
  void case12AFileOfFourGigabytesIsRefused() throws IOException {
    Path file = folder.resolve("huge");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 32);
    }
    var refused = assertThrows(IOException.class, () -> FileText.read(file));
    assertEquals(file + " is longer than 1048576 octets", refused.getMessage());
  }

  /// Security case 16: only a file that nobody else can write decides over secrets and rights.
  @Test
  void case16AFileThatOthersMayWriteIsNotTrusted() throws IOException {
    Path file = Files.writeString(folder.resolve("peer"), "noauth\n");
    int owner = owner(file);
    for (String mode : new String[] {"rw-------", "rw-r--r--", "r--------"}) {
      permissions(file, mode);
      assertEquals(7, FileText.readTrusted(file, owner).length, mode);
      assertEquals(mode.equals("rw-r--r--"), FileText.isOpenToOthers(file), mode);
    }
    for (String mode : new String[] {"rw--w----", "rw-rw-r--", "rw-----w-", "rwxrwxrwx"}) {
      permissions(file, mode);
      var refused = assertThrows(IOException.class, () -> FileText.readTrusted(file, owner), mode);
      assertTrue(String.valueOf(refused.getMessage()).contains("chmod go-w"), mode);
    }
  }

  @Test
  void case16AFileOfAnotherUserIsNotTrusted() throws IOException {
    Path file = Files.writeString(folder.resolve("peer"), "noauth\n");
    permissions(file, "rw-------");
    int owner = owner(file);
    if (owner == 0) {
      // Root's files are always trusted: give this one away.
      Files.setAttribute(file, "unix:uid", 65534);
      owner = 0;
    } else {
      owner++;
    }
    int other = owner;
    var refused = assertThrows(IOException.class, () -> FileText.readTrusted(file, other));
    assertTrue(String.valueOf(refused.getMessage()).contains("belongs to user number"));
  }

  @Test
  void case16OnlyARegularFileIsTrusted() {
    assertThrows(IOException.class, () -> FileText.readTrusted(folder, owner(folder)));
    assertThrows(IOException.class, () -> FileText.readTrusted(Path.of("/dev/null"), 0));
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  private static int owner(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }

  private static void permissions(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
