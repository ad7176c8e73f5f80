package linedisc.examples.interop;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What runs at one end of the line in a [Cell].
///
/// @param port the guest's serial port; null for linedisc, which gets a pty
/// @param options in the program's own words
record End(Program program, Lane.@Nullable Port port, List<String> options) {
  private static final Pattern ADDRESSES = Pattern.compile("[0-9.]*:[0-9.]*|noipdefault");

  /// The programs, by the word that names them in a cell.
  enum Program {
    /// linedisc, an interface of type `ppp`; options are a choice of pppd's.
    PPP,
    /// linedisc, an interface of type `sl`.
    SL,
    /// linedisc as its users start it; options are the command line, with `PTY` for the port.
    LINEDISC,
    /// pppd and the kernel's PPP, in the guest.
    PPPD,
    /// slattach and the kernel's SLIP, in the guest.
    SLATTACH;

    boolean inGuest() {
      return this == PPPD || this == SLATTACH;
    }
  }

  /// The port of a program in the guest.
  Lane.Port portInGuest() {
    return Objects.requireNonNull(port);
  }

  /// What the line carries: `ppp`, or a protocol as slattach names it.
  String protocol() {
    return switch (program) {
      case PPP, PPPD -> "ppp";
      case SL, SLATTACH -> options.getFirst();
      case LINEDISC -> {
        int at = options.indexOf("-p");
        yield at < 0 ? "ppp" : options.get(at + 1);
      }
    };
  }

  /// Whether the options say something about addresses.
  boolean hasAddresses() {
    return options.stream().anyMatch(word -> ADDRESSES.matcher(word).matches());
  }

  /// As it is written in a cell.
  @Override
  public String toString() {
    String name = program.name().toLowerCase(Locale.ROOT);
    String at = port == null ? "" : "@" + port.name().toLowerCase(Locale.ROOT);
    return (name + at + " " + String.join(" ", options)).strip();
  }
}
