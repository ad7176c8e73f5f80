package linedisc.serial.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvFileTest {
  @TempDir Path folder;

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  private void assertContent(String expected) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("resolv.conf")), files.toList(), "nothing is left over");
    }
    assertEquals(expected, Files.readString(folder.resolve("resolv.conf")));
  }

  @Test
  void namesEachServerOnceInOrder() throws IOException {
    Path file = folder.resolve("resolv.conf");
    ResolvFile.write(file, List.of(address("9.9.9.9"), address("1.1.1.1"), address("9.9.9.9")));
    assertContent("nameserver 9.9.9.9\nnameserver 1.1.1.1\n");
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    ResolvFile.write(file, List.of(address("2001:db8::1")));
    assertContent("nameserver 2001:db8:0:0:0:0:0:1\n");
  }

  @Test
  void aFolderThatIsNotThereIsAFailure() {
    Path file = folder.resolve("no").resolve("resolv.conf");
    assertThrows(IOException.class, () -> ResolvFile.write(file, List.of(address("9.9.9.9"))));
  }
}
