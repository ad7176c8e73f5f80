package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import linedisc.serial.ffi.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What loading the native library does to a process, seen from child JVMs.
class NativeSerialTest {
  @BeforeEach
  void needsLinux() {
    assumeTrue(Platform.supported(), "signals and /proc are Linux's");
  }

  /// Loads the library the way its name says and shows what became of the process.
  static final class Load {
    private Load() {}

    /// HUP 1, USR1 10, USR2 12, CONT 18, TTIN 21, TTOU 22, IO 29; bit 0 is signal 1.
    private static final long SEVEN = 0x10320a01;

    public static void main(String[] how) throws Exception {
      print("before", Path.of("/proc/self/status"));
      if (how[0].equals("safely")) {
        NativeSerial.require();
      } else {
        SerialPort.getVersion();
      }
      print("parent", Path.of("/proc/self/status"));
      Process child = new ProcessBuilder("sleep", "60").start();
      print("child", Path.of("/proc/" + child.pid() + "/status"));
      child.destroy();
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        maps.filter(line -> line.contains("libjSerialComm"))
            .map(line -> "mapped " + line.substring(line.indexOf('/')))
            .distinct()
            .forEach(System.out::println);
      }
      System.out.println("tmpdir " + System.getProperty("java.io.tmpdir"));
    }

    private static void print(String who, Path status) throws IOException {
      try (Stream<String> lines = Files.lines(status)) {
        lines
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16) & SEVEN)
            .forEach(ignored -> System.out.printf("%s %x%n", who, ignored));
      }
    }
  }

  @Test
  void signalsAreAsTheyWere(@TempDir Path temporary) throws IOException {
    ChildJvm safely = load(temporary, "safely");
    String before = safely.output().lines().findFirst().orElse("").replace("before ", "");
    assertTrue(safely.output().contains("parent " + before + "\n"), safely.output());
    assertTrue(safely.output().contains("child " + before + "\n"), safely.output());
  }

  /// J13: when this fails, a new version has learnt to leave signals alone.
  @Test
  void j13LoadedPlainlySevenSignalsAreIgnoredAndInherited(@TempDir Path temporary)
      throws IOException {
    ChildJvm plainly = load(temporary, "plainly");
    assertTrue(plainly.output().contains("parent 10320a01\n"), plainly.output());
    assertTrue(plainly.output().contains("child 10320a01\n"), plainly.output());
  }

  /// J12: a library that somebody has left in the temporary folder.
  @Test
  void j12ALibraryPlantedInTheTemporaryFolderIsNotLoaded(@TempDir Path temporary)
      throws IOException {
    Path planted = plant(temporary);
    ChildJvm safely = load(temporary, "safely");
    assertEquals(0, safely.status(), safely.output());
    assertTrue(safely.output().contains("mapped " + temporary + "/linedisc"), safely.output());
    assertFalse(safely.output().contains(planted.toString()), safely.output());
    assertTrue(safely.output().contains("tmpdir " + temporary), safely.output());
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(temporary.resolve("jSerialComm")), left.toList());
    }
  }

  /// J12 itself: when this fails, a new version looks for its library somewhere safe.
  @Test
  void j12LoadedPlainlyThePlantedLibraryIsLoaded(@TempDir Path temporary) throws IOException {
    Path planted = plant(temporary);
    ChildJvm plainly = load(temporary, "plainly");
    assertTrue(plainly.output().contains("mapped " + planted), plainly.output());
  }

  @Test
  void aLibraryFolderThatOthersMayWriteIsRefused(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    ChildJvm child =
        ChildJvm.run(Load.class, List.of("-DjSerialComm.library.path=" + folder), "safely");
    assertEquals(1, child.status());
    assertTrue(
        child
            .output()
            .contains("The folder " + folder + " with the serial library is writable by others."),
        child.output());
  }

  private static ChildJvm load(Path temporary, String how) throws IOException {
    return ChildJvm.run(
        Load.class,
        List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + temporary.resolve("home")),
        how);
  }

  /// Puts the real library where anybody could have put another.
  private static Path plant(Path temporary) throws IOException {
    String architecture =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "armv8_64";
          default -> "";
        };
    assumeTrue(!architecture.isEmpty(), "no library of this architecture to plant");
    Path folder = Files.createDirectories(temporary.resolve("jSerialComm/2.11.4"));
    Path planted = folder.resolve("libjSerialComm.so");
    try (var library =
        SerialPort.class.getResourceAsStream("/Linux/" + architecture + "/libjSerialComm.so")) {
      Files.write(planted, library == null ? new byte[0] : library.readAllBytes());
    }
    return planted;
  }
}
