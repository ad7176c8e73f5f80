package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import linedisc.examples.Capture;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.shell.Control;
import linedisc.examples.stack.Station;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusTest {
  @TempDir Path folder;

  @Test
  void socketTellsStateOfPorts() throws Exception {
    Path socket = folder.resolve("control");
    var machine = new TestMachine(folder);
    var linkUp = new CountDownLatch(1);
    var missing = new CountDownLatch(1);
    try (var pump = new NullModemPump();
        var station = new Station()) {
      Site.Lines lines =
          (port, settings) -> {
            if (port.equals("gone")) {
              throw new PortException(PortException.Reason.NOT_FOUND, "gone is not there.");
            }
            return pump.wire(port, 0).left();
          };
      var site =
          new Site(
              station,
              machine,
              lines,
              new Pools(),
              text -> {
                if (text.contains("10.9.0.1")) {
                  linkUp.countDown();
                }
                if (text.contains("not there")) {
                  missing.countDown();
                }
              });
      try (var gateway = new Gateway(site);
          Control _ =
              Control.open(
                  socket,
                  station,
                  new SerialBackend.JSerialComm(),
                  Map.of("status", new Status(gateway)))) {
        gateway.configure(
            ConfigReader.read(
                machine,
                "test",
                """
                port w
                kind slip
                addresses 10.9.0.1:10.9.0.2
                port gone
                kind ppp
                options password geheim
                """));
        assertTrue(linkUp.await(30, TimeUnit.SECONDS));
        assertTrue(missing.await(30, TimeUnit.SECONDS));
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        String text = output("status", "--control", socket.toString());
        assertTrue(text.contains("SLIP 10.9.0.1 --> 10.9.0.2"), text);
        assertTrue(text.contains("gone is not there."), text);
        assertTrue(text.contains("of 2 up"), text);
        String json = output("status", "--json", "--control", socket.toString());
        assertTrue(json.startsWith("{\"up\":"), json);
        assertTrue(json.contains("\"last_reason\":\"gone is not there.\""), json);
        assertTrue(json.contains("\"negotiated\":[\"10.9.0.1 --> 10.9.0.2\"]"), json);
        assertTrue(!(text + json).contains("geheim"));
        assertTrue(output("ifconfig", "--control", socket.toString()).contains("sl0"));
      }
    }
  }

  private static String output(String... words) {
    Capture run = Capture.of(words);
    assertEquals(0, run.status(), run.err());
    return run.out();
  }
}
