package linedisc.examples.pppd.secrets;

/// A secrets file that can't be used, in one sentence for the user.
public final class SecretsException extends Exception {
  private static final long serialVersionUID = 1L;

  SecretsException(String sentence) {
    super(sentence);
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
