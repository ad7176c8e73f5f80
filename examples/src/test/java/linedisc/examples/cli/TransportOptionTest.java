package linedisc.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import linedisc.examples.Capture;
import linedisc.serial.port.SerialBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportOptionTest {
  @Test
  void jSerialCommIsTheDefault() throws CommandException {
    assertInstanceOf(SerialBackend.JSerialComm.class, TransportOption.of((String) null));
    assertInstanceOf(SerialBackend.JSerialComm.class, TransportOption.of("jSerialComm"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "selftest",
        "term ttyS0",
        "slattach ttyS0",
        "dial ttyS0 123",
        "shell -c help"
      })
  void anotherWordIsRefused(String command) {
    Capture run = Capture.of((command + " --transport carrier-pigeon").split(" ", -1));
    assertEquals(CommandException.USAGE, run.status());
    String sentence = "There is no transport 'carrier-pigeon'; there are jserialcomm, posix.";
    assertTrue(run.err().contains(sentence), run.err());
  }
}
