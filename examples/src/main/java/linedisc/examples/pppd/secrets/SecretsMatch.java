package linedisc.examples.pppd.secrets;

import java.util.List;
import linedisc.examples.pppd.words.Word;
import linedisc.ppp.auth.Secret;

/// What a secrets file says about two names.
///
/// @param secret the caller's, who wipes it
/// @param addresses the words of the address list, as they are
/// @param options the words after `--`
public record SecretsMatch(Secret secret, List<String> addresses, List<Word> options)
    implements AutoCloseable {
  /// Wipes the secret, and the options, which may hold others.
  @Override
  public void close() {
    secret.wipe();
    options.forEach(Word::wipe);
  }
}
