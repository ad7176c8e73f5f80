package linedisc.examples.pppd.filter;

/// An expression that can't be compiled, in one sentence for the user.
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  FilterException(String sentence) {
    super(sentence);
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
