package linedisc.examples.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import linedisc.examples.cli.CommandException;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.SystemMachine;

/// Any configuration is either taken, and every section can begin a link, or refused with one
/// sentence that says where the mistake is.
class ConfigFuzz {
  private static final Pattern PLACED = Pattern.compile("fuzz:[1-9]\\d*: \\S.*", Pattern.DOTALL);

  @FuzzTest
  void file(byte[] file) throws OptionException {
    String text = new String(file, StandardCharsets.UTF_8);
    if (text.contains("+ua") || text.matches("(?s).*\\boptions\\b.*[^\\s\\d.]:.*")) {
      // Opens files, or asks for the addresses of hosts.
      return;
    }
    var machine = new SystemMachine(Path.of("/nowhere"));
    GatewayConfig config;
    try {
      config = ConfigReader.read(machine, "fuzz", text);
    } catch (CommandException e) {
      if (!PLACED.matcher(e.sentence()).matches()) {
        throw new AssertionError(e.sentence(), e);
      }
      return;
    }
    if (config.sections().isEmpty()) {
      throw new AssertionError("nothing");
    }
    for (PortSection section : config.sections()) {
      var _ = PppAccess.options(machine, section, 0x0A000001);
      PortMachine.Step _ = new PortMachine(section).next(0);
    }
  }
}
