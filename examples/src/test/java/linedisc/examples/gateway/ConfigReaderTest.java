package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import linedisc.examples.cli.CommandException;
import linedisc.examples.gateway.PortSection.Kind;
import linedisc.examples.pppd.options.SystemMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static GatewayConfig read(String text) throws CommandException {
    return ConfigReader.read(new SystemMachine(Path.of("/nowhere")), "gw.conf", text);
  }

  @Test
  void readsWholeConfiguration() throws CommandException {
    GatewayConfig config =
        read(
            """
            # guests
            pool guests 10.8.0.10-10.8.0.19

            port /dev/ttyS0 57600,crtscts,modem   # the modem
              kind auto
              answer
              init AT&F
              addresses 10.8.0.1:
              from guests
              route 192.168.7.0/24 fd00::/16
              noforward
              holdoff 5
            port tcp://there:2000
              kind ppp
              options noauth user "a # b"
              options password x
              host
            """);
    PortSection modem = config.sections().getFirst();
    assertEquals("/dev/ttyS0", modem.port());
    assertEquals(57_600, modem.settings().speed());
    assertEquals(Kind.AUTO, modem.kind());
    assertTrue(modem.answer());
    assertEquals(List.of("AT&F"), modem.inits());
    assertEquals(0x0A080001, modem.local());
    assertEquals(new AddressRange("guests", 0x0A08000A, 10), modem.pool());
    assertEquals(2, modem.routes().size());
    assertFalse(modem.forward());
    assertFalse(modem.host());
    assertEquals(Duration.ofSeconds(5), modem.holdoff());
    PortSection other = config.sections().get(1);
    assertEquals(List.of("noauth user \"a # b\"", "password x"), other.options());
    assertTrue(other.host());
    assertTrue(other.forward());
    assertFalse(other.toString().contains("password"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind ppp                                    | gw.conf:1: 'kind' must stand below a 'port'
          port a/kind ppx                             | gw.conf:2: 'kind' needs
          port a/knd ppp                              | gw.conf:2: there is no statement 'knd'
          port a/kind ppp/options lcp-echo-fail 3     | gw.conf:3: unrecognized option
          port a/kind ppp/options persist             | gw.conf:3: option persist is not about
          port a/options idle 60 record x             | gw.conf:2: option record is not about
          port a/options noauth/kind slip             | gw.conf:2: option noauth is not about when
          port a/kind slip                            | gw.conf:1: SLIP tells no addresses
          port a/kind ppp/port a                      | gw.conf:3: there is a section for a
          pool p 10.0.0.9-10.0.0.1                    | gw.conf:1: 'p 10.0.0.9-10.0.0.1' has no
          pool p 10.0.0.1                             | gw.conf:1: 'pool' needs
          port a/from p                               | gw.conf:2: there is no pool 'p'
          port a/host yes                             | gw.conf:2: 'host' stands alone
          port a/route nonsense                       | gw.conf:2:
          port a/holdoff 0                            | gw.conf:2: 'holdoff' needs
          port a warp                                 | gw.conf:1:
          port a/addresses 10.0.0.1                   | gw.conf:2: 'addresses' needs
          pool p 10.0.0.1-10.0.0.2                    | gw.conf:1: there is no 'port'
          pool p 10.0.0.1-10.0.0.9;pool q 10.0.0.9-10.0.0.12 | gw.conf:2: the pools p and q share
          pool p 10.0.0.1-10.0.0.9;pool q 9.255.0.1-10.0.0.1 | gw.conf:2: the pools p and q share
          pool p 10.0.0.1-10.0.0.9;port a/addresses 10.0.0.2: | gw.conf:3: the pool p holds 10.0.0.2
          port a/kind ppp/addresses 10.0.0.2:;pool p 10.0.0.1-10.0.0.9 | gw.conf:4: the pool p holds
          pool p 126.255.255.255-128.0.0.0            | gw.conf:1: 'p 126.255.255.255-128.0.0.0' has more
          port a/addresses 224.0.0.1:                 | gw.conf:2: 224.0.0.1 can't be
          """)
  void saysWhereMistakeIs(String text, String sentence) {
    var e =
        assertThrows(
            CommandException.class,
            () -> read(text.replace(';', '\n').replaceAll("(?<=[a-z])/", "\n")));
    assertTrue(e.sentence().startsWith(sentence), e.sentence());
    assertEquals(CommandException.USAGE, e.exitStatus());
  }

  @Test
  void patternStandsForDevicesThatAreThere(@TempDir Path folder)
      throws CommandException, IOException {
    GatewayConfig config =
        read(
            """
            pool p 10.0.0.2-10.0.0.9
            port %1$s/tty1
              kind ppp
            port %1$s/tty*
              addresses 10.0.0.1:
              from p
            """
                .formatted(folder));
    assertEquals(List.of(folder + "/tty1"), List.copyOf(config.ports().keySet()));
    Files.createFile(folder.resolve("tty2"));
    Files.createFile(folder.resolve("tty1"));
    Files.createFile(folder.resolve("other"));
    assertEquals(List.of(folder + "/tty1", folder + "/tty2"), List.copyOf(config.ports().keySet()));
    assertEquals(Kind.PPP, Objects.requireNonNull(config.ports().get(folder + "/tty1")).kind());
  }
}
