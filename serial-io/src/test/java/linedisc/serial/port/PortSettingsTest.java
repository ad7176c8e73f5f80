package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.port.PortSettings.Parity;
import linedisc.serial.port.PortSettings.StopBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortSettingsTest {
  @Test
  void aSpeedAloneIsEnough() {
    assertEquals(PortSettings.builder().speed(57_600).build(), PortSettings.parse("57600"));
  }

  @Test
  void nothingIsTheDefault() {
    assertEquals(PortSettings.DEFAULT, PortSettings.parse(" "));
  }

  @Test
  void allWords() {
    PortSettings settings = PortSettings.parse("modem 7E2, CRTSCTS nodtr,norts  74880");
    assertEquals(74_880, settings.speed());
    assertEquals(7, settings.dataBits());
    assertEquals(Parity.EVEN, settings.parity());
    assertEquals(StopBits.TWO, settings.stopBits());
    assertEquals(FlowControl.RTS_CTS, settings.flow());
    assertTrue(settings.modem());
    assertEquals(PortSettings.parse("nodtr norts"), PortSettings.parse("norts nodtr"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "115200,8n1,noflow,local",
        "300,5s1.5,xonxoff,modem",
        "9600,7m2,crtscts,local,nodtr",
        "4000000,8o1,noflow,modem,nodtr,norts",
      })
  void theTextFormReadsBack(String text) {
    assertEquals(text, PortSettings.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "0", "-9600", "9n1", "4n1", "8x1", "8n3", "99999999999"})
  void whatMakesNoSenseIsSaidInASentence(String text) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> PortSettings.parse(text))
                .getMessage());
    assertTrue(message.endsWith(".") && message.lines().count() == 1, message);
  }

  @Test
  void aNegativeStallLimitIsRefused() {
    PortSettings.Builder builder = PortSettings.builder().stallLimit(Duration.ofSeconds(-1));
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
