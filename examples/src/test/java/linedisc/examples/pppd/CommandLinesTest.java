package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.pppd.words.Word;
import linedisc.examples.pppd.words.WordReader;
import linedisc.examples.stack.Pinger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Command lines and option files of the kind that pppd's users have, unchanged, at either end of a
/// cable: a link comes up, pings pass both ways, and it ends with the statuses that scripts expect.
class CommandLinesTest {
  private static final String SECRETS =
      """
      # client server secret addresses
      joespc  *  "joe's secret"  192.168.1.21
      vpnuser *  sesame          *
      """;

  @TempDir Path folder;
  private Bench bench;
  private Bench.Cable cable;
  private TestMachine leftMachine;
  private TestMachine rightMachine;
  private Bench.Running left;
  private Bench.Running right;

  @BeforeEach
  void setUp() {
    bench = new Bench(folder);
    cable = bench.new Cable().together();
    leftMachine = machine();
    rightMachine = machine();
  }

  @AfterEach
  void tearDown() {
    bench.close();
  }

  private TestMachine machine() {
    TestMachine machine = bench.machine();
    for (String device : new String[] {"ttyS3", "ttyM0", "ttyUSB0", "ttyUSB3", "modem"}) {
      machine.characterDevices.add(device);
    }
    return machine;
  }

