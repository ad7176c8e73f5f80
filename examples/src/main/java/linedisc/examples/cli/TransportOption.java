package linedisc.examples.cli;

import linedisc.serial.port.SerialBackend;
import org.jspecify.annotations.Nullable;

/// `--transport`: by what serial ports are opened.
public final class TransportOption {
  /// Its name.
  public static final String NAME = "--transport";

  private TransportOption() {}

  /// What was asked for; jSerialComm by default.
  ///
  /// @throws CommandException when there is no such thing, or not on this system
  public static SerialBackend of(Arguments args) throws CommandException {
    return of(args.value(NAME));
  }

  /// The same of a word.
  ///
  /// @param word null: the default
  /// @throws CommandException when there is no such thing, or not on this system
  public static SerialBackend of(@Nullable String word) throws CommandException {
    try {
      return word == null ? new SerialBackend.JSerialComm() : SerialBackend.named(word);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
