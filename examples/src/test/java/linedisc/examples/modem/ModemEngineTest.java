package linedisc.examples.modem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The engine in virtual time.
class ModemEngineTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;

  private final ModemEngine modem =
      new ModemEngine(new Cellular("1234", Duration.ofSeconds(2), 21));
  private long now;

  ModemEngineTest() {
    modem.terminal(true);
  }

  /// What the terminal sees, shown on one line.
  private String seen() {
    byte[] octets = new byte[1 << 16];
    int length = modem.toTerminal(octets, 0, octets.length);
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1)
        .replace('\r', '<')
        .replace("\n", "");
  }

  private String type(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    modem.fromTerminal(octets, 0, octets.length, now);
    return seen();
  }

  /// Lets time pass, deadline by deadline.
  private String pass(long nanos) {
    long end = now + nanos;
    while (modem.pollTimeout() <= end) {
      now = Math.max(now, modem.pollTimeout());
      modem.handleTimeout(now);
    }
    now = end;
    return seen();
  }

  private String sent() {
    byte[] octets = new byte[100];
    int length = modem.toLine(octets, 0, octets.length);
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
  }

  private void call() {
    assertEquals("", type("ATE0DT555\r").replace("ATE0DT555<", ""));
    pass(0);
    assertEquals(new Request.Call("555"), modem.pollRequest());
    modem.connected(33_600, now);
    assertEquals("<CONNECT 33600<", seen());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AT                  | <OK<",
        "at                  | <OK<",
        "ATZ                 | <OK<",
        "AT&F&C1&D2 S0=0     | <OK<",
        "ATE0V1Q0X4          | <OK<",
        "ATQ0 V1 E1 S0=0 &C1 &D2 +FCLASS=0 | <OK<",
        "ATM1L2W1%C0\\N3&K3&Q5 | <OK<",
        "ATV0                | 0<",
        "ATQ1                | ``",
        "ATX9                | <ERROR<",
        "AT!                 | <ERROR<",
        "ATS7?               | <050<<OK<",
        "ATS7=60S7?          | <060<<OK<",
        "ATS7=256            | <ERROR<",
        "ATS500?             | <ERROR<",
        "ATI0                | <33600<<OK<",
        "ATI99               | <ERROR<",
        "ATA                 | <NO CARRIER<",
        "ATO                 | <NO CARRIER<",
        "ATH                 | <OK<",
        "ATD                 | <NO CARRIER<",
        "ATDT555z            | <ERROR<",
        "AT+FCLASS=?         | <0<<OK<",
        "AT+FCLASS=1         | <ERROR<",
        "AT+GMI              | <linedisc<<OK<",
        "AT+MS?              | <+MS: V34,1,0,33600<<OK<",
        "AT+NOSUCH           | <ERROR<",
        "AT+CPIN?            | <+CPIN: SIM PIN<<OK<",
        "AT+CSQ              | <+CSQ: 21,99<<OK<",
        "AT+CREG?            | <+CREG: 0,0<<OK<",
        "AT+CGDCONT=1,\"IP\",\"a;b\";+CGDCONT? | <+CGDCONT: 1,\"IP\",\"a;b\"<<OK<",
        "AT+CGDCONT=99       | <ERROR<",
        "AT+CMEE=1;+CPIN=0000 | <+CME ERROR: 16<",
        "AT+CMEE=2;+CIMI     | <+CME ERROR: SIM PIN required<",
        "AT+CIMI             | <ERROR<",
        "AT;;                | <OK<",
      })
  void answersCommands(String command, String answer) {
    assertEquals(command + "<" + answer, type(command + "\r"));
    assertNull(modem.pollRequest());
  }

  @Test
  void commandsBeforeAMistakeAreCarriedOut() {
    assertTrue(type("ATE0S7=33X9S8=9\r").endsWith("<ERROR<"));
    assertEquals("<033<<002<<OK<", type("ATS7?S8?\r"));
  }

  @Test
  void echoAndResultsAreAsWanted() {
    assertEquals("AT<<OK<", type("AT\r"));
    type("ATE0\r");
    assertEquals("<OK<", type("AT\r"));
    assertEquals("0<", type("ATV0\r"));
    assertEquals("4<", type("AT!\r"));
    assertEquals("33600<0<", type("ATI\r"));
    assertEquals("", type("ATQ1\r"));
    assertEquals("", type("AT\r"));
    assertEquals("<OK<AT<<OK<", type("ATZ\r") + type("AT\r"), "Z takes it all back");
  }

  @Test
  void aSlashRepeatsAndABackspaceTakesBack() {
    type("ATE0S0=3\r");
    assertEquals("<003<<OK<", type("ATX\bS0?\r"));
    assertEquals("<003<<OK<", type("A/"));
    assertEquals("", type("noise A noise\r"));
    assertEquals("<003<<OK<", type("A/"));
  }

  @Test
  void profilesAreStored() {
    type("ATE0S0=2&W\r");
    type("AT&F\r");
    assertEquals("ATS0?<<000<<OK<", type("ATS0?\r"));
    type("ATZ\r");
    assertEquals("<002<<OK<", type("ATS0?\r"));
  }

  @Test
  void aCallGoesThroughAndEndsByTheEscape() {
    call();
    assertEquals("", type("hello"));
    assertEquals("hello", sent());
    modem.fromLine(new byte[] {'y', 'o'}, 0, 2);
    assertEquals("yo", seen());
    pass(2 * SECOND);
    type("+++");
    assertEquals("", pass(999 * MILLI));
    assertEquals("<OK<", pass(MILLI));
    assertTrue(modem.hasCarrier());
    assertEquals("<CONNECT 33600<", type("ATO\r"));
    pass(SECOND);
    assertEquals("<OK<", type("+++") + pass(SECOND));
    assertEquals("<OK<", type("ATH0\r"));
    assertEquals(new Request.HangUp(), modem.pollRequest());
    assertEquals(new Request.DropCarrier(), modem.pollRequest());
    assertFalse(modem.hasCarrier());
  }

  @Test
  void escapesWithoutGuardTimeAreData() {
    call();
    assertEquals("", type("+++") + pass(3 * SECOND), "right behind CONNECT");
    assertEquals("", type("x+++") + pass(3 * SECOND), "behind data");
    type("+++");
    pass(500 * MILLI);
    assertEquals("", type("x") + pass(3 * SECOND), "before data");
    assertEquals("", type("++++") + pass(3 * SECOND), "one too many");
    type("++");
    pass(1500 * MILLI);
    assertEquals("", type("+") + pass(3 * SECOND), "too slow");
    assertTrue(type("ATS2=128\r").isEmpty());
    assertTrue(sent().contains("+++"));
  }

  @Test
  void theGuardTimeAndTheEscapeCanBeChanged() {
    type("ATE0S12=10S2=126\r");
    call();
    pass(200 * MILLI);
    assertEquals("", type("+++") + pass(SECOND));
    type("~");
    pass(10 * MILLI);
    type("~~");
    assertEquals("<OK<", pass(200 * MILLI));
  }

  @Test
  void aCallMayFail() {
    type("ATE0\r");
    for (ResultCode why : ResultCode.values()) {
      type("ATD555\r");
      pass(0);
      modem.pollRequest();
      modem.failed(why);
      assertEquals("<" + why.words() + "<", seen());
    }
    type("ATX0D555\r");
    pass(0);
    modem.pollRequest();
    modem.failed(ResultCode.BUSY);
    assertEquals("<NO CARRIER<", seen());
    assertEquals("", type("ATS7=9D555\r"));
    assertEquals("", pass(8999 * MILLI));
    assertEquals("<NO CARRIER<", pass(MILLI));
    type("ATX4D555\r");
    pass(0);
    modem.calledRings();
    assertEquals("<NO ANSWER<", pass(9 * SECOND));
  }

  @Test
  void aKeyGivesUpDialling() {
    type("ATE0D555\r\n");
    pass(0);
    assertEquals(new Request.Call("555"), modem.pollRequest());
    assertEquals("<NO CARRIER<", type(" "));
    assertEquals(new Request.HangUp(), modem.pollRequest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "T555-12 34     | 5551234",
        "P0W@!5         | 05",
        "*99***1#       | null",
        "t+491234       | +491234",
        "Thost.org:2323 | host.org:2323",
        "10.0.0.1:23    | 10.0.0.1:23",
      })
  void modifiersAreNoPartOfANumber(String dialled, String number) {
    type("ATD" + dialled + "\r");
    pass(0);
    Request request = modem.pollRequest();
    assertEquals(number, request instanceof Request.Call(String called) ? called : "null");
  }

  @Test
  void commasWaitAndTheLastNumberIsKept() {
    type("ATE0D9,,555\r");
    assertEquals("", pass(4 * SECOND - 1));
    assertNull(modem.pollRequest());
    pass(1);
    assertEquals(new Request.Call("9555"), modem.pollRequest());
    modem.failed(ResultCode.BUSY);
    type("ATDL\r");
    pass(0);
    assertEquals(new Request.Call("9555"), modem.pollRequest());
  }

  @Test
  void ringsAndIsAnswered() {
    type("ATE0\r");
    modem.rings(now);
    assertFalse(modem.isIdle());
    assertEquals("<RING<", pass(0));
    assertEquals("<RING<", pass(6 * SECOND));
    assertEquals("<002<<OK<", type("ATS1?\r"));
    assertEquals("", type("ATA\r"));
    assertEquals(new Request.Answer(), modem.pollRequest());
    modem.connected(9600, now);
    assertEquals("<CONNECT 9600<", seen());
    modem.lineGone();
    assertEquals("<NO CARRIER<", seen());
    assertEquals(new Request.DropCarrier(), modem.pollRequest());
    assertEquals(ModemEngine.NEVER, modem.pollTimeout());
  }

  @Test
  void answersByItselfWhileItsTerminalIsThere() {
    type("ATE0S0=2\r");
    modem.rings(now);
    assertEquals("<RING<", pass(6 * SECOND - 1));
    pass(1);
    assertEquals(new Request.Answer(), modem.pollRequest());
    modem.connected(9600, now);
    modem.terminal(false);
    assertEquals(new Request.HangUp(), modem.pollRequest());
    modem.rings(now);
    pass(60 * SECOND);
    assertNull(modem.pollRequest(), "nobody is there");
  }

  @Test
  void aTerminalThatGoesHangsUp() {
    call();
    modem.terminal(false);
    assertEquals(new Request.HangUp(), modem.pollRequest());
    assertNull(modem.pollRequest());
    modem.terminal(true);
    assertEquals("<OK<", type("AT&D0&C0\r"));
    call();
    modem.terminal(false);
    modem.terminal(true);
    assertTrue(modem.hasCarrier(), "&D0");
    modem.lineGone();
    assertEquals("<NO CARRIER<", seen());
    assertNull(modem.pollRequest(), "&C0");
  }

  @Test
  void packetDataNeedsPinAndNetwork() {
    type("ATE0\r");
    assertEquals("<NO CARRIER<", type("ATD*99***1#\r"));
    assertEquals("<ERROR<", type("AT+CPIN=\"4321\"\r"));
    assertEquals("<OK<", type("AT+CPIN=\"1234\"\r"));
    assertEquals("<+CPIN: READY<<+CREG: 0,2<<OK<", type("AT+CPIN?;+CREG?\r"));
    assertEquals("<NO CARRIER<", type("ATD*99***1#\r"));
    pass(2 * SECOND);
    assertEquals("<+CEREG: 0,1<<OK<", type("AT+CEREG?\r"));
    assertEquals("<+COPS: 0,0,\"linedisc\",7<<+CGATT: 1<<OK<", type("AT+COPS?;+CGATT?\r"));
    type("ATD*99***1#\r");
    pass(0);
    assertEquals(new Request.Call("*99***1#"), modem.pollRequest());
    modem.failed(ResultCode.NO_CARRIER);
    assertEquals("<NO CARRIER<<OK<", seen() + type("AT+CFUN=0\r"));
    assertEquals("<+CSQ: 99,99<<OK<", type("AT+CSQ\r"));
  }

  @Test
  void threeWrongPinsLockTheSim() {
    type("ATE0+CMEE=2\r");
    for (int i = 0; i < 3; i++) {
      assertEquals("<+CME ERROR: incorrect password<", type("AT+CPIN=1111\r"));
    }
    assertEquals("<+CME ERROR: SIM PUK required<", type("AT+CPIN=1234\r"));
    assertEquals("<+CPIN: SIM PUK<<OK<", type("AT+CPIN?\r"));
  }

  @Test
  void noNoiseHurts() {
    String alphabet = "AT ATD+&\\%?=;,\"0123456789ESVQXH/ZOCGPINREMSADL\r\r\n\b:.*#abc\0\u00ff";
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var engine = new ModemEngine(new Cellular("", Duration.ZERO, 0));
      long time = 0;
      for (int i = 0; i < 2000; i++) {
        byte[] some = new byte[random.nextInt(40)];
        for (int j = 0; j < some.length; j++) {
          some[j] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        switch (random.nextInt(12)) {
          case 0 -> engine.terminal(random.nextBoolean());
          case 1 -> engine.connected(300, time);
          case 2 -> engine.lineGone();
          case 3 -> engine.rings(time);
          case 4 -> engine.ringingEnds();
          case 5 -> engine.fromLine(some, 0, some.length);
          case 6 -> engine.failed(ResultCode.BUSY);
          default -> engine.fromTerminal(some, 0, some.length, time);
        }
        int turns = 0;
        while (engine.pollTimeout() <= time) {
          engine.handleTimeout(time);
          assertTrue(++turns < 10, "seed " + seed);
        }
        while (engine.pollRequest() != null) {
          assertTrue(++turns < 1000, "seed " + seed);
        }
        assertTrue(engine.waitingForTerminal() <= ModemEngine.WAITING, "seed " + seed);
        time += random.nextLong(SECOND);
      }
    }
  }
}
