package linedisc.examples.pppd.words;

/// Where a word stands.
///
/// @param name a file's path, or what else words come from
/// @param line from 1; 0 where there are no lines
public record Source(String name, int line) {
  /// The words the program was started with.
  public static final Source COMMAND_LINE = new Source("command line", 0);

  /// `FILE:LINE`.
  @Override
  public String toString() {
    return line == 0 ? name : name + ":" + line;
  }
}
