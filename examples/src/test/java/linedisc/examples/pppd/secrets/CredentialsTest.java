package linedisc.examples.pppd.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path root;
  private TestMachine machine;
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void machine() {
    machine = new TestMachine(root);
    secrets("chap-secrets", "alice * sesame 10.0.0.5 -- idle 9\nme isp mine\nempty * ''\n");
    secrets("pap-secrets", "alice here pap *\nme * papmine\nempty * ''\n");
  }

  @Test
  void ourOwnSecret() throws OptionException {
    assertEquals("mine", ours("user me", AuthMethod.CHAP_MD5, "me", "isp"));
    assertNull(ours("user me", AuthMethod.CHAP_MD5, "me", "other"));
    assertEquals("mine", ours("user me remotename isp", AuthMethod.MS_CHAP_V2, "me", "other"));
    assertEquals("mine", ours("user me", AuthMethod.CHAP_MD5, "me", ""));
    assertEquals("papmine", ours("user me", AuthMethod.PAP, "me", ""));
    assertEquals("given", ours("user me password given", AuthMethod.PAP, "me", ""));
    assertEquals("", ours("user me password ''", AuthMethod.CHAP_MD5, "me", "x"));
  }

  @Test
  void aSecretThatWasRefusedIsNotOfferedAgain() throws OptionException {
    var answer =
        credentials("user me password given")
            .answer(new CredentialRequest.OurSecret(AuthMethod.MS_CHAP_V2, "me", "isp", true));
    assertNull(answer.secret());
  }

  @Test
  void thePeersSecretAndWhatItMayDo() throws OptionException {
    var credentials = credentials("");
    assertEquals("sesame", peers(credentials, AuthMethod.CHAP_MD5, "alice"));
    var rights = credentials.rights();
    assertEquals("alice", rights == null ? "" : rights.name());
    assertEquals(List.of("10.0.0.5"), rights == null ? List.of() : rights.addresses());
    assertEquals(2, rights == null ? 0 : rights.options().size());
    assertNull(peers(credentials, AuthMethod.CHAP_MD5, "mallory"));
    assertNull(credentials.rights());
    assertNull(peers(credentials, AuthMethod.CHAP_MD5, "Alice"));
    assertNull(peers(credentials, AuthMethod.CHAP_MD5, ""));
  }

  @Test
  void passwordsOfPapAreInTheirOwnFile() throws OptionException {
    assertEquals("pap", password(credentials(""), "alice"));
    assertNull(password(credentials("name there"), "alice"));
  }

  /// Security case 23: an empty secret proves nothing.
  @Test
  void case23EmptySecretsAreNone() throws OptionException {
    var credentials = credentials("");
    assertNull(peers(credentials, AuthMethod.CHAP_MD5, "empty"));
    assertNull(password(credentials, "empty"));
    assertNull(credentials.rights());
    assertTrue(log.getFirst().contains("proves nothing"));
  }

  @Test
  void domainsAreStrippedWhenAsked() throws OptionException {
    assertNull(peers(credentials(""), AuthMethod.MS_CHAP_V2, "CORP\\alice"));
    assertEquals(
        "sesame", peers(credentials("chapms-strip-domain"), AuthMethod.MS_CHAP_V2, "CORP\\alice"));
  }

  @Test
  void whetherThereIsAnySecretAtAll() throws OptionException {
    assertTrue(credentials("user me").canProveOurselves(AuthMethod.PAP));
    assertFalse(credentials("user you").canProveOurselves(AuthMethod.CHAP_MD5));
    assertTrue(credentials("user you password x").canProveOurselves(AuthMethod.CHAP_MD5));
    assertTrue(credentials("").canAskForProof(AuthMethod.CHAP_MD5));
    assertFalse(
        credentials("remotename me").canAskForProof(AuthMethod.CHAP_MD5), "it has no address");
    assertTrue(credentials("remotename alice").canAskForProof(AuthMethod.PAP));
    secrets("pap-secrets", "");
    assertFalse(credentials("").canAskForProof(AuthMethod.PAP));
  }

  @Test
  void filesThatCantBeTrustedGiveNothing() throws OptionException, IOException {
    Files.setPosixFilePermissions(
        root.resolve("etc/ppp/chap-secrets"), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertNull(peers(credentials(""), AuthMethod.CHAP_MD5, "alice"));
    assertTrue(log.getFirst().contains("can't be trusted"), log.toString());
    assertFalse(log.toString().contains("sesame"));
  }

  @Test
  void namesAreTheHostsUnlessGiven() throws OptionException {
    assertEquals("here", credentials("").clientName());
    assertEquals("n", credentials("name n").clientName());
    assertEquals("u", credentials("name n user u").clientName());
    assertEquals("", credentials("name n user ''").clientName());
    assertEquals("n", credentials("name n user u").serverName());
    assertEquals("here", credentials("name n usehostname").serverName());
    assertEquals("here.example.org", credentials("domain example.org").serverName());
  }

  private @Nullable String ours(String words, AuthMethod method, String name, String server)
      throws OptionException {
    return text(
        credentials(words).answer(new CredentialRequest.OurSecret(method, name, server, false)));
  }

  private static @Nullable String peers(Credentials credentials, AuthMethod method, String name) {
    return text(credentials.answer(new CredentialRequest.PeersSecret(method, name)));
  }

  private static @Nullable String password(Credentials credentials, String name) {
    try (Secret given = Secret.of(new byte[1])) {
      return text(
          credentials.answer(new CredentialRequest.PeersPassword(AuthMethod.PAP, name, given)));
    }
  }

  private static @Nullable String text(CredentialAnswer answer) {
    Secret secret = answer.secret();
    if (secret == null) {
      return null;
    }
    byte[] octets = new byte[secret.length()];
    secret.copyTo(octets, 0);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private Credentials credentials(String words) throws OptionException {
    Path file = machine.write("words", words);
    var options = OptionReader.read(machine, List.of("ttyS0", "file", file.toString()));
    return new Credentials(options, machine, log::add);
  }

  private void secrets(String name, String text) {
    machine.write("etc/ppp/" + name, text);
    try {
      Files.setPosixFilePermissions(
          root.resolve("etc/ppp/" + name), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
