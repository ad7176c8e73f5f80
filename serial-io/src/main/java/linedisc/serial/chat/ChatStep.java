package linedisc.serial.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a script.
sealed interface ChatStep {
  /// Waits for a string.
  ///
  /// @param alternatives in turn, each with what to send when it did not come; not empty
  record Expect(List<Alternative> alternatives) implements ChatStep {}

  /// @param expected the string to wait for; empty: nothing to wait for
  /// @param reply what to send when it did not come; null: give up
  record Alternative(ChatText expected, @Nullable Sending reply) {}

  /// Sends a string, if it is not that of another keyword.
  record Send(Sending sending) implements ChatStep {}

  /// What to send.
  ///
  /// @param text ready to be sent; null if it is in a file
  /// @param file name of the file it is in; null if it is here
  record Sending(@Nullable ChatText text, @Nullable String file) {}

  /// From here on, that string ends the script.
  record Abort(ChatText string) implements ChatStep {}

  /// From here on, it does not.
  record ClearAbort(ChatText string) implements ChatStep {}

  /// That string is to be reported when it comes.
  record Report(ChatText string) implements ChatStep {}

  /// It is not.
  record ClearReport(ChatText string) implements ChatStep {}

  /// From here on, waits are that long.
  record Timeout(int seconds) implements ChatStep {}

  /// From here on, what is received is shown, or not.
  record Echo(boolean on) implements ChatStep {}

  /// From here on, loss of carrier ends the script, or not.
  record HangUp(boolean matters) implements ChatStep {}

  /// Tells the user something.
  record Say(ChatText text) implements ChatStep {}
}
