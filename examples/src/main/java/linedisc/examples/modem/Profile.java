package linedisc.examples.modem;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of a modem: its letters and its S registers. What `&F`, `Z` and `&W` are about.
final class Profile {
  /// Rings after which the modem answers; 0: never.
  static final int AUTO_ANSWER = 0;

  /// Rings counted.
  static final int RINGS = 1;

  /// The escape character; above 127: none.
  static final int ESCAPE = 2;

  /// Ends a command line.
  static final int CARRIAGE_RETURN = 3;

  /// Follows it in answers.
  static final int LINE_FEED = 4;

  /// Takes back a character.
  static final int BACKSPACE = 5;

  /// How long to wait for a connection, in seconds.
  static final int WAIT_FOR_CARRIER = 7;

  /// How long a comma in a number waits, in seconds.
  static final int COMMA = 8;

  /// The guard time around the escape, in fiftieths of a second.
  static final int GUARD = 12;

  private static final int REGISTERS = 128;
  private static final int LARGEST = 255;

  /// Letters that only remember a value: the name, its value after `&F`, the largest.
  private static final String[] TABLE = {
    "B 0 99",
    "C 1 1",
    "E 1 1",
    "F 1 1",
    "K 0 3",
    "L 2 3",
    "M 1 3",
    "N 1 1",
    "P 0 0",
    "Q 0 1",
    "T 0 0",
    "V 1 1",
    "W 0 2",
    "X 4 4",
    "Y 0 1",
    "&A 1 3",
    "&B 1 2",
    "&C 1 1",
    "&D 2 3",
    "&G 0 2",
    "&H 1 3",
    "&I 0 2",
    "&J 0 1",
    "&K 3 6",
    "&L 0 2",
    "&M 0 4",
    "&N 0 99",
    "&P 0 3",
    "&Q 5 9",
    "&R 1 2",
    "&S 0 2",
    "&T 0 8",
    "&U 0 1",
    "&X 0 2",
    "&Y 0 3",
    "\\A 1 3",
    "\\B 3 9",
    "\\G 0 1",
    "\\J 0 1",
    "\\K 5 5",
    "\\L 0 1",
    "\\N 3 5",
    "\\Q 3 3",
    "\\T 0 255",
    "\\V 1 9",
    "\\X 0 1",
    "%B 0 99999",
    "%C 3 3",
    "%E 2 3",
    "%L 0 9",
    "%Q 0 9"
  };

  private static final Map<String, Letter> LETTERS =
      Stream.of(TABLE).map(Letter::of).collect(Collectors.toUnmodifiableMap(Letter::name, l -> l));

  private final Map<String, Integer> letters;
  private final int[] registers;

  private Profile(Map<String, Integer> letters, int[] registers) {
    this.letters = letters;
    this.registers = registers;
  }

  /// As after `&F`.
  static Profile factory() {
    int[] registers = new int[REGISTERS];
    int[] first = {0, 0, '+', '\r', '\n', '\b', 2, 50, 2, 6, 14, 95, 50};
    System.arraycopy(first, 0, registers, 0, first.length);
    Map<String, Integer> letters = new TreeMap<>();
    LETTERS.forEach((name, letter) -> letters.put(name, letter.factory()));
    return new Profile(letters, registers);
  }

  Profile copy() {
    return new Profile(new TreeMap<>(letters), registers.clone());
  }

  /// The value of a letter that is there.
  int letter(String name) {
    return letters.getOrDefault(name, 0);
  }

  /// Sets a letter.
  ///
  /// @return false if there is none, or none with that value
  boolean setLetter(String name, int value) {
    Letter letter = LETTERS.get(name);
    if (letter == null || value > letter.largest()) {
      return false;
    }
    letters.put(name, value);
    return true;
  }

  boolean hasRegister(int register) {
    return register < REGISTERS;
  }

  int register(int register) {
    return registers[register];
  }

  /// Sets a register that is there.
  ///
  /// @return false if it does not take that value
  boolean setRegister(int register, int value) {
    if (value > LARGEST) {
      return false;
    }
    registers[register] = value;
    return true;
  }

  /// For `&V`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    letters.forEach((name, value) -> text.append(name).append(value).append(' '));
    for (int i = 0; i <= GUARD; i++) {
      text.append(String.format("S%02d:%03d ", i, registers[i]));
    }
    return text.toString().strip();
  }

  /// A letter that only remembers a value.
  ///
  /// @param factory its value after `&F`
  private record Letter(String name, int factory, int largest) {
    static Letter of(String row) {
      String[] words = row.split(" ", -1);
      return new Letter(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
  }
}
