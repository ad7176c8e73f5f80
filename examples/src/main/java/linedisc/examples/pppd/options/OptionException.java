package linedisc.examples.pppd.options;

/// An option that can't be taken, in one sentence for the user that says where it stands and how to
/// mend it. pppd's exit status for it is 2.
public final class OptionException extends Exception {
  private static final long serialVersionUID = 1L;

  OptionException(String sentence) {
    super(sentence);
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
