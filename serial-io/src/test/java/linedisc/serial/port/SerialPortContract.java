package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Termios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for a serial port whatever opens it: real ptys, whose masters are ours.
abstract class SerialPortContract {
  private static final long TIOCVHANGUP = 0x5437;

  /// What opens the ports.
  final SerialBackend backend;

  private final String word;

  @TempDir private Path lockDirectory;

  private PortLocks locks;
  private final Libc libc = new Libc(4096);

  /// @param word names the backend
  SerialPortContract(String word, SerialBackend backend) {
    this.word = word;
    this.backend = backend;
  }

  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
    locks = new PortLocks(lockDirectory);
  }

  @Test
  void trafficBothWaysArrivesAsItWasSent() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Duplex duplex = Duplex.start(master, port, 1662, 400_000, 300_000);
      duplex.awaitEnd();
      assertEquals(0, duplex.near().hangUps());
    }
  }

  @Test
  void closingTheMasterHangsUpOnce() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Recorder user = new Recorder();
      port.start(user);
      master.close(Duration.ZERO);
      assertInstanceOf(HangUp.DeviceGone.class, user.awaitHangUp());
      assertEquals(CloseResult.CLOSED, port.close(Duration.ofSeconds(1)));
      assertEquals(1, user.hangUps());
    }
  }

  /// What an unplugged USB adapter does to a port: reads give 0, and at once.
  @Test
  void aHungUpDeviceDoesNotKeepTheReaderBusy() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Recorder user = new Recorder();
      port.start(user);
      int slave = libc.open(master.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK);
      int answer = libc.ioctl(slave, TIOCVHANGUP, 0);
      libc.close(slave);
      assumeTrue(answer >= 0, "only root may hang a tty up");
      assertInstanceOf(HangUp.DeviceGone.class, user.awaitHangUp());
      assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
    }
  }

  @Test
  void whatIsStillToBeSentIsSentBeforeTheClose() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport port = open(master);
      Recorder far = new Recorder();
      Recorder near = new Recorder();
      master.start(far);
      port.start(near);
      byte[] farewell = {0x7e, 1, 2, 3, 0x7e};
      near.send(farewell);
      assertEquals(CloseResult.CLOSED, port.close(Duration.ofSeconds(5)));
      far.awaitHangUp();
      assertArrayEquals(farewell, far.received());
    }
  }

  @Test
  void aPtyHasNoModemLines() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      assertFalse(port.setDtr(false));
      assertEquals(Set.of(), port.modemLines());
      port.close(Duration.ZERO);
      assertFalse(port.sendBreak(Duration.ofMillis(1)));
    }
  }

  /// Without carrier nothing would ever go over a pty.
  @Test
  void aPtyOpenedAsAModemHasNoCarrierToLose() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master.slave(), PortSettings.parse("modem"))) {
      Recorder user = new Recorder();
      port.start(user);
      assertEquals(List.of(), user.carriers());
    }
  }

  @Test
  void aSpeedOfOnesOwnIsSet() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master.slave(), PortSettings.parse("74880"))) {
      assertEquals(74_880, port.speed());
      assertEquals(74_880, termios(master).speed());
    }
  }

  private Termios termios(PtyTransport master) {
    Termios termios = new Termios();
    int slave = libc.open(master.slave(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK);
    assumeTrue(slave != -Errno.EBUSY, "a port that is ours alone can only be opened by root");
    assertEquals(0, termios.load(libc, slave));
    libc.close(slave);
    return termios;
  }

  @Test
  void settingsAreChangedWhileTrafficRuns() throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      Duplex duplex = Duplex.start(master, port, 74_880, 200_000, 200_000);
      for (int speed = 9600; speed < 1_000_000; speed = speed * 3 / 2) {
        port.apply(PortSettings.builder().speed(speed).build());
        assertEquals(speed, termios(master).speed());
      }
      duplex.awaitEnd();
    }
  }

  @Test
  void eachSettingIsChangedAndTheRestIsLeft() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport port = open(master);
      Termios before = termios(master);
      // A pty has eight bits without parity whatever one asks for.
      port.apply(PortSettings.parse("300,7e2,xonxoff,modem,nodtr"));
      Termios changed = termios(master);
      assertEquals(300, changed.speed());
      int flow = Termios.IXON | Termios.IXOFF;
      assertEquals(flow, changed.inputFlags() & flow);
      assertEquals(Termios.CSTOPB, changed.controlFlags() & Termios.CSTOPB);
      assertEquals(PortSettings.parse("300,7e2,xonxoff"), port.settings());
      port.apply(PortSettings.parse("115200,crtscts"));
      changed = termios(master);
      assertEquals(0, changed.inputFlags() & flow);
      assertEquals(Termios.CRTSCTS, changed.controlFlags() & Termios.CRTSCTS);
      port.apply(PortSettings.DEFAULT);
      assertEquals(before.inputFlags(), termios(master).inputFlags());
      port.close();
      PortException closed =
          assertThrows(PortException.class, () -> port.apply(PortSettings.parse("9600")));
      assertEquals(master.slave() + " can't be set to 9600,8n1,noflow,local.", closed.getMessage());
    }
  }

  @Test
  void theSettingsFoundArePutBack() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      Termios before = termios(master);
      open(master).close(Duration.ZERO);
      Termios after = termios(master);
      assertEquals(before.speed(), after.speed());
      assertEquals(before.controlFlags(), after.controlFlags());
      assertEquals(before.inputFlags(), after.inputFlags());
    }
  }

  @Test
  void theSettingsMayBeTakenAsFoundAndLeftAsSet() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      SerialTransport first = open(master);
      first.apply(PortSettings.parse("4800,xonxoff,8n2"));
      first.leaveAsSet();
      first.close(Duration.ZERO);
      assertEquals(4800, termios(master).speed());
      assertEquals(0, termios(master).controlFlags() & Termios.HUPCL);
      try (SerialTransport second = openAsFound(master.slave(), PortSettings.parse("modem"))) {
        assertEquals(PortSettings.parse("4800,xonxoff,8n2,modem"), second.settings());
        assertEquals(4800, termios(master).speed());
      }
    }
  }

  @Test
  void aLockFileTellsOthersWhoHasThePort() throws IOException {
    try (PtyTransport master = PtyTransport.open()) {
      String lock = "LCK.." + master.slave().substring(5).replace('/', '_');
      SerialTransport port = open(master);
      assertEquals(
          String.format("%10d%n", ProcessHandle.current().pid()),
          Files.readString(lockDirectory.resolve(lock)));
      port.close(Duration.ZERO);
      assertFalse(Files.exists(lockDirectory.resolve(lock)));
    }
  }

  @Test
  void aDeviceThatIsNotThere() {
    refused("/dev/ttyNOSUCH0", PortException.Reason.NOT_FOUND, "/dev/ttyNOSUCH0 does not exist.");
    refused("ttyNOSUCH0", PortException.Reason.NOT_FOUND, "ttyNOSUCH0 does not exist.");
    // jSerialComm itself would look for /dev/tty0 next.
    refused("/nowhere/tty0", PortException.Reason.NOT_FOUND, "/nowhere/tty0 does not exist.");
    refused("", PortException.Reason.NOT_FOUND, "A port needs a name.");
  }

  @Test
  void aDirectory() {
    refused("/dev", PortException.Reason.NOT_A_PORT, "/dev is a directory, not a serial port.");
  }

  @Test
  void somethingElseThanAPort(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    refused(file.toString(), PortException.Reason.NOT_A_PORT, file + " is not a serial port.");
    refused("/dev/null", PortException.Reason.NOT_A_PORT, "/dev/null is not a serial port.");
  }

  @Test
  void aPortThatThisProgramHasOpen(@TempDir Path folder) throws IOException {
    try (PtyTransport master = PtyTransport.open();
        SerialTransport port = open(master)) {
      String message = master.slave() + " is in use by this program already.";
      refused(master.slave(), PortException.Reason.BUSY, message);
      Path link = Files.createSymbolicLink(folder.resolve("modem"), Path.of(master.slave()));
      refused(
          link.toString(), PortException.Reason.BUSY, link + " is in use by this program already.");
      // Even when another set of locks was used.
      PortException busy =
          assertThrows(
              PortException.class,
              () -> backend.open(port.name(), PortSettings.DEFAULT, new PortLocks(folder)));
      assertEquals(message, busy.getMessage());
    }
  }

  @Test
  void aPortThatAnotherProgramHasOpen() throws Exception {
    try (PtyTransport master = PtyTransport.open()) {
      Process holder =
          new ProcessBuilder(
                  "sh", "-c", "exec 3<>\"$0\" && flock -n 3 && echo held && read x", master.slave())
              .start();
      try {
        assumeTrue("held".equals(holder.inputReader().readLine()), "no flock(1) here");
        PortException busy = assertThrows(PortException.class, () -> open(master));
        assertEquals(PortException.Reason.BUSY, busy.reason());
        String message = String.valueOf(busy.getMessage());
        assertTrue(
            message.equals(master.slave() + " is in use by sh (process " + holder.pid() + ")."),
            message);
      } finally {
        holder.destroyForcibly().waitFor();
      }
      open(master).close();
    }
  }

  @Test
  void aHolderThatWasKilledHoldsNothing() throws Exception {
    try (PtyTransport master = PtyTransport.open()) {
      Path file = lockDirectory.resolve("LCK.." + master.slave().substring(5).replace('/', '_'));
      ChildJvm holder =
          ChildJvm.run(Killed.class, List.of(), master.slave(), lockDirectory.toString(), word);
      assertTrue(holder.output().contains("held"), holder.output());
      assertEquals(128 + 9, holder.status());
      assertTrue(Files.exists(file));
      open(master).close();
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void aSentenceHasNoStack() {
    PortException e = assertThrows(PortException.class, () -> DeviceNode.find("/dev"));
    assertEquals(0, e.getStackTrace().length);
  }

  private void refused(String device, PortException.Reason reason, String message) {
    PortException e = assertThrows(PortException.class, () -> open(device, PortSettings.DEFAULT));
    assertEquals(message, e.getMessage());
    assertEquals(reason, e.reason());
  }

  final SerialTransport open(PtyTransport master) throws PortException {
    return open(master.slave(), PortSettings.DEFAULT);
  }

  final SerialTransport open(String device, PortSettings settings) throws PortException {
    return backend.open(device, settings, locks);
  }

  private SerialTransport openAsFound(String device, PortSettings others) throws PortException {
    return backend.openAsFound(device, others, locks);
  }

  /// Opens the port of its first argument by the backend of its third, with locks in the folder of
  /// its second, and is killed.
  static final class Killed {
    private Killed() {}

    public static void main(String[] deviceLocksBackend) throws Exception {
      PortLocks locks = new PortLocks(Path.of(deviceLocksBackend[1]));
      SerialTransport port =
          SerialBackend.named(deviceLocksBackend[2])
              .open(deviceLocksBackend[0], PortSettings.DEFAULT, locks);
      port.start(new Recorder());
      System.out.println("held");
      System.out.flush();
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
      // The signal may take a moment.
      Thread.sleep(60_000);
    }
  }
}
