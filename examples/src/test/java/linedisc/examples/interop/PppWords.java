package linedisc.examples.interop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.LinkConfig;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.SystemMachine;
import linedisc.ppp.PppConfig;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;

/// Turns pppd's option words into settings of a link, so that a cell says the same to both ends.
/// What no word asks for is off, unlike with pppd: compression, encryption, IPv6. The peer, if it
/// has to prove who it is, is [#USER].
final class PppWords {
  /// The one who is known to each end that asks.
  static final String USER = "alice";

  /// By this.
  static final String SECRET = "open-sesame";

  private static final String OWN_NAME = "linedisc";

  private final PppdOptions options;
  private final PppConfig config;

  private PppWords(PppdOptions options) {
    String user = options.get(AuthenticationOptions.USER);
    this.options = options;
    this.config =
        LinkConfig.of(options, user.isEmpty() ? OWN_NAME : user, true, 0, 0)
            .ppp()
            .trace(true)
            .build();
  }

  /// @throws IllegalArgumentException for a word that is no option of a link
  static PppWords parse(List<String> words) {
    var all = new ArrayList<String>();
    off(all, "noccp", words, word -> word.startsWith("deflate") || word.contains("mppe"));
    off(all, "novj", words, word -> word.startsWith("vj-"));
    off(all, "noipv6", words, word -> word.contains("ipv6"));
    all.addAll(words);
    try {
      return new PppWords(
          OptionReader.readLink(new SystemMachine(), String.join(" ", all), "cell"));
    } catch (OptionException e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
  }

  private static void off(
      List<String> all, String word, List<String> words, Predicate<String> asksForIt) {
    if (words.stream().noneMatch(asksForIt)) {
      all.add(word);
    }
  }

  PppConfig config() {
    return config;
  }

  /// Answers a question of the link for a secret.
  CredentialAnswer answer(CredentialRequest request) {
    return switch (request) {
      case CredentialRequest.OurSecret our ->
          our.retry() || !options.isSet(AuthenticationOptions.PASSWORD)
              ? new CredentialAnswer.Unknown()
              : new CredentialAnswer.Known(options.get(AuthenticationOptions.PASSWORD).copy());
      case CredentialRequest.PeersSecret(_, String name) -> secretOf(name);
      case CredentialRequest.PeersPassword(_, String name, _) -> secretOf(name);
    };
  }

  private static CredentialAnswer secretOf(String name) {
    return name.equals(USER)
        ? new CredentialAnswer.Known(Secret.of(SECRET.getBytes(StandardCharsets.UTF_8)))
        : new CredentialAnswer.Unknown();
  }
}
