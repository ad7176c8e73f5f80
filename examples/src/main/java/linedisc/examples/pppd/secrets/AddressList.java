package linedisc.examples.pppd.secrets;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.Machine;
import org.jspecify.annotations.Nullable;

/// Which addresses a peer may have: the first entry that fits decides, and the end of the list
/// forbids. Addresses are in host order.
///
/// Entries: an address or host; `NETWORK/BITS`; `NETWORK/BITS+`, the one host of it whose number is
/// the interface's unit number and one; `!` in front forbids; `*` allows what is left, and `-`
/// forbids it.
public final class AddressList {
  private static final int ONE_HOST = -1;

  private record Entry(boolean allows, int base, int mask) {
    boolean fits(int address) {
      return (address & mask) == base;
    }
  }

  private final List<Entry> entries;

  private AddressList(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Reads a list; entries that can't be understood are left out, which never allows more.
  ///
  /// @param words from the secrets file, then those of `allow-ip`
  /// @param unit the interface's unit number
  /// @param log told in a sentence of entries that can't be understood
  public static AddressList of(
      List<String> words, int unit, Machine machine, Consumer<String> log) {
    var entries = new ArrayList<Entry>();
    for (String word : words) {
      if (word.equals("-")) {
        break;
      }
      if (word.equals("*")) {
        entries.add(new Entry(true, 0, 0));
        break;
      }
      boolean allows = !word.startsWith("!");
      Entry entry = entry(allows, allows ? word : word.substring(1), unit, machine);
      if (entry == null) {
        log.accept("'" + word + "' in a list of addresses can't be understood");
        if (!allows) {
          // What was to be forbidden is not known, so nothing after it is safe to allow.
          break;
        }
      } else {
        entries.add(entry);
      }
    }
    return new AddressList(entries);
  }

  /// Whether the peer may have an address.
  public boolean allows(int address) {
    for (Entry entry : entries) {
      if (entry.fits(address)) {
        return entry.allows;
      }
    }
    return false;
  }

  /// Whether there is any it may have.
  public boolean allowsAny() {
    return entries.stream().anyMatch(Entry::allows);
  }

  /// The first single address that it may have: the one to offer when none else is given; null if
  /// there is none.
  public @Nullable Integer suggestion() {
    for (Entry entry : entries) {
      if (entry.allows && entry.mask == ONE_HOST && allows(entry.base)) {
        return entry.base;
      }
    }
    return null;
  }

  /// Whether the suggestion is the only address it may have.
  public boolean isSuggestionOnly() {
    return entries.size() == 1 && suggestion() != null;
  }

  private static @Nullable Entry entry(boolean allows, String text, int unit, Machine machine) {
    int slash = text.indexOf('/');
    Integer address = address(slash < 0 ? text : text.substring(0, slash), machine);
    if (address == null) {
      return null;
    }
    if (slash < 0) {
      return new Entry(allows, address, ONE_HOST);
    }
    boolean byUnit = text.endsWith("+");
    Integer bits = bits(text.substring(slash + 1, text.length() - (byUnit ? 1 : 0)));
    if (bits == null) {
      return null;
    }
    int mask = bits == 32 ? ONE_HOST : ~(-1 >>> bits);
    if (!byUnit) {
      return new Entry(allows, address & mask, mask);
    }
    int host = unit + 1;
    boolean fits = unit >= 0 && Integer.compareUnsigned(host, ~mask) < 0;
    return fits ? new Entry(allows, (address & mask) + host, ONE_HOST) : null;
  }

  private static @Nullable Integer bits(String text) {
    if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int bits = Integer.parseInt(text);
    return bits >= 1 && bits <= 32 ? bits : null;
  }

  private static @Nullable Integer address(String text, Machine machine) {
    Integer dotted = Addresses.dotted(text);
    if (dotted != null || text.isEmpty()) {
      return dotted;
    }
    Inet4Address resolved = machine.resolve(text);
    return resolved == null ? null : Addresses.of(resolved);
  }
}
