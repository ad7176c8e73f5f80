package linedisc.examples.pppd.options;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import linedisc.examples.pppd.words.FileText;
import linedisc.examples.pppd.words.Word;
import linedisc.ppp.auth.Secret;

/// Options about who must prove who they are, and how: PAP, CHAP, MS-CHAP, EAP.
public final class AuthenticationOptions {
  /// Octets of the longest name and secret.
  static final int MAX_NAME = 255;

  private static final String NO_TLS =
      "EAP-TLS and PEAP are not there; CHAP, MS-CHAPv2 and EAP with them are";

  /// A way to prove who one is.
  public enum Method {
    /// The password in clear (RFC 1334).
    PAP,
    /// CHAP with MD5 (RFC 1994).
    CHAP,
    /// RFC 2433.
    MS_CHAP,
    /// RFC 2759.
    MS_CHAP_V2,
    /// RFC 3748.
    EAP
  }

  /// Whether the peer must prove who it is.
  public enum Requirement {
    /// As the process's privileges have it: see [Privilege#trustsPeers].
    DEFAULT,
    /// It must.
    REQUIRED,
    /// It need not.
    NOT_REQUIRED
  }

  /// Whether the peer must prove who it is.
  public static final Setting<Requirement> AUTH = Setting.of("auth", Requirement.DEFAULT);

  /// How it may; none named means any.
  public static final Setting<Set<Method>> REQUIRED_METHODS = Setting.of("require-…", Set.of());

  /// How we don't prove who we are.
  public static final Setting<Set<Method>> REFUSED_METHODS = Setting.of("refuse-…", Set.of());

  /// PAP as the one who proves himself: seconds between requests.
  public static final Setting<Integer> PAP_RESTART = Setting.of("pap-restart", 3);

  /// Authenticate-Requests sent at most.
  public static final Setting<Integer> PAP_MAX_REQUESTS = Setting.of("pap-max-authreq", 10);

  /// Seconds to wait for the peer's Authenticate-Request; 0: for ever.
  public static final Setting<Integer> PAP_TIMEOUT = Setting.of("pap-timeout", 30);

  /// Seconds between Challenges.
  public static final Setting<Integer> CHAP_RESTART = Setting.of("chap-restart", 3);

  /// Challenges sent at most.
  public static final Setting<Integer> CHAP_MAX_CHALLENGE = Setting.of("chap-max-challenge", 10);

  /// Seconds after which the peer is challenged again; 0: never.
  public static final Setting<Integer> CHAP_INTERVAL = Setting.of("chap-interval", 0);

  /// Seconds to wait for a Challenge.
  public static final Setting<Integer> CHAP_TIMEOUT = Setting.of("chap-timeout", 60);

  /// Whether `DOMAIN\` is taken off the peer's name.
  public static final Setting<Boolean> STRIP_DOMAIN = Setting.of("chapms-strip-domain", false);

  /// Seconds between EAP Requests.
  public static final Setting<Integer> EAP_RESTART = Setting.of("eap-restart", 3);

  /// EAP Requests sent at most.
  public static final Setting<Integer> EAP_MAX_REQUESTS = Setting.of("eap-max-sreq", 10);

  /// Seconds to wait for an EAP Request; 0: for ever.
  public static final Setting<Integer> EAP_TIMEOUT = Setting.of("eap-timeout", 20);

  /// EAP Requests taken at most; 0: any number.
  public static final Setting<Integer> EAP_MAX_RECEIVED = Setting.of("eap-max-rreq", 20);

  /// Seconds after which the peer is asked again; 0: never.
  public static final Setting<Integer> EAP_INTERVAL = Setting.of("eap-interval", 0);

  /// Our name as the one who asks for proof; empty: the host's.
  public static final Setting<String> NAME = Setting.of("name", "");

  /// Our name as the one who gives proof; not set: [#NAME].
  public static final Setting<String> USER = Setting.of("user", "");

  /// Our secret as the one who gives proof; not set: from the secrets file. The options own it.
  public static final Setting<Secret> PASSWORD = Setting.of("password", Secret.of(new byte[0]));

