package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import linedisc.examples.pppd.line.Lines;
import linedisc.examples.pppd.line.SystemLines;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.serial.ffi.Platform;
import linedisc.serial.port.DeviceChanges;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon on lines that the machine itself opens.
class SystemLinesTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() {
    assumeTrue(Platform.supported(), "ptys are Linux's");
    bench = new Bench(folder);
  }

  @AfterEach
  void tearDown() {
    bench.close();
  }

  private Bench.Running start(String... words) throws Exception {
    return start(bench.machine(), words);
  }

  private Bench.Running start(TestMachine machine, String... words) throws Exception {
    return bench.start(machine, new SystemLines(), words);
  }

  /// With the Restart timer's three seconds between any two requests the bench would lose patience.
  @Test
  void aCommandThatSendsEverythingBackIsALoop() throws Exception {
    var daemon = start("pty", "exec cat", "noauth", "nodetach", "debug", "lcp-max-terminate", "1");
    assertEquals(ExitStatus.LOOPBACK, daemon.status());
    assertTrue(daemon.out().contains("Serial line is looped back."), daemon.out());
  }

  @Test
  void aCommandThatEndsHangsUp() throws Exception {
    var daemon = start("pty", "exit 3", "noauth", "nodetach");
    assertEquals(ExitStatus.HANGUP, daemon.status());
    assertTrue(daemon.out().contains("Modem hangup"), daemon.out());
  }

  @Test
  void nobodyListens() throws Exception {
    var daemon = start("socket", "127.0.0.1:1", "noauth", "nodetach");
    assertEquals(ExitStatus.OPEN_FAILED, daemon.status());
    assertTrue(daemon.out().contains("Nobody listens at 127.0.0.1:1"), daemon.out());
  }

  @Test
  void aLinkOverTcp() throws Exception {
    try (var server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = server.socket().getLocalPort();
      var left = start("socket", "localhost:" + port, "noauth", "nodetach", "10.0.0.1:10.0.0.2");
      var right =
          bench.start(
              bench.machine(),
              options -> {
                try {
                  return new SocketTransport("caller", server.accept());
                } catch (IOException e) {
                  throw new PortException(PortException.Reason.FAILED, e.toString());
                }
              },
              "/dev/ttyS0",
              "noauth",
              "nodetach",
              "noipdefault");
      left.says("remote IP address 10.0.0.2");
      right.says("local  IP address 10.0.0.2");
    }
  }

  private static SerialTransport opened(TestMachine machine, String... words) throws Exception {
    return new SystemLines().open(OptionReader.read(machine, List.of(words)));
  }

  @Test
  void aSerialPortKeepsTheSpeedThatItHasUnlessAnotherIsNamed() throws Exception {
    try (PtyTransport far = PtyTransport.open()) {
      var machine = bench.machine();
      machine.characterDevices.add(far.slave().substring("/dev/".length()));
      try (SerialTransport before = opened(machine, far.slave(), "19200", "xonxoff")) {
        assertEquals(PortSettings.parse("19200,xonxoff,modem"), before.settings());
        before.apply(PortSettings.parse("19200,7e1,crtscts"));
        before.leaveAsSet();
      }
      try (SerialTransport line = opened(machine, far.slave(), "local")) {
        assertEquals(PortSettings.parse("19200,8n1,crtscts,local"), line.settings());
      }
      try (SerialTransport line = opened(machine, far.slave(), "nocrtscts", "stop-bits", "2")) {
        assertEquals(PortSettings.parse("19200,8n2,modem"), line.settings());
      }
      try (SerialTransport line = opened(machine, far.slave(), "4800", "crtscts")) {
        assertEquals(PortSettings.parse("4800,crtscts,modem"), line.settings());
      }
    }
  }

  /// A USB adapter that was pulled out comes back long before the holdoff is over, and is the port.
  @Test
  void aDeviceThatComesBackEndsTheHoldoff() throws Exception {
    Path device = folder.resolve("ttyUSB0");
    Lines lines =
        new Lines() {
          private final PortOpener opener =
              new PortOpener(new SerialPorts(), new PortLocks(folder.resolve("locks")));

          @Override
          public String device(PppdOptions options) {
            return device.toString();
          }

          @Override
          public DeviceChanges changes(PppdOptions options) {
            return opener.changes(List.of(device(options)));
          }

          @Override
          public SerialTransport open(PppdOptions options) throws PortException {
            return opener.open(device(options), PortSettings.DEFAULT);
          }
        };
    var left =
        bench.start(
            bench.machine(),
            lines,
            "/dev/ttyS0",
            "noauth",
            "nodetach",
            "10.0.0.1:10.0.0.2",
            "persist",
            "holdoff",
            "3600",
            "lcp-restart",
            "1",
            "debug");
    for (int time = 1; time <= 2; time++) {
      left.says("holding off", time);
      // Of no interest.
      Files.delete(Files.createFile(folder.resolve("ttyUSB" + time)));
      PtyTransport far = PtyTransport.openPersistent(device);
      bench.start(
          bench.machine(),
          options -> far,
          "/dev/ttyS0",
          "noauth",
          "nodetach",
          "noipdefault",
          "lcp-restart",
          "1",
          "lcp-max-terminate",
          "1");
      left.says("remote IP address 10.0.0.2", time);
      far.close();
    }
    left.says("Modem hangup", 2);
  }

  @Test
  void aSerialPortIsGivenToTheCommandThatDials() throws Exception {
    PtyTransport far = PtyTransport.open();
    // The far end greets whoever says HELLO, and is a peer afterwards.
    var right =
        bench.start(
            bench.machine(),
            options -> far,
            "/dev/ttyS0",
            "noauth",
            "nodetach",
            "noipdefault",
            "connect",
            "head -c 5 >/dev/null; printf READY",
            "connect-delay",
            "0");
    var machine = bench.machine();
    machine.characterDevices.add(far.slave().substring("/dev/".length()));
    var left =
        start(
            machine,
            far.slave(),
            "115200",
            "noauth",
            "nodetach",
            "10.0.0.1:10.0.0.2",
            "connect",
            "test -t 0 && printf HELLO && head -c 5 >&2",
            "connect-delay",
            "0");
    left.says("remote IP address 10.0.0.2");
    right.says("local  IP address 10.0.0.2");
    assertTrue(left.out().contains("READY"), left.out());
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
  }
}
