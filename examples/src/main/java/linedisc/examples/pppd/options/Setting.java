package linedisc.examples.pppd.options;

/// A value that options set. Two settings are the same only if they are the same object.
///
/// @param <T> an immutable type
public final class Setting<T> {
  private final String name;
  private final T initial;

  private Setting(String name, T initial) {
    this.name = name;
    this.initial = initial;
  }

  /// A setting and what it is when no option sets it.
  static <T> Setting<T> of(String name, T initial) {
    return new Setting<>(name, initial);
  }

  /// What it is when no option sets it.
  public T initial() {
    return initial;
  }

  /// Only values of this type are ever stored for this setting: [OptionDraft#set] sees to it.
  @SuppressWarnings("unchecked")
  T cast(Object value) {
    return (T) value;
  }

  @Override
  public String toString() {
    return name;
  }
}
