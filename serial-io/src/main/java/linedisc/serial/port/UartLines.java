package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The states of UARTs' control lines as the kernel lists them, for who may read that (root): a
/// port need not be opened for it, which would raise DTR. USB adapters are not in there.
///
/// See [proc_tty(5)](https://man7.org/linux/man-pages/man5/proc_tty.5.html).
final class UartLines {
  private final Path tty;

  /// The lists below a folder, `/proc/tty`.
  UartLines(Path tty) {
    this.tty = tty;
  }

  /// The lines of a port that are on; empty if the kernel does not say.
  Optional<Set<ModemLine>> of(Path device) {
    // Driver, device names, major and minor numbers, type.
    for (String driver : lines(tty.resolve("drivers"))) {
      String[] words = driver.strip().split("\\s+", 3);
      if (words.length == 3 && device.toString().startsWith(words[1])) {
        String number = device.toString().substring(words[1].length());
        if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) {
          return of(tty.resolve("driver").resolve(words[0]), number + ":");
        }
      }
    }
    return Optional.empty();
  }

  /// A port's line begins with its number and ends with the names of its lines, if any is on.
  private static Optional<Set<ModemLine>> of(Path driver, String number) {
    for (String port : lines(driver)) {
      String[] words = port.strip().split("\\s+", -1);
      if (words[0].equals(number) && port.contains(" tx:")) {
        EnumSet<ModemLine> on = EnumSet.noneOf(ModemLine.class);
        for (String name : words[words.length - 1].split("\\|", -1)) {
          switch (name) {
            case "CD" -> on.add(ModemLine.DCD);
            case "DSR" -> on.add(ModemLine.DSR);
            case "CTS" -> on.add(ModemLine.CTS);
            case "RI" -> on.add(ModemLine.RI);
            case "DTR" -> on.add(ModemLine.DTR);
            case "RTS" -> on.add(ModemLine.RTS);
            default -> {
              // A counter.
            }
          }
        }
        return Optional.of(on);
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
