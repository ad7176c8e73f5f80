package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which of jSerialComm's methods this module calls: no listener (J3, J4, J6, J11), no enumeration
/// (J14), no flush (J8), no question whether a port is open (J3, J5).
///
/// Of two traps this is all that a pty can show, as it has no modem lines: events of those lines
/// come from a thread that is cancelled in the midst of things (J18), so they are asked for; and an
/// open drives DTR and RTS before it asks for the lock (J16), so that the only class that opens
/// takes ours before.
class JSerialCommUseTest {
  private static final String OWNER = SerialPort.class.getName().replace('.', '/');

  private static final Set<String> OPENING =
      Set.of(
          "getCommPort",
          "openPort",
          "disableExclusiveLock",
          "setComPortTimeouts",
          "setDTR",
          "clearDTR",
          "setRTS",
          "clearRTS",
          "setBreak",
          "clearBreak",
          "getDCD",
          "getDSR",
          "getCTS",
          "getRI",
          "getDTR",
          "getRTS",
          "getLastErrorCode");

  private static final Set<String> LINE =
      Set.of(
          "readBytes",
          "writeBytes",
          "bytesAwaitingWrite",
          "setComPortTimeouts",
          "getLastErrorCode",
          "getDCD",
          "clearDTR",
          "closePort");

  @Test
  void onlyTheseAreCalled() throws Exception {
    assertEquals(new TreeSet<>(OPENING), calls("JSerialCommTransport"));
    assertEquals(new TreeSet<>(LINE), calls("PortLine"));
    assertEquals(
        new TreeSet<>(Set.of("setComPortParameters", "setFlowControl")), calls("NativeSettings"));
    assertEquals(new TreeSet<>(Set.of("getVersion")), calls("NativeSerial"));
  }

  @Test
  void andNowhereElse() throws Exception {
    Set<String> users = new TreeSet<>();
    for (Path file : classes()) {
      if (!calls(file).isEmpty()) {
        users.add(file.getFileName().toString().replaceAll("[$.].*", ""));
      }
    }
    assertEquals(
        List.of("JSerialCommTransport", "NativeSerial", "NativeSettings", "PortLine"),
        List.copyOf(users));
  }

  private static Set<String> calls(String name) throws IOException, URISyntaxException {
    Set<String> all = new TreeSet<>();
    for (Path file : classes()) {
      if (file.getFileName().toString().replaceAll("[$.].*", "").equals(name)) {
        all.addAll(calls(file));
      }
    }
    return all;
  }

  private static Set<String> calls(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof MemberRefEntry member && member.owner().asInternalName().equals(OWNER)) {
        names.add(member.name().stringValue());
      }
    }
    return names;
  }

  private static List<Path> classes() throws IOException, URISyntaxException {
    Path root =
        Path.of(SerialTransport.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }
}
