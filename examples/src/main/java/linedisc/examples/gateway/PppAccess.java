package linedisc.examples.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.LinkConfig;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.Subset;
import linedisc.examples.pppd.secrets.AddressList;
import linedisc.examples.pppd.secrets.Credentials;
import linedisc.examples.pppd.secrets.Credentials.PeerRights;
import linedisc.examples.pppd.words.Source;
import linedisc.examples.pppd.words.Word;
import linedisc.ppp.PppConfig;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;

/// How a section's PPP is negotiated, and who may come, by pppd's options and secrets files. For
/// one link and thread.
final class PppAccess {
  private final Site site;
  private final int unit;
  private final Consumer<String> log;
  private final Credentials credentials;
  private final LinkConfig wanted;
  private final LinkConfig possible;
  private final PppdOptions given;
  private PppdOptions options;

  /// For a link.
  ///
  /// @param options of [#options]
  /// @param unit the interface's unit number
  PppAccess(Site site, PppdOptions options, int unit, Consumer<String> log) {
    this.site = site;
    this.given = options;
    this.options = options;
    this.unit = unit;
    this.log = log;
    this.credentials = new Credentials(options, site.machine(), log);
    this.wanted =
        LinkConfig.of(
            options, credentials.clientName(), site.machine().privilege().trustsPeers(), 0, unit);
    this.possible =
        wanted.withSecretsFor(credentials::canAskForProof, credentials::canProveOurselves);
  }

  /// What a section says about a link, in pppd's words.
  ///
  /// @param remote the peer's address; 0: options or the peer say
  /// @throws OptionException when a file that they name can't be read (any more)
  static PppdOptions options(Machine machine, PortSection section, int remote)
      throws OptionException {
    List<String> words = new ArrayList<>(section.options());
    if (section.local() != 0 || remote != 0) {
      words.add(text(section.local()) + ":" + text(remote));
    }
    return OptionReader.readWords(
        machine, Subset.LINK_AND_SESSION, words, new Source(section.port(), 0));
  }

  private static String text(int address) {
    return address == 0 ? "" : Addresses.text(address);
  }

  /// Whether there are secrets for the proof that is asked of the peer, if any is.
  boolean isPossible() {
    return wanted.asked().isEmpty() || !possible.asked().isEmpty();
  }

  /// The configuration of the engine.
  PppConfig config() {
    return possible.ppp().build();
  }

  /// The answer to a question; secrets in it are the engine's to wipe. A peer whose own options
  /// can't be taken is unknown: without its limits it must not come in.
  CredentialAnswer answer(CredentialRequest request) {
    CredentialAnswer answer = credentials.answer(request);
    PeerRights rights = credentials.rights();
    boolean ofPeer = !(request instanceof CredentialRequest.OurSecret);
    if (!ofPeer || rights == null || rights.options().isEmpty()) {
      return answer;
    }
    try {
      options = OptionReader.readSecrets(site.machine(), given, Subset.SESSION, rights.options());
      return answer;
    } catch (OptionException e) {
      log.accept(e.sentence() + "; the peer is refused");
      Secret secret = answer.secret();
      if (secret != null) {
        secret.close();
      }
      return new CredentialAnswer.Unknown();
    } finally {
      rights.options().forEach(Word::wipe);
    }
  }

  /// What holds for the peer that was asked about last: the section's options, and those of its
  /// line of the secrets file.
  PppdOptions options() {
    return options;
  }

  /// The address of a peer to whom the configuration gives none; 0: its choice.
  int suggestion() {
    PeerRights rights = credentials.rights();
    Integer address = rights == null ? null : addresses(rights).suggestion();
    return address == null ? 0 : address;
  }

  /// Whether the peer may have an address, by its line of the secrets file.
  boolean allows(int address) {
    PeerRights rights = credentials.rights();
    return rights == null || address == 0 || addresses(rights).allows(address);
  }

  private AddressList addresses(PeerRights rights) {
    return AddressList.of(rights.addresses(), unit, site.machine(), log);
  }
}
