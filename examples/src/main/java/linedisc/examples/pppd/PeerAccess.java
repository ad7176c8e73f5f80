package linedisc.examples.pppd;

import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.LinkConfig;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.secrets.AddressList;
import linedisc.examples.pppd.secrets.Credentials;
import linedisc.examples.pppd.secrets.Credentials.PeerRights;
import org.jspecify.annotations.Nullable;

/// Who may come, and with which address. For one thread.
final class PeerAccess {
  private final Parts parts;
  private final int unit;
  private @Nullable PeerRights rights;

  /// Nobody has proved anything yet.
  ///
  /// @param unit the interface's unit number
  PeerAccess(Parts parts, int unit) {
    this.parts = parts;
    this.unit = unit;
  }

  /// Whether there are secrets for the proof that is asked of the peer; if not, that is logged.
  static boolean isPossible(PppdOptions options, Surroundings around, Credentials credentials) {
    LinkConfig link = config(options, around, credentials, 0, 0);
    boolean wanted = !link.asked().isEmpty();
    return !wanted || link.asked().stream().anyMatch(credentials::canAskForProof);
  }

  /// The configuration of a link, before it is known which secrets there are.
  static LinkConfig config(
      PppdOptions options,
      Surroundings around,
      Credentials credentials,
      int hostAddress,
      int unit) {
    return LinkConfig.of(
        options,
        credentials.clientName(),
        around.machine().privilege().trustsPeers(),
        hostAddress,
        unit);
  }

  /// Whether the calling number, if there is one, may call.
  static boolean isNumberAllowed(PppdOptions options) {
    List<String> allowed = options.get(AuthenticationOptions.ALLOW_NUMBER);
    String number = options.get(AuthenticationOptions.REMOTE_NUMBER);
    return allowed.isEmpty()
        || allowed.stream()
            .anyMatch(entry ->
                entry.endsWith("*")
                    ? number.startsWith(entry.substring(0, entry.length() - 1))
                    : number.equals(entry));
  }

  /// The peer has proved who it is.
  ///
  /// @return the options in effect from now on
  PppdOptions proved(PppdOptions options) {
    rights = parts.credentials().rights();
    if (rights == null || rights.options().isEmpty()) {
      return options;
    }
    try {
      return OptionReader.readSecrets(parts.around().machine(), options, rights.options());
    } catch (OptionException e) {
      parts.log().error(e.sentence());
      return options;
    }
  }

  /// The address to offer to a peer that was given none by options; 0: its choice.
  int suggestion(PppdOptions options) {
    Integer address = addresses(options).suggestion();
    return rights == null || address == null ? 0 : address;
  }

  /// Whether the peer may have an address.
  boolean allows(PppdOptions options, int address) {
    if (rights == null
        && (options.get(AuthenticationOptions.ALLOW_IP).isEmpty()
            || parts.around().machine().privilege().trustsPeers())) {
      return true;
    }
    return address == 0 || addresses(options).allows(address);
  }

  private AddressList addresses(PppdOptions options) {
    var words = new ArrayList<String>();
    if (rights != null) {
      words.addAll(rights.addresses());
    }
    words.addAll(options.get(AuthenticationOptions.ALLOW_IP));
    return AddressList.of(words, unit, parts.around().machine(), parts.log()::warning);
  }
}
