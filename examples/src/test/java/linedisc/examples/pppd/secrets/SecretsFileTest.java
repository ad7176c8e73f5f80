package linedisc.examples.pppd.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import linedisc.examples.pppd.words.Word;
import linedisc.ppp.auth.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  @Test
  void theLineWithTheFewestWildcardsWins() throws SecretsException {
    write(
        """
        # client server secret addresses
        *       *       neither
        *       server  anyone
        client  *       anywhere
        client  server  exact
        client  server  later
        """);
    assertEquals("exact", secret("client", "server"));
    assertEquals("anywhere", secret("client", "other"), "an exact client counts for more");
    assertEquals("anyone", secret("other", "server"));
    assertEquals("neither", secret("other", "other"));
    assertEquals("neither", secret("Client", "Server"), "names are exact to the letter");
    assertEquals("exact", secret(null, "server"));
    assertEquals("exact", secret(null, null));
    assertEquals("anywhere", secret("client", "*"));
  }

  @Test
  void anExactServerAloneDoesNotBeatAnExactClient() throws SecretsException {
    write("* server one\nclient * two\n");
    assertEquals("two", secret("client", "server"));
    write("client * two\n* server one\n");
    assertEquals("two", secret("client", "server"));
  }

  @Test
  void linesAreWordsAsInOptionFiles() throws SecretsException {
    write(
        "\"two words\" \\\n  * 'a \"secret\"\\n' # comment\nshort line\n\n*\n'' s e\n'a\\x2ab' '*' x");
    assertEquals("a \"secret\"\n", secret("two words", "x"));
    assertNull(secret("short", "line"));
    assertEquals("e", secret("", "s"));
    assertEquals("x", secret("a*b", "any"));
  }

  @Test
  void addressesAndOptionsFollow() throws SecretsException {
    write("a b c 10.0.0.1 !* -- idle 5 mru 600\nd b c\ne b c -- \nf b c -");
    try (var match = find("a", "b")) {
      assertEquals(List.of("10.0.0.1", "!*"), match.addresses());
      assertEquals("idle 5 mru 600", text(match.options()));
    }
    try (var match = find("d", "b")) {
      assertEquals(List.of(), match.addresses());
      assertEquals(List.of(), match.options());
    }
    try (var match = find("e", "b")) {
      assertEquals(List.of(), match.options());
    }
    try (var match = find("f", "b")) {
      assertEquals(List.of("-"), match.addresses());
    }
  }

  @Test
  void aSecretMayBeInAFileOfItsOwn() throws SecretsException, IOException {
    Path other = write("hidden", "\"open sesame\" more\n", "rw-------");
    write("a * @" + other + "\nb * @plain\nc * @" + folder + "/missing\nc * fallback\nd * @login");
    assertEquals("open sesame", secret("a", "x"));
    assertEquals("@plain", secret("b", "x"));
    assertEquals("fallback", secret("c", "x"), "a line whose secret can't be had is no line");
    assertTrue(log.getFirst().contains("there is no file"), log.toString());
    assertNull(secret("d", "x"));
    permissions(other, "rw-rw----");
    assertNull(secret("a", "x"));
    permissions(other, "rw-r--r--");
    assertNull(secret("a", "x"));
    write("hidden", "", "rw-------");
    assertNull(secret("a", "x"));
  }

  /// Security case 16: a file that others can write or everybody can read is refused.
  @Test
  void case16TheFileMustBeClosedToOthers() throws IOException, SecretsException {
    Path file = write("* * s");
    for (String mode : List.of("rw-r--r--", "rw----r--", "rw------x")) {
      permissions(file, mode);
      assertEquals(
          file + " can't be trusted with secrets: everybody may use it; 'chmod o=' it",
          assertThrows(SecretsException.class, () -> secret("a", "b")).sentence());
    }
    permissions(file, "rw--w----");
    assertTrue(
        assertThrows(SecretsException.class, () -> secret("a", "b")).sentence().contains("go-w"));
    permissions(file, "rw-r-----");
    assertEquals("s", secret("a", "b"));
    Files.delete(file);
    assertThrows(SecretsException.class, () -> secret("a", "b"));
  }

  @Test
  void limits() throws SecretsException {
    write("a * " + "x".repeat(255) + "\nb * " + "x".repeat(256) + "\nc * " + "x".repeat(3000));
    assertEquals("x".repeat(255), secret("a", "s"));
    assertNull(secret("b", "s"));
    assertNull(secret("c", "s"));
  }

  /// Security case 19: nothing of the file stays but what was found, and that can be wiped.
  @Test
  void case19SecretsAreWiped() throws SecretsException {
    write("a * one -- password two\n");
    SecretsMatch match = find("a", "x");
    Secret secret = match.secret();
    Word option = match.options().getLast();
    assertEquals("two", option.text());
    match.close();
    assertThrows(IllegalStateException.class, secret::length);
    assertEquals("\0\0\0", option.text());
  }

  @Test
  void noSecretShowsInMessages() throws SecretsException {
    write("a * @/nowhere/sesame\nb * " + "sesame".repeat(100) + "\nc * 'sesame");
    assertNull(secret("a", "x"));
    assertNull(secret("b", "x"));
    assertEquals("sesame", secret("c", "x"));
    var match = find("c", "x");
    assertFalse((log + match.toString()).replace("/nowhere/sesame", "").contains("sesame"));
    match.close();
  }

  private @Nullable String secret(@Nullable String client, @Nullable String server)
      throws SecretsException {
    try (SecretsMatch match = file().find(client, server)) {
      return match == null ? null : text(match.secret());
    }
  }

  private SecretsMatch find(String client, String server) throws SecretsException {
    return assertNotNullMatch(file().find(client, server));
  }

  private static SecretsMatch assertNotNullMatch(@Nullable SecretsMatch match) {
    assertNotNull(match);
    return match == null ? new SecretsMatch(Secret.of(new byte[0]), List.of(), List.of()) : match;
  }

  private SecretsFile file() {
    try {
      int owner = (int) Files.getAttribute(folder, "unix:uid");
      return new SecretsFile(folder.resolve("chap-secrets"), owner, log::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(List<Word> words) {
    return words.stream().map(Word::text).collect(Collectors.joining(" "));
  }

  private static String text(Secret secret) {
    byte[] octets = new byte[secret.length()];
    secret.copyTo(octets, 0);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private Path write(String text) {
    try {
      return write("chap-secrets", text, "rw-------");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    permissions(file, mode);
    return file;
  }

  private static void permissions(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
