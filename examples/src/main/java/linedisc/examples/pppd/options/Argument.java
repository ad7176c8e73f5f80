package linedisc.examples.pppd.options;

/// What follows an option's name.
public sealed interface Argument {
  /// Nothing.
  record None() implements Argument {}

  /// A whole number: decimal, `0x` hexadecimal, or octal with a leading 0.
  ///
  /// @param least smallest value
  /// @param most largest value
  record Whole(int least, int most) implements Argument {}

  /// Up to 32 bits in hexadecimal.
  record Bits() implements Argument {}

  /// Any word.
  ///
  /// @param most its longest length in octets, as UTF-8
  record Text(int most) implements Argument {}

  /// A word that never shows.
  ///
  /// @param most its longest length in octets
  record Hidden(int most) implements Argument {}

  /// A word with a syntax of its own.
  ///
  /// @param syntax how it is shown to users
  record Special(String syntax) implements Argument {}

  /// No name precedes it: the word itself is the option.
  ///
  /// @param syntax how it is shown to users
  record Bare(String syntax) implements Argument {}

  /// Whether a word follows the option's name.
  default boolean follows() {
    return switch (this) {
      case None _, Bare _ -> false;
      case Whole _, Bits _, Text _, Hidden _, Special _ -> true;
    };
  }

  /// For lists of options; empty for none.
  default String syntax() {
    return switch (this) {
      case None() -> "";
      case Whole(int least, int most) when most == Integer.MAX_VALUE -> least + "..";
      case Whole(int least, int most) -> least + ".." + most;
      case Bits() -> "HEX";
      case Text _, Hidden _ -> "TEXT";
      case Special(String syntax) -> syntax;
      case Bare(String syntax) -> syntax;
    };
  }
}
