package linedisc.serial.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a modem that is a table of answers.
@Timeout(20)
class HayesModemTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final NullModemPump pump = new NullModemPump();
  private final NullModem wire = pump.wire("wire", 0);
  private final Tty tty = ttys.open(wire.left());
  private final Tty far = ttys.open(wire.right());
  private final List<String> transcript = Collections.synchronizedList(new ArrayList<>());
  private final HayesModem modem = new HayesModem(tty, Duration.ofMillis(50), transcript::add);
  private final Map<String, String> answers = new LinkedHashMap<>();

  @AfterEach
  void close() {
    ttys.close();
    interfaces.close();
    pump.close();
  }

  private void start() {
    Sync.system().start("modem", this::answer);
  }

  private void answer() {
    byte[] line = new byte[256];
    int length = 0;
    try {
      while (far.read(line, length, 1, LONG) == 1) {
        length++;
        String text = new String(line, 0, length, ISO_8859_1);
        String answer = answers.get(text.strip());
        if (answer != null && (text.endsWith("\r") || text.equals("+++"))) {
          say(answer);
        }
        if (answer != null || text.endsWith("\r")) {
          length = text.endsWith("\r") || text.equals("+++") ? 0 : length;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The test is over.
    }
  }

  private void say(String text) throws IOException, InterruptedException {
    byte[] octets = text.getBytes(ISO_8859_1);
    assertEquals(octets.length, far.write(octets, 0, octets.length, LONG));
  }

  @Test
  void carriesOutCommands() throws Exception {
    answers.put("ATE0V1Q0", "ATE0V1Q0\r\r\nOK\r\n");
    answers.put("AT+CSQ", "\r\n+CSQ: 21,99\r\n\r\nOK\r\n");
    answers.put("AT+CPIN?", "\r\n+CME ERROR: 10\r\n");
    start();
    modem.wake(LONG);
    assertEquals(List.of("+CSQ: 21,99"), modem.command("AT+CSQ", LONG));
    var error = assertThrows(ModemException.class, () -> modem.command("AT+CPIN?", LONG));
    assertEquals("+CME ERROR: 10", error.result());
    assertEquals("The modem says +CME ERROR: 10 to AT+CPIN?.", error.getMessage());
    var silent =
        assertThrows(ModemException.class, () -> modem.command("ATX", Duration.ofMillis(50)));
    assertEquals("The modem did not answer to ATX.", silent.getMessage());
  }

  @Test
  void whatFollowsConnectIsLeft() throws Exception {
    answers.put("ATDT5", "\r\nRINGING\r\n\r\nCONNECT 33600\r\n~}#rest");
    start();
    assertEquals("CONNECT 33600", modem.dial("T5", LONG));
    byte[] rest = new byte[20];
    int length = tty.read(rest, 0, rest.length, LONG);
    assertEquals("~}#rest", new String(rest, 0, length, ISO_8859_1));
  }

  @Test
  void aCallMayFail() throws Exception {
    answers.put("ATD1", "\r\nBUSY\r\n");
    answers.put("ATD2", "\r\nNO CARRIER\r\n");
    start();
    var busy = assertThrows(ModemException.class, () -> modem.dial("1", LONG));
    assertEquals("No connection with 1: BUSY.", busy.getMessage());
    assertEquals("BUSY", busy.result());
    assertEquals(
        "NO CARRIER", assertThrows(ModemException.class, () -> modem.dial("2", LONG)).result());
    answers.put("", "\r\nNO CARRIER\r\n");
    var late = assertThrows(ModemException.class, () -> modem.dial("3", Duration.ofMillis(50)));
    assertEquals("", late.result());
  }

  @Test
  void takesACall() throws Exception {
    answers.put("ATA", "\r\nCONNECT\r\n");
    start();
    assertFalse(modem.awaitRing(Duration.ofMillis(20)));
    say("\r\nRING\r\n");
    assertTrue(modem.awaitRing(LONG));
    assertEquals("CONNECT", modem.answer(LONG));
  }

  @Test
  void hangsUpByTheEscape() throws Exception {
    answers.put("+++", "\r\nOK\r\n");
    answers.put("ATH", "\r\nOK\r\n");
    start();
    say("left over from the call");
    assertTrue(modem.hangUp());
    assertEquals(List.of("send +++", "send ATH"), sent());
  }

  @Test
  void aModemThatHasLostItsCarrierNeedsNoEscape() throws Exception {
    answers.put("ATH", "\r\nOK\r\n");
    start();
    say("half a frame\r\nNO CARRIER\r\n");
    assertTrue(modem.hangUp());
    assertEquals(List.of("send ATH"), sent());
  }

  private List<String> sent() {
    return transcript.stream().filter(line -> line.startsWith("send")).toList();
  }

  @Test
  void whoHasToldOfItsLostCarrierIsSentNoEscape() throws Exception {
    answers.put("AT", "\r\nOK\r\n");
    start();
    say("half a frame");
    assertTrue(modem.carrierLost());
    assertEquals(
        List.of("send AT"), transcript.stream().filter(line -> line.startsWith("send")).toList());
  }

  @Test
  void callThatGoesOnAllTheSameIsEnded() throws Exception {
    answers.put("+++", "\r\nOK\r\n");
    answers.put("ATH", "\r\nOK\r\n");
    start();
    assertTrue(modem.carrierLost());
    assertTrue(transcript.contains("send +++"), transcript::toString);
  }

  @Test
  void aPortThatIsGoneIsToldApart() throws Exception {
    wire.hangUp();
    assertThrows(NetException.class, () -> modem.dial("1", LONG));
  }

  @Test
  void whoNeverPausesPutsNoDeadlineOff() throws Exception {
    Tty flooded = ttys.open(new Flood(pump.wire("flooded", 0).left(), "~~~~~~~~"));
    HayesModem patient = new HayesModem(flooded, Duration.ofMillis(50), line -> {});
    Duration brief = Duration.ofMillis(20);
    assertThrows(ModemException.class, () -> patient.command("AT", brief));
    assertThrows(ModemException.class, () -> patient.dial("1", brief));
    assertFalse(patient.hangUp());
  }

  @Test
  void secretsAreNotInTheTranscript() throws Exception {
    answers.put("AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
    answers.put("AT+CPIN=\"4711\"", "AT+CPIN=\"4711\"\r\r\nERROR\r\n");
    start();
    var setup = new CellularSetup(modem, transcript::add);
    var refused = assertThrows(ModemException.class, () -> setup.prepare("internet", "4711", LONG));
    assertEquals(
        "The SIM refuses the PIN; after three wrong ones it locks itself.", refused.getMessage());
    assertFalse(transcript.toString().contains("4711"), transcript::toString);
  }
}
