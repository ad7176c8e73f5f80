package linedisc.examples.pppd.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.Setting;
import linedisc.examples.pppd.words.Word;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import org.jspecify.annotations.Nullable;

/// Answers the questions of a link for secrets from pppd's options and secrets files.
///
/// Which names are looked up: to prove ourselves, our own as client, and as server the peer's as
/// `remotename` or, if that is not given, as it calls itself; to have the peer prove itself, its
/// name as client and ours as server. PAP looks into pap-secrets, all else into chap-secrets.
///
/// Used by one thread, which may wait for files and for names to be resolved.
public final class Credentials {
  /// What the secrets file says about a peer besides its secret.
  ///
  /// @param name the name that was found
  /// @param addresses the words of its address list
  /// @param options the words of its options
  public record PeerRights(String name, List<String> addresses, List<Word> options) {}

  private final PppdOptions options;
  private final SecretsFile papSecrets;
  private final SecretsFile chapSecrets;
  private final Machine machine;
  private final Consumer<String> log;
  private @Nullable PeerRights rights;

  /// Answers from the files that the options name.
  ///
  /// @param log told in a sentence what is wrong with the files; never a secret
  public Credentials(PppdOptions options, Machine machine, Consumer<String> log) {
    this.options = options;
    this.machine = machine;
    this.log = log;
    this.papSecrets = file(AuthenticationOptions.PAP_SECRETS, "pap-secrets");
    this.chapSecrets = file(AuthenticationOptions.CHAP_SECRETS, "chap-secrets");
  }

  /// Our name as the one who asks for proof.
  public String serverName() {
    String name = options.get(AuthenticationOptions.NAME);
    return name.isEmpty() || options.get(AuthenticationOptions.USE_HOST_NAME) ? hostName() : name;
  }

  private String hostName() {
    String domain = options.get(DaemonOptions.DOMAIN);
    return domain.isEmpty() ? machine.hostName() : machine.hostName() + "." + domain;
  }

  /// Our name as the one who gives proof.
  public String clientName() {
    return options.isSet(AuthenticationOptions.USER)
        ? options.get(AuthenticationOptions.USER)
        : serverName();
  }

  /// Whether there could be a secret for us, by which we could prove ourselves by a method.
  public boolean canProveOurselves(AuthMethod method) {
    if (options.isSet(AuthenticationOptions.PASSWORD)) {
      return true;
    }
    SecretsFile file = file(method);
    try (SecretsMatch match = file.exists() ? file.find(clientName(), remoteName("")) : null) {
      return match != null;
    } catch (SecretsException e) {
      log.accept(e.sentence());
      return false;
    }
  }

  /// Whether there is a secret by which some peer, or the one of `remotename`, could prove itself
  /// by a method, and an address that it could then have.
  public boolean canAskForProof(AuthMethod method) {
    SecretsFile file = file(method);
    try (SecretsMatch match = file.exists() ? file.find(remoteName(""), serverName()) : null) {
      return match != null && AddressList.of(match.addresses(), 0, machine, log).allowsAny();
    } catch (SecretsException e) {
      log.accept(e.sentence());
      return false;
    }
  }

  /// The answer to a question; secrets in it are the engine's to wipe.
  public CredentialAnswer answer(CredentialRequest request) {
    return switch (request) {
      case CredentialRequest.OurSecret our -> ourSecret(our);
      case CredentialRequest.PeersSecret(AuthMethod method, String name) ->
          peersSecret(method, name);
      case CredentialRequest.PeersPassword(AuthMethod method, String name, _) ->
          peersSecret(method, name);
    };
  }

  /// What the file says about the peer whose secret was asked for last; null if it has none.
  public @Nullable PeerRights rights() {
    return rights;
  }

  private CredentialAnswer ourSecret(CredentialRequest.OurSecret request) {
    if (request.retry()) {
      // It would be the same one again.
      return new CredentialAnswer.Unknown();
    }
    if (options.isSet(AuthenticationOptions.PASSWORD)) {
      return new CredentialAnswer.Known(options.get(AuthenticationOptions.PASSWORD).copy());
    }
    try {
      SecretsMatch match =
          file(request.method()).find(request.localName(), remoteName(request.authenticatorName()));
      if (match == null) {
        return new CredentialAnswer.Unknown();
      }
      match.options().forEach(Word::wipe);
      return new CredentialAnswer.Known(match.secret());
    } catch (SecretsException e) {
      log.accept(e.sentence());
      return new CredentialAnswer.Unknown();
    }
  }

  private CredentialAnswer peersSecret(AuthMethod method, String given) {
    rights = null;
    String remote = options.get(AuthenticationOptions.REMOTE_NAME);
    boolean fixed = method != AuthMethod.PAP && !remote.isEmpty();
    String name = fixed ? remote : stripped(method, given);
    try {
      SecretsMatch match = file(method).find(name, serverName());
      if (match == null) {
        return new CredentialAnswer.Unknown();
      }
      if (match.secret().isEmpty()) {
        // Anybody could have it.
        log.accept("the secret of '" + name + "' is empty, which proves nothing");
        match.close();
        return new CredentialAnswer.Unknown();
      }
      rights = new PeerRights(name, match.addresses(), match.options());
      return new CredentialAnswer.Known(match.secret());
    } catch (SecretsException e) {
      log.accept(e.sentence());
      return new CredentialAnswer.Unknown();
    }
  }

  private String stripped(AuthMethod method, String name) {
    boolean strip = method != AuthMethod.PAP && options.get(AuthenticationOptions.STRIP_DOMAIN);
    return strip ? name.substring(name.lastIndexOf('\\') + 1) : name;
  }

  /// The peer's name for finding secrets; null if it has none, so that any will do.
  private @Nullable String remoteName(String given) {
    String remote = options.get(AuthenticationOptions.REMOTE_NAME);
    if (remote.isEmpty()) {
      String host = options.get(IpcpOptions.REMOTE_HOST);
      remote = given.isEmpty() ? host : given;
    }
    return remote.isEmpty() ? null : remote;
  }

  private SecretsFile file(AuthMethod method) {
    return method == AuthMethod.PAP ? papSecrets : chapSecrets;
  }

  private SecretsFile file(Setting<String> setting, String name) {
    String given = options.get(setting);
    Path path = given.isEmpty() ? machine.configuration().resolve(name) : Path.of(given);
    return new SecretsFile(path, machine.privilege().user(), log);
  }
}