  /// The host's name goes before [#NAME].
  public static final Setting<Boolean> USE_HOST_NAME = Setting.of("usehostname", false);

  /// The peer's name for finding secrets; empty: as it calls itself.
  public static final Setting<String> REMOTE_NAME = Setting.of("remotename", "");

  /// Path of pap-secrets; empty: below the configuration folder.
  public static final Setting<String> PAP_SECRETS = Setting.of("pap-secrets", "");

  /// Path of chap-secrets; empty: below the configuration folder.
  public static final Setting<String> CHAP_SECRETS = Setting.of("chap-secrets", "");

  /// Addresses that a peer may have without proof.
  public static final Setting<List<String>> ALLOW_IP = Setting.of("allow-ip", List.of());

  /// The calling number.
  public static final Setting<String> REMOTE_NUMBER = Setting.of("remotenumber", "");

  /// Numbers that may call; a `*` at the end stands for any digits. Empty: any number.
  public static final Setting<List<String>> ALLOW_NUMBER = Setting.of("allow-number", List.of());

  private AuthenticationOptions() {}

  static List<PppdOption> rows() {
    return Stream.of(who(), how(), timing(), tls()).flatMap(List::stream).toList();
  }

  private static List<PppdOption> who() {
    return new Rows(Area.AUTHENTICATION)
        .flag("auth", AUTH, Requirement.REQUIRED, "The peer must prove who it is")
        .keeps()
        .rule(Rule.ADDS)
        .flag("noauth", AUTH, Requirement.NOT_REQUIRED, "The peer need not prove who it is")
        .under("auth")
        .privileged()
        .text("name", NAME, MAX_NAME, "Our name as the one who asks for proof")
        .keeps()
        .privileged()
        .text("user", USER, MAX_NAME, "Our name as the one who gives proof")
        .keeps()
        .hidden("password", PASSWORD, MAX_NAME, "Our secret as the one who gives proof")
        .keeps()
        .special("+ua", "FILE", AuthenticationOptions::userFile, "Our name and secret from a file")
        .rule(Rule.OF_MACHINE)
        .rule(Rule.NAMES_SECRETS)
        .keeps()
        .flag("usehostname", USE_HOST_NAME, true, "Our name is the host's")
        .rule(Rule.OF_MACHINE)
        .text("remotename", REMOTE_NAME, MAX_NAME, "The peer's name for finding secrets")
        .keeps()
        .text("pap-secrets", PAP_SECRETS, TtyOptions.MAX_PATH, "Path of the secrets for PAP")
        .rule(Rule.OF_MACHINE)
        .rule(Rule.NAMES_SECRETS)
        .keeps()
        .privileged()
        .text("chap-secrets", CHAP_SECRETS, TtyOptions.MAX_PATH, "Path of the secrets for CHAP")
        .rule(Rule.OF_MACHINE)
        .rule(Rule.NAMES_SECRETS)
        .keeps()
        .privileged()
        .refused(
            "login",
            new Argument.None(),
            "the system's passwords are not asked; put the peer's into pap-secrets",
            "Check PAP passwords against the system's")
        .refused(
            "enable-session",
            new Argument.None(),
            "no session is opened with the system; an auth-up script can account for one",
            "Open a session with the system for the peer")
        .privileged()
        .refused(
            "papcrypt",
            new Argument.None(),
            "only passwords in clear are compared; keep pap-secrets readable by root alone",
            "Passwords in pap-secrets are encrypted")
        .accepted(
            "privgroup",
            new Argument.Text(MAX_NAME),
            "linedisc has no more rights than its user, who may use all options",
            "Let members of a group use privileged options")
        .rule(Rule.OF_MACHINE)
        .privileged()
        .rule(Rule.LIST)
        .listed(
            "allow-ip",
            "ADDRESS",
            (draft, word) ->
                draft.set(ALLOW_IP, plus(draft.get(ALLOW_IP), draft.text(word, MAX_NAME))),
            "Address a peer may have without proof")
        .rule(Rule.OF_MACHINE)
        .privileged()
        .text("remotenumber", REMOTE_NUMBER, MAX_NAME, "The calling number")
        .rule(Rule.OF_MACHINE)
        .keeps()
        .listed(
            "allow-number",
            "NUMBER",
            (draft, word) ->
                draft.set(ALLOW_NUMBER, plus(draft.get(ALLOW_NUMBER), draft.text(word, MAX_NAME))),
            "Number that may call; * at its end stands for any digits")
        .rule(Rule.OF_MACHINE)
        .privileged()
        .word("hide-password", (draft, word) -> {}, "Keep passwords out of the log")
        .keeps()
        .accepted(
            "show-password",
            new Argument.None(),
            "passwords are never logged",
            "Show passwords in the log")
        .under("hide-password")
        .list();
  }

