package linedisc.serial.chat;

/// A script or command line that can't be understood: one sentence, with its place. chat's exit
/// status for it is 1.
public final class ChatSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ChatSyntaxException(String sentence) {
    super(sentence);
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
