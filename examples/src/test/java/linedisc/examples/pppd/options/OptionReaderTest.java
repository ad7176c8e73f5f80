package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linedisc.examples.pppd.options.AuthenticationOptions.Requirement;
import linedisc.examples.pppd.options.DaemonOptions.Task;
import linedisc.examples.pppd.words.WordReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where options come from, and which source wins.
class OptionReaderTest {
  @TempDir Path root;
  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
  }

  @Test
  void filesComeBeforeTheCommandLineAndTheDevicesFileLast() throws OptionException {
    machine.write("etc/ppp/options", "mru 1000 idle 1 # comment\nlcp-restart 1 asyncmap 1");
    machine.write("home/.ppprc", "mru 1001 idle 2 asyncmap 2");
    machine.write("etc/ppp/options.ttyS0", "mru 1003 passive asyncmap 8 mtu 600");
    var options = read("ttyS0", "mru", "1002", "mtu", "500", "asyncmap", "4");
    assertEquals(1002, options.get(LcpOptions.MRU), "keeps its priority");
    assertEquals(2, options.get(DaemonOptions.IDLE));
    assertEquals(1, options.get(LcpOptions.RESTART));
    assertEquals(0xF, options.get(LcpOptions.ASYNCMAP), "is joined");
    assertEquals(600, options.get(LcpOptions.MTU), "keeps no priority: the last wins");
    assertTrue(options.get(LcpOptions.PASSIVE));
  }

  @Test
  void theDevicesFileIsNamedWithDots() throws OptionException {
    machine.write("etc/ppp/options.term.a", "idle 7");
    assertEquals(7, read("/dev/term/a").get(DaemonOptions.IDLE));
    assertEquals(7, read("term/a").get(DaemonOptions.IDLE));
  }

  @Test
  void withoutADeviceStandardInputIsTheLine() throws OptionException {
    machine.write("etc/ppp/options.pts.3", "idle 7");
    machine.terminal = Path.of("/dev/pts/3");
    var options = read();
    assertEquals("/dev/pts/3", options.get(TtyOptions.DEVICE));
    assertEquals(7, options.get(DaemonOptions.IDLE));
    machine.terminal = null;
    assertEquals("no device specified, and standard input is not a terminal", refused());
    assertEquals(Task.HELP, read("--help", "nonsense").get(DaemonOptions.TASK));
    assertEquals(Task.SHOW_OPTIONS, read("show-options").get(DaemonOptions.TASK));
  }

  @Test
  void filesNameFiles() throws OptionException {
    Path other = machine.write("other", "mru 900\nidle 3");
    machine.write("etc/ppp/peers/isp", "user me connect 'chat -v \"\" ATZ OK'\nfile " + other);
    permissions("etc/ppp/peers/isp", "rw-r--r--");
    var options = read("ttyS0", "call", "isp", "idle", "4");
    assertEquals("me", options.get(AuthenticationOptions.USER));
    assertEquals("chat -v \"\" ATZ OK", options.get(TtyOptions.CONNECT));
    assertEquals(900, options.get(LcpOptions.MRU));
    assertEquals(4, options.get(DaemonOptions.IDLE));
    assertEquals("isp", options.get(DaemonOptions.CALL_FILE));
  }

  @Test
  void aFileThatNamesItselfIsFound() {
    Path file = root.resolve("etc/ppp/loop");
    machine.write("etc/ppp/loop", "file " + file);
    assertEquals(
        file + ":1: option files are nested more than 16 deep; does one name itself?",
        refused("ttyS0", "file", file.toString()));
  }

  /// Security case 16: who calls may not choose the file.
  @Test
  void case16CallNamesAFileBelowPeersOnly() {
    machine.write("etc/ppp/outside", "noauth");
    for (String name : List.of("", "/etc/passwd", "../outside", "a/../../outside", "..", "a/..")) {
      assertTrue(
          refused("ttyS0", "call", name).contains("must name a file in"), "name '" + name + "'");
    }
    assertTrue(refused("ttyS0", "call", "missing").contains("there is no file"));
    machine.write("etc/ppp/peers/open", "noauth");
    permissions("etc/ppp/peers/open", "rw-rw-r--");
    assertTrue(refused("ttyS0", "call", "open").contains("chmod go-w"));
  }

  /// Security case 16: an ordinary user of a privileged program gets no privileged option.
  @Test
  void case16PrivilegedOptionsNeedAPrivilegedSource() throws OptionException {
    machine.write("etc/ppp/options", "");
    machine.lendRights();
    for (PppdOption option : OptionTable.all()) {
      if (option.has(Rule.PRIVILEGED) && !(option.treatment() instanceof Treatment.Refused)) {
        String value = option.argument().follows() ? "1" : "";
        String refused =
            value.isEmpty()
                ? refused("ttyS0", option.name())
                : refused("ttyS0", option.name(), value);
        assertTrue(refused.contains("needs the administrator's rights"), option.name());
      }
    }
    machine.write("home/.ppprc", "noauth");
    assertTrue(refused("ttyS0").startsWith(root.resolve("home/.ppprc") + ":1: "));
    machine.write("home/.ppprc", "");
    machine.write("etc/ppp/options", "noauth set A=b");
    assertEquals(Requirement.NOT_REQUIRED, read("ttyS0").get(AuthenticationOptions.AUTH));
  }

  @Test
  void case16CalledFilesLendTheirRightsOnlyToThemselves() throws IOException, OptionException {
    machine.write("etc/ppp/options", "");
    machine.write("etc/ppp/peers/isp", "noauth");
    permissions("etc/ppp/peers/isp", "rw-r--r--");
    int owner = machine.privilege.user();
    machine.privilege = new Privilege(owner, true, true);
    assertEquals(
        Requirement.NOT_REQUIRED, read("ttyS0", "call", "isp").get(AuthenticationOptions.AUTH));
    assertTrue(
        refused("ttyS0", "call", "isp", "defaultroute").contains("needs the administrator's"));
  }

  /// Security case 16: authentication is on by default, except for the administrator.
  @Test
  void case16AnOrdinaryUserMayStillDoWithoutAuthentication() throws OptionException {
    machine.privilege = new Privilege(1000, false, false);
    assertEquals(Requirement.DEFAULT, read("ttyS0").get(AuthenticationOptions.AUTH));
    assertFalse(machine.privilege.trustsPeers());
    assertEquals(Requirement.NOT_REQUIRED, read("ttyS0", "noauth").get(AuthenticationOptions.AUTH));
  }

  @Test
  void theSystemsFileMustExistForALentProgram() throws OptionException {
    read("ttyS0");
    machine.lendRights();
    assertTrue(refused("ttyS0").contains("there is no file " + root.resolve("etc/ppp/options")));
  }

  @Test
  void whatTheAdministratorFixedStaysSo() throws OptionException {
    machine.write("etc/ppp/options", "connect fixed stop-bits 2 crtscts");
    machine.lendRights();
    assertEquals(
        "command line: option connect was set in "
            + root.resolve("etc/ppp/options")
            + ":1 by the administrator and can't be changed",
        refused("ttyS0", "connect", "mine"));
    machine.write("home/.ppprc", "connect mine");
    assertEquals("fixed", read("ttyS0").get(TtyOptions.CONNECT), "files are not told");
    machine.write("home/.ppprc", "");
    machine.write("etc/ppp/options", "");
    machine.write("etc/ppp/options.ttyS0", "connect fixed");
    var options = read("ttyS0", "connect", "mine");
    assertEquals("fixed", options.get(TtyOptions.CONNECT));
    assertTrue(options.messages().getFirst().contains("overrides the command line"));
  }

  @Test
  void limitsCanOnlyBeLowered() throws OptionException {
    machine.write("etc/ppp/options", "maxconnect 100 maxoctets 1000");
    machine.lendRights();
    assertEquals(50, read("ttyS0", "maxconnect", "50").get(DaemonOptions.MAX_CONNECT));
    assertTrue(refused("ttyS0", "maxconnect", "101").contains("lowered from 100, but not raised"));
    assertTrue(refused("ttyS0", "mo", "0").contains("lowered from 1000, but not raised"));
    machine.privilege = new Privilege(machine.privilege.user(), true, false);
    assertEquals(0, read("ttyS0", "mo", "0").get(DaemonOptions.MAX_OCTETS));
  }

  @Test
  void theDevicesFileMayNotNameAnotherLine() {
    machine.write("etc/ppp/options.ttyS0", "pty 'cat'");
    assertEquals(
        root.resolve("etc/ppp/options.ttyS0")
            + ":1: option pty can't be changed in "
            + root.resolve("etc/ppp/options.ttyS0"),
        refused("ttyS0"));
  }

  @Test
  void wordsOfTheSecretsFileComeLast() throws OptionException {
    var before = read("ttyS0", "idle", "5", "ms-dns", "10.0.0.1", "debug");
    var words =
        WordReader.words(
            "idle 9 ms-dns 10.0.0.2 debug".getBytes(StandardCharsets.UTF_8), "secrets", w -> {});
    var after = OptionReader.readSecrets(machine, before, words);
    assertEquals(9, after.get(DaemonOptions.IDLE));
    assertEquals(2, after.get(IpcpOptions.MS_DNS).size());
    assertEquals(2, after.get(DaemonOptions.DEBUG));
    assertEquals(5, before.get(DaemonOptions.IDLE));
    for (String late : List.of("demand", "ttyS1", "defaultroute-metric 5")) {
      assertThrows(
          OptionException.class,
          () ->
              OptionReader.readSecrets(
                  machine,
                  before,
                  WordReader.words(late.getBytes(StandardCharsets.UTF_8), "secrets", w -> {})),
          late);
    }
  }

  @Test
  void mistakesNameTheirPlaceAndTheWayOut() {
    machine.write("etc/ppp/options", "lock\n\nnoath\n");
    Path file = root.resolve("etc/ppp/options");
    assertEquals(
        file + ":3: unrecognized option 'noath'; did you mean 'noauth'?", refused("ttyS0"));
    machine.write("etc/ppp/options", "lock mru");
    assertEquals(file + ":1: option mru needs a value: 128..16384", refused("ttyS0"));
    machine.write("etc/ppp/options", "");
    assertEquals(
        "command line: unrecognized option 'wwwwwwwwww'; 'show-options' lists them all",
        refused("ttyS0", "wwwwwwwwww"));
    assertEquals("command line: there is no device /dev/ttyS9", refused("/dev/ttyS9"));
    assertEquals(
        "command line: option plugin is not supported: there are no plug-ins; what pppd's own"
            + " plug-ins do is said for each of their options",
        refused("ttyS0", "plugin", "rp-pppoe.so"));
    assertTrue(refused("ttyS0", "multilink").contains("leave it out on both ends"));
    assertTrue(refused("ttyS0", "callback", "1234").contains("linedisc dial"));
  }

  @Test
  void whatHasNoEffectIsLogged() throws OptionException {
    machine.write("etc/ppp/options", "kdebug 1\nbsdcomp 15,12");
    Path file = root.resolve("etc/ppp/options");
    assertEquals(
        List.of(
            file + ":1: option kdebug has no effect: no driver in the kernel is used",
            file
                + ":2: option bsdcomp has no effect: BSD-Compress is not spoken; the link comes up"
                + " without it; deflate is there"),
        read("ttyS0").messages());
  }

  @Test
  void linesExcludeEachOther() throws OptionException {
    assertEquals("cat", read("pty", "cat").get(TtyOptions.PTY));
    assertFalse(read("pty", "cat").get(TtyOptions.MODEM));
    assertEquals(-1, read("notty").get(DaemonOptions.LOG_DESCRIPTOR));
    assertEquals("option pty precludes naming a device", refused("pty", "cat", "ttyS0"));
    assertEquals("option notty is incompatible with option pty", refused("pty", "cat", "notty"));
    assertTrue(refused("socket", "h:1", "pty", "cat").contains("incompatible"));
    assertTrue(refused("notty", "demand").contains("notty"));
    assertTrue(refused("ttyS0", "demand").contains("connect"));
  }

  @Test
  void holdoffIsZeroUnlessThereIsSomethingToDial() throws OptionException {
    assertEquals(0, read("ttyS0", "persist").get(DaemonOptions.HOLDOFF));
    assertEquals(30, read("ttyS0", "connect", "x").get(DaemonOptions.HOLDOFF));
    assertEquals(4, read("ttyS0", "holdoff", "4").get(DaemonOptions.HOLDOFF));
  }

  @Test
  void variablesForScripts() throws OptionException {
    var options = read("ttyS0", "set", "A=b=c", "set", "B=", "unset", "C", "unset", "A");
    assertEquals(
        Map.of("A", Optional.empty(), "B", Optional.of(""), "C", Optional.empty()),
        options.get(DaemonOptions.ENVIRONMENT));
    assertTrue(refused("ttyS0", "set", "=b").contains("NAME=VALUE"));
    assertTrue(refused("ttyS0", "set", "A").contains("NAME=VALUE"));
    assertTrue(refused("ttyS0", "unset", "A=b").contains("NAME"));
  }

  @Test
  void aLinkAloneTakesOptionsOfItsProtocols() throws OptionException {
    var options =
        OptionReader.readLink(
            machine,
            "require-mschap-v2 require-mppe-128 user u password 'p q' 10.0.0.1: mru 296 escape 11",
            "--ppp");
    assertEquals(296, options.get(LcpOptions.MRU));
    assertEquals(0x0A000001, options.get(IpcpOptions.LOCAL));
    for (String word :
        List.of(
            "ttyS0",
            "115200",
            "lock",
            "persist",
            "file x",
            "call x",
            "defaultroute",
            "pap-secrets /x",
            "+ua /x",
            "proxyarp",
            "--help",
            "chap-secrets x")) {
      assertEquals(
          "--ppp:1: option " + word.split(" ", 2)[0] + " is not about the link itself",
          assertThrows(OptionException.class, () -> OptionReader.readLink(machine, word, "--ppp"))
              .sentence());
    }
  }

  private PppdOptions read(String... words) throws OptionException {
    return OptionReader.read(machine, List.of(words));
  }

  private String refused(String... words) {
    return assertThrows(OptionException.class, () -> read(words), () -> String.join(" ", words))
        .sentence();
  }

  private void permissions(String name, String mode) {
    try {
      Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