  private static List<PppdOption> how() {
    return new Rows(Area.AUTHENTICATION)
        .word("require-pap", require(Method.PAP), "The peer proves who it is by PAP")
        .alias("+pap")
        .under("auth")
        .rule(Rule.ADDS)
        .word("require-chap", require(Method.CHAP), "The peer proves who it is by CHAP with MD5")
        .alias("+chap")
        .under("auth")
        .rule(Rule.ADDS)
        .word("require-mschap", require(Method.MS_CHAP), "The peer proves who it is by MS-CHAP")
        .alias("+mschap")
        .under("auth")
        .rule(Rule.ADDS)
        .word(
            "require-mschap-v2",
            require(Method.MS_CHAP_V2),
            "The peer proves who it is by MS-CHAPv2")
        .alias("+mschap-v2")
        .under("auth")
        .rule(Rule.ADDS)
        .word("require-eap", require(Method.EAP), "The peer proves who it is by EAP")
        .under("auth")
        .rule(Rule.ADDS)
        .word("refuse-pap", refuse(Method.PAP), "Don't prove who we are by PAP")
        .alias("-pap")
        .word("refuse-chap", refuse(Method.CHAP), "Don't prove who we are by CHAP with MD5")
        .alias("-chap")
        .word("refuse-mschap", refuse(Method.MS_CHAP), "Don't prove who we are by MS-CHAP")
        .alias("-mschap")
        .word("refuse-mschap-v2", refuse(Method.MS_CHAP_V2), "Don't prove who we are by MS-CHAPv2")
        .alias("-mschap-v2")
        .word("refuse-eap", refuse(Method.EAP), "Don't prove who we are by EAP")
        .flag("chapms-strip-domain", STRIP_DOMAIN, true, "Take DOMAIN\\ off the peer's name")
        .refused(
            "ms-lanman",
            new Argument.None(),
            "the LAN Manager response gives the password away; the NT response is used",
            "Answer MS-CHAP with the LAN Manager response")
        .refused(
            "mschap-challenge",
            new Argument.Text(MAX_NAME),
            "challenges are always random",
            "Use a fixed challenge")
        .refused(
            "mschap2-peer-challenge",
            new Argument.Text(MAX_NAME),
            "challenges are always random",
            "Use a fixed peer challenge")
        .list();
  }

  private static List<PppdOption> timing() {
    return new Rows(Area.AUTHENTICATION)
        .number("pap-restart", PAP_RESTART, 1, "Seconds between requests of PAP")
        .keeps()
        .number("pap-max-authreq", PAP_MAX_REQUESTS, 1, "Requests of PAP sent at most")
        .keeps()
        .number("pap-timeout", PAP_TIMEOUT, 0, "Seconds to wait for the peer's request of PAP")
        .keeps()
        .number("chap-restart", CHAP_RESTART, 1, "Seconds between challenges")
        .keeps()
        .number("chap-max-challenge", CHAP_MAX_CHALLENGE, 1, "Challenges sent at most")
        .keeps()
        .number("chap-interval", CHAP_INTERVAL, 1, "Seconds until the peer is challenged again")
        .keeps()
        .number("chap-timeout", CHAP_TIMEOUT, 1, "Seconds to wait for a challenge")
        .keeps()
        .number("eap-restart", EAP_RESTART, 1, "Seconds between requests of EAP")
        .number("eap-max-sreq", EAP_MAX_REQUESTS, 1, "Requests of EAP sent at most")
        .number("eap-timeout", EAP_TIMEOUT, 0, "Seconds to wait for a request of EAP")
        .number("eap-max-rreq", EAP_MAX_RECEIVED, 0, "Requests of EAP taken at most")
        .number("eap-interval", EAP_INTERVAL, 0, "Seconds until the peer is asked again by EAP")
        .list();
  }

