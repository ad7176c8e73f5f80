package linedisc.examples.term;

import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What becomes of single characters on their way: picocom's maps.
final class CharacterMap {
  private static final int BACKSPACE = 8;
  private static final int LINE_FEED = 10;
  private static final int CARRIAGE_RETURN = 13;
  private static final int DELETE = 127;

  private enum Rule {
    CRLF,
    CRCRLF,
    IGNCR,
    LFCR,
    LFCRLF,
    IGNLF,
    BSDEL,
    DELBS
  }

  private final Set<Rule> rules;

  private CharacterMap(Set<Rule> rules) {
    this.rules = rules;
  }

  /// The rules' names.
  static String names() {
    return Stream.of(Rule.values())
        .map(rule -> rule.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /// A map.
  ///
  /// @param names separated by commas; empty: nothing is changed
  /// @throws IllegalArgumentException for a name that is none
  static CharacterMap parse(String names) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        rules.add(Rule.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      }
    }
    return new CharacterMap(rules);
  }

  /// What these octets become.
  byte[] apply(byte[] octets, int offset, int length) {
    var mapped = new ByteArrayOutputStream(length);
    for (int i = offset; i < offset + length; i++) {
      put(octets[i], mapped);
    }
    return mapped.toByteArray();
  }

  private void put(byte octet, ByteArrayOutputStream to) {
    switch (octet) {
      case CARRIAGE_RETURN -> {
        if (rules.contains(Rule.CRCRLF)) {
          to.write(CARRIAGE_RETURN);
          to.write(LINE_FEED);
        } else if (rules.contains(Rule.CRLF)) {
          to.write(LINE_FEED);
        } else if (!rules.contains(Rule.IGNCR)) {
          to.write(octet);
        }
      }
      case LINE_FEED -> {
        if (rules.contains(Rule.LFCRLF)) {
          to.write(CARRIAGE_RETURN);
          to.write(LINE_FEED);
        } else if (rules.contains(Rule.LFCR)) {
          to.write(CARRIAGE_RETURN);
        } else if (!rules.contains(Rule.IGNLF)) {
          to.write(octet);
        }
      }
      case BACKSPACE -> to.write(rules.contains(Rule.BSDEL) ? DELETE : octet);
      case DELETE -> to.write(rules.contains(Rule.DELBS) ? BACKSPACE : octet);
      default -> to.write(octet);
    }
  }
}