  private static void secrets(TestMachine machine) throws Exception {
    for (String name : new String[] {"chap-secrets", "pap-secrets"}) {
      Path file = machine.write("etc/ppp/" + name, SECRETS);
      Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /// Starts both, as a shell would.
  private void run(String leftLine, String rightLine) throws Exception {
    left = bench.start(leftMachine, options -> cable.left(), words(leftLine));
    right = bench.start(rightMachine, options -> cable.right(), words(rightLine));
  }

  private static String[] words(String line) {
    byte[] octets = line.getBytes(StandardCharsets.UTF_8);
    return WordReader.words(octets, "line", problem -> {}).stream()
        .map(Word::text)
        .toArray(String[]::new);
  }

  /// Waits for the link, and uses it.
  private void link(String leftAddress, String rightAddress) throws Exception {
    left.says("local  IP address " + leftAddress);
    left.says("remote IP address " + rightAddress);
    right.says("local  IP address " + rightAddress);
    right.says("remote IP address " + leftAddress);
    ping(left, leftAddress, rightAddress);
    ping(right, rightAddress, leftAddress);
  }

  private static void ping(Bench.Running from, String local, String remote) throws Exception {
    var answered = new Pinger();
    from.station.forwarder().setLocal(answered);
    var ppp0 = from.station.interfaces().get("ppp0");
    assertEquals(1, answered.ping(ppp0::send, bits(local), bits(remote), 1).length, from.out());
  }

  private static int bits(String address) {
    return Addresses.of((Inet4Address) InetAddress.ofLiteral(address));
  }

  /// The left end is told to end.
  private void end() throws Exception {
    left.signal(Signals.Name.INT);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertEquals(ExitStatus.OK, right.status());
  }

  @Test
  void twoMachinesOnANullModem() throws Exception {
    run(
        "-detach crtscts lock proxyarp 10.0.0.1:10.0.0.2 /dev/ttyS3 38400",
        "-detach crtscts lock defaultroute 10.0.0.2:10.0.0.1 /dev/ttyS3 38400");
    link("10.0.0.1", "10.0.0.2");
    end();
  }

  @Test
  void aTerminalServerOnAHardWiredLink() throws Exception {
    run(
        "connect 'chat -v \"\" \"\"' noipdefault /dev/ttyM0 19200 crtscts nodetach connect-delay 1",
        "ttyM0 19200 crtscts nodetach 192.168.1.20:192.168.1.21");
    link("192.168.1.21", "192.168.1.20");
    end();
  }

  @Test
  void theManualsProvider() throws Exception {
    Path chat =
        leftMachine.write(
            "etc/ppp/chat-isp",
            """
            ABORT "NO CARRIER"
            ABORT "NO DIALTONE"
            ABORT "ERROR"
            ABORT "NO ANSWER"
            ABORT "BUSY"
            ABORT "Username/Password Incorrect"
            "" "at"
            OK "at&d0&c1"
            OK "atdt2468135"
            "name:" "^Umyuserid"
            "word:" "\\qmypassword"
            "ispts" "\\q^Uppp"
            "~-^Uppp-~"
            """);
    leftMachine.write(
        "etc/ppp/peers/isp",
        "ttyS0 19200 crtscts\nconnect '/usr/sbin/chat -v -f " + chat + "'\nnoauth\n");
    leftMachine.write("etc/ppp/options", "auth\nnodetach connect-delay 1\n");
    Path answer = rightMachine.write("answer", ANSWERING);
    run(
        "call isp 10.0.0.1:",
        "/dev/ttyS0 nodetach noauth connect-delay 1 10.0.0.2: connect 'sh " + answer + "'");
    link("10.0.0.1", "10.0.0.2");
    assertFalse(left.out().contains("mypassword"), left.out());
    end();
  }

  /// A modem and the terminal server behind it: each line that ends with a CR has an answer.
  private static final String ANSWERING =
      """
      line() {
        text=
        while octet=$(dd bs=1 count=1 2>/dev/null | od -An -to1) && [ -n "$octet" ]; do
          [ "$octet" = " 015" ] && return
        done
      }
      line; printf 'at\\r\\nOK\\r\\n'
      line; printf 'OK\\r\\n'
      line; printf 'CONNECT 19200\\r\\n\\r\\nUsername: '
      line; printf 'Password: '
      line; printf 'ispts> '
      line; printf '~'
      """;

  /// An ISP's side, for those that dial it.
  private static final String PROVIDER =
      "/dev/ttyS0 nodetach auth require-%s 192.168.1.20: ms-dns 192.168.1.1 ms-wins 192.168.1.2"
          + " connect-delay 1 connect 'sh %s'";

  private Path dialled() {
    return rightMachine.write(
        "answer",
        """
        line() {
          while octet=$(dd bs=1 count=1 2>/dev/null | od -An -to1) && [ -n "$octet" ]; do
            [ "$octet" = " 015" ] && return
          done
        }
        line; printf 'OK\\r\\n'
        line; printf 'CONNECT 115200\\r\\n'
        """);
  }

  /// The template that Debian ships as peers/provider, with its chat script.
  @Test
  void theDistributionsProvider() throws Exception {
    secrets(leftMachine);
    secrets(rightMachine);
    Path chat =
        leftMachine.write(
            "etc/pap",
            """
            # You can use this script unmodified to connect to sites which allow
            ABORT "BUSY"
            ABORT "VOICE"
            ABORT "NO CARRIER"
            ABORT "NO DIALTONE"
            ABORT "NO DIAL TONE"
            ABORT "NO ANSWER"
            ABORT "DELAYED"
            "" ATZ
            OK-AT-OK ATDT\\T
            CONNECT \\d\\c
            """);
    leftMachine.write(
        "etc/ppp/peers/provider",
        """
        user "joespc"
        connect "/usr/sbin/chat -v -f %s -T 5551212"
        /dev/modem
        115200
        noipdefault
        usepeerdns
        defaultroute
        persist
        noauth
        hide-password
        debug
        nodetach connect-delay 1
        """
            .formatted(chat));
    Path seen = script(leftMachine, "ip-up");
    run("call provider ipparam home", PROVIDER.formatted("pap", dialled()));
    link("192.168.1.21", "192.168.1.20");
    left.says("primary   DNS address 192.168.1.1");
    left.awaitThat(() -> Files.exists(seen), "ip-up");
    String told = Files.readString(seen);
    for (String line :
        List.of(
            "arguments ppp0 /dev/modem 0 192.168.1.21 192.168.1.20 home",
            "DNS1=192.168.1.1",
            "USEPEERDNS=1",
            "CALL_FILE=provider")) {
      assertTrue(told.contains(line + "\n"), line + "\n" + told);
    }
    assertTrue(left.out().contains("user=\"joespc\" password=<hidden>"), left.out());
    end();
  }

  /// A cellular module's, from its maker's scripts.
  @Test
  void aCellularModule() throws Exception {
    rightMachine.write("etc/ppp/options.ttyS0", "115200\nnocrtscts\nasyncmap 0\nnovj nobsdcomp\n");
    run(
        """
        /dev/ttyUSB3 115200 user "card" password "card"
        connect 'chat -s -v ABORT BUSY ABORT "NO CARRIER" ABORT "NO DIALTONE" ABORT ERROR \
          ABORT "NO ANSWER" TIMEOUT 30 "" AT OK ATD*99# CONNECT'
        disconnect 'chat -s -v ABORT ERROR ABORT "NO DIALTONE" SAY "\\nSending break\\n" ""  +++ "" ATH'
        noauth debug defaultroute noipdefault novj novjccomp noccp ipcp-accept-local
        ipcp-accept-remote ipcp-max-configure 30 local lock modem dump nodetach nocrtscts
        remotename 3gppp ipparam 3gppp usepeerdns connect-delay 1
        """,
        "ttyS0 noauth nodetach 10.64.0.1:10.64.0.2 ms-dns 10.64.0.53 ms-dns 10.64.0.54 -ccp"
            + " connect-delay 1 connect 'sh "
            + dialled()
            + "'");
    link("10.64.0.2", "10.64.0.1");
    left.says("secondary DNS address 10.64.0.54");
    assertFalse(left.out().contains("CCP"), left.out());
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
  }

  /// wvdial writes its peer's file, and gives the rest as words.
  @Test
  void aDiallersWords() throws Exception {
    secrets(leftMachine);
    secrets(rightMachine);
    leftMachine.write("etc/ppp/peers/wvdial", "noauth\nname wvdial\nusepeerdns\n");
    run(
        "115200 modem crtscts defaultroute usehostname -detach user joespc noipdefault"
            + " call wvdial idle 0 logfd 1 remotename * /dev/modem",
        "/dev/ttyS0 nodetach auth +chap 192.168.1.20: idle 0");
    link("192.168.1.21", "192.168.1.20");
    end();
  }

  /// A dial-in server's file of its port, and its caller's.
  @Test
  void aServersFileForItsPort() throws Exception {
    secrets(leftMachine);
    secrets(rightMachine);
    rightMachine.write(
        "etc/ppp/options.ttyS0",
        """
        115200
        modem
        auth
        silent
        nodetach
        crtscts
        asyncmap 0
        passive
        proxyarp
        192.168.1.20:192.168.1.21
        netmask 255.255.255.0
        ms-dns 192.168.1.0
        require-pap
        """);
    run("/dev/ttyS0 noauth user joespc nodetach", "/dev/ttyS0");
    link("192.168.1.21", "192.168.1.20");
    end();
  }

  /// The options file that pppd's own sample folder has, at either end.
  @Test
  void theSampleOptions() throws Exception {
    String options =
        """
        usehostname
        noipdefault
        nodefaultroute6
        debug
        crtscts
        lock
        modem
        asyncmap 0
        nodetach
        proxyarp
        lcp-echo-interval 30
        lcp-echo-failure 4
        idle 600
        """;
    leftMachine.write("etc/ppp/options", options);
    rightMachine.write("etc/ppp/options", options);
    run("ttyS0 10.0.0.1:", "ttyS0 10.0.0.2:");
    link("10.0.0.1", "10.0.0.2");
    end();
  }

  /// A PPTP client's and server's, with its encryption.
  @Test
  void encryptionAsTunnelsWantIt() throws Exception {
    secrets(rightMachine);
    leftMachine.write(
        "etc/ppp/options.pptp",
        "lock\nnoauth\nrefuse-pap\nrefuse-eap\nrefuse-chap\nrefuse-mschap\nnobsdcomp\nnodeflate\n");
    rightMachine.write(
        "etc/ppp/pptpd-options",
        """
        name pptpd
        refuse-pap
        refuse-chap
        refuse-mschap
        require-mschap-v2
        require-mppe-128
        ms-dns 10.0.0.1
        proxyarp
        lock
        nobsdcomp
        novj
        novjccomp
        nologfd
        """);
    run(
        "ttyS0 nodetach remotename PPTP user vpnuser password sesame require-mppe-128 file "
            + leftMachine.configuration().resolve("options.pptp"),
        "ttyS0 nodetach file "
            + rightMachine.configuration().resolve("pptpd-options")
            + " logfd 1 192.168.0.1:192.168.0.234");
    link("192.168.0.234", "192.168.0.1");
    left.says("MPPE 128-bit");
    end();
  }

  /// An L2TP daemon's client.
  @Test
  void aTunnelWithASmallerMtu() throws Exception {
    secrets(rightMachine);
    run(
        "ttyS0 nodetach ipcp-accept-local ipcp-accept-remote refuse-eap require-mschap-v2 noccp"
            + " noauth idle 1800 mtu 1410 mru 1410 nodefaultroute usepeerdns debug connect-delay 5000"
            + " name vpnuser password sesame",
        "ttyS0 nodetach auth require-mschap-v2 mtu 1400 mru 1400 lcp-echo-interval 30"
            + " lcp-echo-failure 4 10.1.2.1:10.1.2.3 ms-dns 8.8.8.8 lock proxyarp hide-password");
    link("10.1.2.3", "10.1.2.1");
    assertEquals(1400, left.station.interfaces().get("ppp0").mtu());
    end();
  }

  /// What a TLS tunnel's client starts pppd with.
  @Test
  void nothingOfLcp() throws Exception {
    run(
        "230400 :169.254.2.1 noipdefault noaccomp noauth default-asyncmap nopcomp receive-all"
            + " nodefaultroute nodetach lcp-max-configure 40 mru 1354 ttyS0",
        "ttyS0 nodetach -all 169.254.2.1:10.9.8.7");
    link("10.9.8.7", "169.254.2.1");
    end();
  }

  /// Spellings of the last century.
  @Test
  void oldSpellings() throws Exception {
    Path login = leftMachine.write("login", "vpnuser\nsesame\n");
    Path _ = Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
    secrets(rightMachine);
    run(
        "ttyS0 -detach -d -ac -pc -mn -vj -bsdcomp -deflate -as a0000 -chap -mschap -mschap-v2 +ua "
            + login
            + " -defaultroute -proxyarp -ipv6 -p 10.0.0.1:10.0.0.2",
        "ttyS0 -detach -d -am -mru -vjccomp -ecp -crtscts auth +pap -mppe local noipx");
    link("10.0.0.1", "10.0.0.2");
    left.says("sent [LCP ConfReq id=0x1 <asyncmap 0xa0000>]");
    right.says("sent [LCP ConfReq id=0x1 <auth pap> <magic ");
    end();
  }

  /// A remote login that eats octets, and a telnet that eats others.
  @Test
  void octetsThatDoNotPass() throws Exception {
    run(
        "ttyS0 nodetach noauth escape ff asyncmap 200a0000 10.0.0.1: xonxoff",
        "ttyS0 nodetach noauth escape 11,13,91,93 asyncmap 0 10.0.0.2: lcp-restart 1 kdebug 1");
    link("10.0.0.1", "10.0.0.2");
    end();
  }

  @Test
  void ipv6Alone() throws Exception {
    run(
        "ttyS0 nodetach noauth noip +ipv6 ipv6 ::1,::2 ipv6cp-accept-remote",
        "ttyS0 nodetach noauth -ip +ipv6 ipv6 ::2,::1 ipv6cp-use-persistent noipdefault");
    left.says("local  LL address fe80::0000:0000:0000:0001");
    left.says("remote LL address fe80::0000:0000:0000:0002");
    right.says("local  LL address fe80::0000:0000:0000:0002");
    end();
  }

  /// A handheld that wants to be greeted before it speaks PPP.
  @Test
  void aHandheldOnItsCradle() throws Exception {
    Path greeting = leftMachine.write("etc/greeting", "TIMEOUT 10\n'CLIENT' 'CLIENTSERVER\\c'\n");
    run(
        "/dev/ttyUSB0 115200 nodetach connect '/usr/sbin/chat -v -f "
            + greeting
            + "' nodefaultroute noauth local crtscts 192.168.131.102:192.168.131.201"
            + " ms-dns 192.168.131.102 connect-delay 1",
        "ttyS0 nodetach noauth noipdefault usepeerdns connect-delay 1"
            + " connect 'printf CLIENT; head -c 12 >/dev/null'");
    link("192.168.131.102", "192.168.131.201");
    right.says("primary   DNS address 192.168.131.102");
    end();
  }

  /// Words for which there is a sentence, since nobody could do what they say.
  @Test
  void whatIsNotToBeHad() {
    for (String line :
        List.of(
            "debug nodetach /dev/modem 115200 crtscts modem callback 12345 noauth",
            "ttyS0 sync noauth",
            "ttyS0 plugin pppoe.so eth0",
            "ttyS0 auth -chap +pap login debug")) {
      var refusal =
          assertThrows(
              OptionException.class, () -> OptionReader.read(leftMachine, List.of(words(line))));
      assertTrue(refusal.sentence().contains(" is not supported: "), refusal.sentence());
    }
  }

  /// A script that writes its arguments and its environment.
  private static Path script(TestMachine machine, String name) throws Exception {
    Path seen = machine.configuration().resolve(name + ".seen");
    Path file =
        machine.write(
            "etc/ppp/" + name,
            "#!/bin/sh\n{ echo arguments \"$@\"; /usr/bin/env; } >%1$s.new\n/bin/mv %1$s.new %1$s\n"
                .formatted(seen));
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return seen;
  }
}