  private static List<PppdOption> tls() {
    var path = new Argument.Text(TtyOptions.MAX_PATH);
    return new Rows(Area.AUTHENTICATION)
        .refused("ca", path, NO_TLS, "Certificate of the authority")
        .privileged()
        .refused("capath", path, NO_TLS, "Folder of certificates of authorities")
        .privileged()
        .refused("crl-dir", path, NO_TLS, "Folder of revocation lists")
        .privileged()
        .refused("crl", path, NO_TLS, "Revocation list")
        .privileged()
        .refused("max-tls-version", new Argument.Text(MAX_NAME), NO_TLS, "Newest version of TLS")
        .privileged()
        .refused("tls-verify-key-usage", new Argument.None(), NO_TLS, "Check the key's usage")
        .privileged()
        .refused(
            "tls-verify-method",
            new Argument.Special("none|subject|name|suffix"),
            NO_TLS,
            "How the peer's certificate is checked")
        .privileged()
        .refused("cert", path, NO_TLS, "Our certificate")
        .privileged()
        .refused("key", path, NO_TLS, "Our private key")
        .privileged()
        .refused("pkcs12", path, NO_TLS, "Our certificate and key")
        .privileged()
        .refused(
            "need-peer-eap", new Argument.None(), NO_TLS, "The peer must ask for our certificate")
        .list();
  }

  private static PppdOption.Effect require(Method method) {
    return (draft, word) -> {
      draft.set(AUTH, Requirement.REQUIRED);
      draft.set(REQUIRED_METHODS, plus(draft.get(REQUIRED_METHODS), method));
    };
  }

  private static PppdOption.Effect refuse(Method method) {
    return (draft, word) -> draft.set(REFUSED_METHODS, plus(draft.get(REFUSED_METHODS), method));
  }

  private static Set<Method> plus(Set<Method> methods, Method method) {
    var more = EnumSet.of(method);
    more.addAll(methods);
    return Collections.unmodifiableSet(more);
  }

  private static List<String> plus(List<String> list, String last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  /// `+ua`: the first line is the name, the second the secret.
  private static void userFile(OptionDraft draft, Word word) throws OptionException {
    byte[] file;
    try {
      Path path = Path.of(word.text());
      file = FileText.read(path);
      if (FileText.isOpenToOthers(path)) {
        draft.message(path + " holds a password, and others may use it; 'chmod go=' it");
      }
    } catch (IOException e) {
      throw draft.mistake(String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      throw draft.mistake("'" + word.text() + "' is no path");
    }
    int nameEnd = lineEnd(file, 0);
    int secretEnd = lineEnd(file, nameEnd + 1);
    int secretLength = secretEnd - nameEnd - 1;
    if (nameEnd >= file.length || nameEnd > MAX_NAME || secretLength > MAX_NAME) {
      throw draft.mistake(
          word.text() + " needs two lines of at most " + MAX_NAME + " octets: name and secret");
    }
    String name = Word.ofFile(Arrays.copyOf(file, nameEnd), word.source()).text();
    Secret secret = Secret.of(file, nameEnd + 1, secretLength);
    Arrays.fill(file, (byte) 0);
    draft.overrule("user", () -> draft.set(USER, name));
    draft.overrule("password", () -> draft.set(PASSWORD, secret));
  }

  private static int lineEnd(byte[] file, int from) {
    int at = from;
    while (at < file.length && file[at] != '\n') {
      at++;
    }
    return at;
  }
}
