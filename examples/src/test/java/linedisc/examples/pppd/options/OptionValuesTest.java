package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import linedisc.examples.pppd.options.AuthenticationOptions.Method;
import linedisc.examples.pppd.options.AuthenticationOptions.Requirement;
import linedisc.examples.pppd.options.CcpOptions.Deflate;
import linedisc.examples.pppd.options.TtyOptions.FlowControl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What options mean, and how they are shown.
class OptionValuesTest {
  @TempDir Path root;
  private TestMachine machine;

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
  }

  /// Security case 18: the limits of every option with a number.
  @Test
  void case18NumbersHaveLimits() throws OptionException {
    int checked = 0;
    for (PppdOption option : OptionTable.all()) {
      if (option.argument() instanceof Argument.Whole(int least, int most)
          && !(option.treatment() instanceof Treatment.Refused)) {
        checked++;
        String name = option.name();
        for (String good :
            List.of("" + least, "" + most, "0x" + Integer.toHexString(Math.max(least, 1)))) {
          read("ttyS0", name, good);
        }
        for (String bad :
            List.of(
                "" + (least - 1L),
                "" + (most + 1L),
                least + "x",
                "",
                "-",
                "0x",
                " " + least,
                "1e3",
                "1.5",
                "9999999999",
                "99999999999999999999",
                "٣",
                "0b1",
                "\0")) {
          assertThrows(OptionException.class, () -> read("ttyS0", name, bad), name + " " + bad);
        }
      }
    }
    assertEquals(44, checked);
  }

  @Test
  void numbersFollowTheRulesOfC() throws OptionException {
    assertEquals(8, read("ttyS0", "idle", "010").get(DaemonOptions.IDLE));
    assertEquals(16, read("ttyS0", "idle", "0x10").get(DaemonOptions.IDLE));
    assertEquals(
        -1, read("ttyS0", "defaultroute-metric", "-1").get(IpcpOptions.DEFAULT_ROUTE_METRIC));
    assertEquals(
        "command line: 1500x is not a whole number".replace("1500x", "'1500x'"),
        refused("ttyS0", "mru", "1500x"));
    assertEquals("command line: 127 is out of range: 128 to 16384", refused("ttyS0", "mru", "127"));
    assertEquals(
        "command line: 0 is out of range: 1 or more", refused("ttyS0", "lcp-restart", "0"));
  }

  /// Security case 28: slots of VJ compression.
  @Test
  void case28VjSlots() throws OptionException {
    assertEquals(2, read("ttyS0", "vj-max-slots", "2").get(IpcpOptions.VJ_SLOTS));
    assertEquals(16, read("ttyS0", "vj-max-slots", "16").get(IpcpOptions.VJ_SLOTS));
    for (String bad : List.of("0", "1", "17", "255", "256", "-1")) {
      refused("ttyS0", "vj-max-slots", bad);
    }
  }

  @Test
  void bareWords() throws OptionException {
    var options = read("ttyS0", "115200", "10.0.0.1:10.0.0.2");
    assertEquals("/dev/ttyS0", options.get(TtyOptions.DEVICE));
    assertEquals(115200, options.get(TtyOptions.SPEED));
    assertEquals(0x0A000001, options.get(IpcpOptions.LOCAL));
    assertEquals(0x0A000002, options.get(IpcpOptions.REMOTE));
    assertEquals(38400, read("ttyS0", "0x9600").get(TtyOptions.SPEED));
    assertEquals("/dev/ttyS1", read("ttyS0", "/dev/ttyS1").get(TtyOptions.DEVICE));
    refused("ttyS0", "0");
    refused("ttyS0", "-9600");
    refused("ttyS0", "99999999999");
    machine.characterDevices.add("115200");
    assertEquals("/dev/115200", read("115200").get(TtyOptions.DEVICE), "devices come first");
    machine.characterDevices.add("lock");
    assertTrue(read("ttyS0", "lock").get(TtyOptions.LOCK), "names come before devices");
  }

  @Test
  void addressesMayBeHostsAndEitherMayBeLeftOut() throws OptionException {
    machine.hosts.put("here", "192.168.1.1");
    machine.hosts.put("there", "192.168.1.2");
    var options = read("ttyS0", "here:there");
    assertEquals(0xC0A80101, options.get(IpcpOptions.LOCAL));
    assertEquals(0xC0A80102, options.get(IpcpOptions.REMOTE));
    assertEquals("there", options.get(IpcpOptions.REMOTE_HOST));
    assertEquals("", read("ttyS0", ":10.0.0.2").get(IpcpOptions.REMOTE_HOST));
    assertEquals(0, read("ttyS0", ":").get(IpcpOptions.LOCAL));
    assertEquals(0, read("ttyS0", "0.0.0.0:10.0.0.2").get(IpcpOptions.LOCAL));
    var both = read("ttyS0", "10.0.0.1:", ":10.0.0.2");
    assertEquals(0x0A000001, both.get(IpcpOptions.LOCAL));
    assertEquals(0x0A000002, both.get(IpcpOptions.REMOTE));
    for (String bad :
        List.of(
            "nowhere:",
            ":nowhere",
            "127.0.0.1:",
            ":224.0.0.1",
            ":240.0.0.1",
            "255.255.255.255:",
            "10.1:",
            "1.2.3.256:",
            "::1")) {
      refused("ttyS0", bad);
    }
  }

  @Test
  void addressesOfTheCommandLineWin() throws OptionException {
    machine.write("etc/ppp/options", "10.0.0.1:10.0.0.2");
    machine.write("etc/ppp/options.ttyS0", "10.9.9.1:10.9.9.2");
    var options = read("ttyS0", ":10.0.0.3");
    assertEquals(0x0A000003, options.get(IpcpOptions.REMOTE));
    assertEquals(0x0A090901, options.get(IpcpOptions.LOCAL));
  }

  @Test
  void asyncmapsAreJoined() throws OptionException {
    assertEquals(
        0xA0001, read("ttyS0", "asyncmap", "1", "-as", "0xa0000").get(LcpOptions.ASYNCMAP));
    var options = read("ttyS0", "xonxoff");
    assertEquals(0x000A0000, options.get(LcpOptions.ASYNCMAP));
    assertEquals(FlowControl.XON_XOFF, options.get(TtyOptions.FLOW_CONTROL));
    assertFalse(read("ttyS0", "-am").get(LcpOptions.NEGOTIATE_ASYNCMAP));
    refused("ttyS0", "asyncmap", "100000000");
    refused("ttyS0", "asyncmap", "1g");
    refused("ttyS0", "asyncmap", "");
    refused("ttyS0", "asyncmap", "-1");
  }

  @Test
  void escapes() throws OptionException {
    assertEquals(
        Set.of(0x11, 0x13, 0xFF, 0x91),
        read("ttyS0", "escape", "11,13 ff,", "escape", "91").get(TtyOptions.ESCAPE));
    for (String bad : List.of("5e", "100", "20", "3f", "x", "11;13")) {
      refused("ttyS0", "escape", bad);
    }
  }

  @Test
  void authentication() throws OptionException {
    assertEquals(Requirement.DEFAULT, read("ttyS0").get(AuthenticationOptions.AUTH));
    var options =
        read(
            "ttyS0",
            "require-chap",
            "+mschap-v2",
            "refuse-pap",
            "-eap".replace("-eap", "refuse-eap"));
    assertEquals(Requirement.REQUIRED, options.get(AuthenticationOptions.AUTH));
    assertEquals(
        Set.of(Method.CHAP, Method.MS_CHAP_V2),
        options.get(AuthenticationOptions.REQUIRED_METHODS));
    assertEquals(
        Set.of(Method.PAP, Method.EAP), options.get(AuthenticationOptions.REFUSED_METHODS));
    assertEquals(
        Requirement.NOT_REQUIRED,
        read("ttyS0", "require-chap", "noauth").get(AuthenticationOptions.AUTH));
    var password = read("ttyS0", "password", "sesame").get(AuthenticationOptions.PASSWORD);
    assertTrue(password.matches("sesame".getBytes(StandardCharsets.US_ASCII), 0, 6));
    refused("ttyS0", "password", "x".repeat(256));
    refused("ttyS0", "name", "x".repeat(256));
    refused("ttyS0", "name", "é".repeat(128));
  }

  @Test
  void nameAndSecretFromAFile() throws OptionException {
    Path file = machine.write("ua", "me\nopen sesame");
    var options = read("ttyS0", "+ua", file.toString());
    assertEquals("me", options.get(AuthenticationOptions.USER));
    assertEquals(11, options.get(AuthenticationOptions.PASSWORD).length());
    assertFalse(String.join("", options.messages()).contains("sesame"));
    assertEquals(
        "you",
        read(
                "ttyS0",
                "user",
                "you",
                "file",
                machine.write("o", "+ua " + file + " user you").toString())
            .get(AuthenticationOptions.USER));
    machine.write("ua", "me");
    assertTrue(refused("ttyS0", "+ua", file.toString()).contains("two lines"));
    assertTrue(refused("ttyS0", "+ua", root + "/missing").contains("there is no file"));
  }

  @Test
  void compression() throws OptionException {
    assertEquals(new Deflate(15, 15), read("ttyS0").get(CcpOptions.DEFLATE));
    assertEquals(new Deflate(12, 0), read("ttyS0", "deflate", "12,0").get(CcpOptions.DEFLATE));
    var smallest = read("ttyS0", "deflate", "8");
    assertEquals(new Deflate(9, 9), smallest.get(CcpOptions.DEFLATE));
    assertTrue(smallest.messages().getFirst().contains("taken as 9"));
    assertEquals(new Deflate(0, 0), read("ttyS0", "-deflate").get(CcpOptions.DEFLATE));
    for (String bad : List.of("7", "16", "", "12,", "12,13,14", "a")) {
      refused("ttyS0", "deflate", bad);
    }
    refused("ttyS0", "bsdcomp", "8");
  }

  @Test
  void encryption() throws OptionException {
    assertEquals(Set.of(), read("ttyS0").get(CcpOptions.MPPE));
    assertEquals(Set.of(40, 128), read("ttyS0", "require-mppe").get(CcpOptions.MPPE));
    assertEquals(Set.of(128), read("ttyS0", "+mppe-128").get(CcpOptions.MPPE));
    assertEquals(Set.of(128), read("ttyS0", "+mppe", "nomppe-40").get(CcpOptions.MPPE));
    assertEquals(Set.of(), read("ttyS0", "+mppe", "-mppe").get(CcpOptions.MPPE));
    assertTrue(refused("ttyS0", "require-mppe", "noccp").contains("noccp"));
  }

  @Test
  void interfaceIdentifiers() throws OptionException {
    var options = read("ttyS0", "noipv6", "ipv6", "::1,::a:b:c:d");
    assertTrue(options.get(Ipv6cpOptions.IPV6));
    assertEquals(1L, options.get(Ipv6cpOptions.LOCAL));
    assertEquals(0x000A_000B_000C_000DL, options.get(Ipv6cpOptions.REMOTE));
    assertEquals(2L, read("ttyS0", "ipv6", ",::2").get(Ipv6cpOptions.REMOTE));
    for (String bad : List.of("1", "::", "fe80::1", "::1,x", "::1%lo", "1.2.3.4")) {
      refused("ttyS0", "ipv6", bad);
    }
  }

  @Test
  void routesThatWereForbidden() throws OptionException {
    assertTrue(read("ttyS0", "defaultroute").get(IpcpOptions.DEFAULT_ROUTE));
    assertTrue(refused("ttyS0", "nodefaultroute", "defaultroute").contains("disabled"));
    assertFalse(read("ttyS0", "defaultroute", "-defaultroute").get(IpcpOptions.DEFAULT_ROUTE));
    refused("ttyS0", "noproxyarp", "proxyarp");
  }

  @Test
  void serversForThePeerAreTheLastTwo() throws OptionException {
    assertEquals(
        List.of(0x02020202, 0x03030303),
        read("ttyS0", "ms-dns", "1.1.1.1", "ms-dns", "2.2.2.2", "ms-dns", "3.3.3.3")
            .get(IpcpOptions.MS_DNS));
    refused("ttyS0", "ms-wins", "nowhere");
  }

  @Test
  void masks() throws OptionException {
    assertEquals(0xFFFFFF00, read("ttyS0", "netmask", "255.255.255.0").get(IpcpOptions.NETMASK));
    assertEquals(0xFFFF0000, read("ttyS0", "netmask", "0xffff0000").get(IpcpOptions.NETMASK));
    for (String bad : List.of("255.0.255.0", "0.0.0.0", "24", "255.255.255")) {
      refused("ttyS0", "netmask", bad);
    }
  }

  @Test
  void namesOfFilesAndInterfaces() throws OptionException {
    assertEquals("isp", read("ttyS0", "linkname", "isp").get(DaemonOptions.LINK_NAME));
    for (String bad : List.of("", "a/b", "..", "../../etc/x")) {
      refused("ttyS0", "linkname", bad);
      refused("ttyS0", "ifname", bad);
    }
    refused("ttyS0", "ifname", "x".repeat(16));
    refused("ttyS0", "ifname", "a b");
  }

  @Test
  void filtersAreCompiledWhereTheyStand() throws OptionException {
    assertEquals(
        "outbound and not udp port 53",
        read("ttyS0", "active-filter", "outbound and not udp port 53")
            .get(DaemonOptions.ACTIVE_FILTER)
            .toString());
    assertEquals(
        "command line: 'tcp[13]': the octets of a packet can't be looked at (word 1)",
        refused("ttyS0", "pass-filter", "tcp[13] & 2 != 0"));
  }

  @Test
  void dumpShowsWhatIsInEffectAndWhereItComesFrom() throws OptionException {
    machine.write("etc/ppp/options", "crtscts\nlock require-chap\nmru 1000");
    Path file = root.resolve("etc/ppp/options");
    var options =
        read(
            "ttyS0",
            "9600",
            "10.0.0.1:",
            "nocrtscts",
            "mru",
            "0x200",
            "debug",
            "-d",
            "asyncmap",
            "a0000",
            "password",
            "sesame",
            "connect",
            "chat \"\" AT",
            "allow-ip",
            "1.2.3.4",
            "allow-ip",
            "*",
            "require-eap",
            "deflate",
            "9",
            "nodeflate",
            "set",
            "TOKEN=secret");
    assertEquals(
        """
        pppd options in effect:
        debug debug\t\t# (from command line)
        password ??????\t\t# (from command line)
        allow-ip 1.2.3.4\t\t# (from command line)
        allow-ip *\t\t# (from command line)
        require-chap\t\t# (from FILE:2)
        require-eap\t\t# (from command line)
        /dev/ttyS0\t\t# (from command line)
        9600\t\t# (from command line)
        lock\t\t# (from FILE:2)
        connect "chat \\"\\" AT"\t\t# (from command line)
        nocrtscts\t\t# (from command line)
        asyncmap a0000\t\t# (from command line)
        mru 512\t\t# (from command line)
        10.0.0.1:\t\t# (from command line)
        nodeflate\t\t# (from command line)
        """
            .replace("FILE", file.toString()),
        OptionText.dump(options));
  }

  @Test
  void whatDumpShowsIsReadBackTheSame() throws OptionException {
    var options =
        read(
            "ttyS0",
            "9600",
            "connect",
            "a \"b\" 'c' \\ \n \0 é",
            "user",
            "",
            "noauth",
            "mru",
            "600",
            "escape",
            "11,13",
            "ipparam",
            "#x",
            "10.0.0.1:10.0.0.2",
            "debug",
            "debug",
            "xonxoff",
            "+mppe",
            "nomppe-40",
            "ipv6",
            "::1,");
    String dumped = OptionText.dump(options).replace("pppd options in effect:\n", "");
    Path file = machine.write("dumped", dumped);
    var again = OptionText.dump(read("file", file.toString()));
    assertEquals(
        dumped.replaceAll("\t\t# .*", ""),
        again.replace("pppd options in effect:\n", "").replaceAll("\t\t# .*", ""));
  }

  private PppdOptions read(String... words) throws OptionException {
    return OptionReader.read(machine, List.of(words));
  }

  private String refused(String... words) {
    return assertThrows(OptionException.class, () -> read(words), () -> String.join(" ", words))
        .sentence();
  }
}
