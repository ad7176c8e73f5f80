package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The client over a wire in memory; the server is written out in octets.
class Rfc2217TransportTest {
  private static final String OPENING = "fffb00 fffd00 fffb03 fffd03 fffb2c";

  private final NullModem wire = new NullModem("wire", 0, () -> {});
  private final Recorder user = new Recorder();
  private final Recorder server = new Recorder();
  private int seen;

  @Test
  void settingsGoOutOnceTheServerAgrees() {
    Rfc2217Transport port = start("115200,7e2,crtscts");
    expect(OPENING);
    user.send(hex("0102"));
    port.workReady();
    wire.step(0);
    expect("");
    reply("fffb00 fffd00 fffd2c");
    expect(
        "fffa2c01 0001c200 fff0  fffa2c02 07 fff0  fffa2c03 03 fff0  fffa2c04 02 fff0"
            + " fffa2c05 03 fff0  fffa2c05 08 fff0  fffa2c0b f0 fff0  0102");
    reply("fffd2c");
    expect("");
  }

  @Test
  void theOctet255IsDoubledBothWaysAndInSettings() {
    Rfc2217Transport port = start("16776960");
    reply("fffd2c");
    // 16 776 960 is 00 ff ff 00.
    expect(OPENING + "fffa2c01 00ffffffff00 fff0", 7 * 6 + 1);
    user.send(hex("7eff7d"));
    port.workReady();
    wire.step(0);
    expect("7effff7d");
    reply("01ffff02");
    assertArrayEquals(hex("01ff02"), user.received());
  }

  @Test
  void modemLinesAreToldAndSet() {
    Rfc2217Transport port = start("9600,modem,norts");
    assertFalse(port.setDtr(true));
    reply("fffd2c fffa2c6b b0 fff0");
    assertEquals(
        Set.of(ModemLine.DCD, ModemLine.DSR, ModemLine.CTS, ModemLine.DTR), port.modemLines());
    seen = server.received().length;
    assertTrue(port.setRts(true));
    assertTrue(port.sendBreak(Duration.ZERO));
    wire.step(0);
    expect("fffa2c05 0b fff0 fffa2c05 05 fff0 fffa2c05 06 fff0");
    assertEquals(CloseResult.CLOSED, port.close(Duration.ZERO));
    expect("fffa2c05 09 fff0");
  }

  @Test
  void carrierIsTakenForGrantedUntilTheServerSaysOtherwise() {
    start("9600,modem");
    reply("fffd2c 42");
    assertEquals(List.of(), user.carriers());
    reply("fffa2c6b 30 fff0");
    reply("fffa2c6b b0 fff0");
    assertEquals(List.of(false, true), user.carriers());
  }

  @Test
  void settingsAreChangedWhileTheLineIsOpen() throws PortException {
    Rfc2217Transport port = start("9600");
    port.apply(PortSettings.parse("19200"));
    expect(OPENING);
    reply("fffd2c");
    assertEquals("fffa2c0100004b00fff0", HexFormat.of().formatHex(server.received(), 15, 25));
    seen = server.received().length;
    port.apply(PortSettings.parse("300,7e1,xonxoff,modem"));
    wire.step(0);
    expect(
        "fffa2c01 0000012c fff0  fffa2c02 07 fff0  fffa2c03 03 fff0  fffa2c04 01 fff0"
            + " fffa2c05 02 fff0  fffa2c05 08 fff0  fffa2c05 0b fff0  fffa2c0b f0 fff0");
    assertEquals(PortSettings.parse("300,7e1,xonxoff,local"), port.settings());
  }

  @Test
  void aServerWithoutTheOptionCantBeSet() {
    Rfc2217Transport port = start("9600");
    reply("fffe2c");
    PortException e = assertThrows(PortException.class, () -> port.apply(PortSettings.DEFAULT));
    assertEquals("rfc2217://wire (left): the server can't set the line.", e.getMessage());
    assertEquals(9600, port.speed());
  }

  @Test
  void aSuspendedLineSendsNothing() {
    Rfc2217Transport port = start("9600");
    reply("fffd2c fffa2c6c fff0");
    seen = server.received().length;
    user.send(hex("55"));
    port.setDtr(false);
    wire.step(0);
    expect("");
    reply("fffa2c6d fff0");
    assertTrue(HexFormat.of().formatHex(server.received()).endsWith("fffa2c0509fff055"));
  }

  @Test
  void aServerWithoutTheOptionStillPassesData() {
    start("9600");
    user.send(hex("42"));
    reply("fffe2c");
    expect(OPENING + "42");
  }

  @Test
  void otherOptionsAreRefused() {
    start("9600");
    seen = server.received().length;
    reply("fffb01 fffd18 fffc05 fffe06");
    expect("fffe01 fffc18");
  }

  @Test
  void whateverComesTheDataAfterItIsRead() {
    for (long seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      for (int i = 0; i < garbage.length; i++) {
        if (random.nextInt(3) == 0) {
          garbage[i] = (byte) (240 + random.nextInt(16));
        }
      }
      TelnetDecoder decoder = new TelnetDecoder(new Ignore());
      decoder.decode(garbage, 0, garbage.length);
      // Whatever state that left: the end of parameters, which may have begun with an escape.
      byte[] end = hex("fff0 fff0 00 61");
      int left = decoder.decode(end, 0, end.length);
      assertTrue(left > 0 && end[left - 1] == 0x61, "seed " + seed);
    }
  }

  private static final class Ignore implements TelnetDecoder.Commands {
    @Override
    public void negotiate(int command, int option) {}

    @Override
    public void parameters(byte[] octets, int length) {
      assertTrue(length <= octets.length);
    }
  }

  private Rfc2217Transport start(String settings) {
    Rfc2217Transport port = new Rfc2217Transport(wire.left(), PortSettings.parse(settings));
    port.start(user);
    wire.right().start(server);
    wire.step(0);
    return port;
  }

  private void reply(String octets) {
    server.send(hex(octets));
    wire.right().workReady();
    wire.step(0);
  }

  /// The server has got just this since the last look.
  private void expect(String octets) {
    byte[] all = server.received();
    assertEquals(
        HexFormat.of().formatHex(hex(octets)),
        HexFormat.of().formatHex(Arrays.copyOfRange(all, seen, all.length)));
    seen = all.length;
  }

  /// The server has got this, and `more` octets.
  private void expect(String octets, int more) {
    byte[] all = server.received();
    byte[] expected = hex(octets);
    assertEquals(
        HexFormat.of().formatHex(expected),
        HexFormat.of().formatHex(Arrays.copyOfRange(all, seen, seen + expected.length)));
    assertTrue(all.length - seen - expected.length >= more);
    seen = all.length;
  }

  private static byte[] hex(String octets) {
    return HexFormat.of().parseHex(octets.replace(" ", ""));
  }
}
