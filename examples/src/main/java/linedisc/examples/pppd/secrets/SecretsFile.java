package linedisc.examples.pppd.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import linedisc.examples.pppd.words.FileText;
import linedisc.examples.pppd.words.Word;
import linedisc.examples.pppd.words.WordReader;
import linedisc.ppp.auth.Secret;
import org.jspecify.annotations.Nullable;

/// A file of lines `client server secret [address ...] [-- option ...]`.
///
/// `*` as a name stands for any. Of the lines that match, an exact client counts for more than an
/// exact server, and of equal ones the first. A secret that begins with `@/` is the first word of
/// the file that it names.
///
/// The file must be a regular one, owned by root or by us, writable by its owner alone, and closed
/// to everybody but its owner and group.
public final class SecretsFile {
  /// Octets of the longest secret.
  public static final int MAX_SECRET = 255;

  private static final int EXACT_CLIENT = 2;
  private static final int EXACT_SERVER = 1;
  private static final String ANY = "*";
  private static final String OPTIONS = "--";

  private final Path path;
  private final int owner;
  private final Consumer<String> log;

  /// A file that is read at each question.
  ///
  /// @param owner our own user number
  /// @param log told in a sentence of lines that can't be used; never of a secret
  public SecretsFile(Path path, int owner, Consumer<String> log) {
    this.path = path;
    this.owner = owner;
    this.log = log;
  }

  /// Whether the file is there at all.
  public boolean exists() {
    return Files.exists(path);
  }

  /// The best line for two names.
  ///
  /// @param client who proves himself; null: any
  /// @param server to whom; null: any
  /// @return null if no line matches
  /// @throws SecretsException if the file is missing or can't be trusted
  public @Nullable SecretsMatch find(@Nullable String client, @Nullable String server)
      throws SecretsException {
    byte[] octets = readTrusted(path);
    List<Word> words = WordReader.words(octets, path.toString(), log);
    Arrays.fill(octets, (byte) 0);
    SecretsMatch best = null;
    int bestRank = -1;
    int start = 0;
    while (start < words.size()) {
      int end = start + 1;
      while (end < words.size() && !words.get(end).firstOnLine()) {
        end++;
      }
      List<Word> line = words.subList(start, end);
      int rank = line.size() < 3 ? -1 : rank(line, client, server);
      SecretsMatch match = rank > bestRank ? match(line) : null;
      if (match != null) {
        if (best != null) {
          best.close();
        }
        best = match;
        bestRank = rank;
      }
      start = end;
    }
    SecretsMatch found = best;
    words.stream()
        .filter(word -> found == null || !found.options().contains(word))
        .forEach(Word::wipe);
    return best;
  }

  /// How well a line fits, or -1.
  private static int rank(List<Word> line, @Nullable String client, @Nullable String server) {
    int asClient = rank(line.get(0).text(), client, EXACT_CLIENT);
    int asServer = rank(line.get(1).text(), server, EXACT_SERVER);
    return asClient < 0 || asServer < 0 ? -1 : asClient + asServer;
  }

  private static int rank(String name, @Nullable String asked, int exact) {
    if (name.equals(ANY)) {
      return 0;
    }
    return asked == null || name.equals(asked) ? exact : -1;
  }

  /// What a line says, or null if its secret can't be had.
  private @Nullable SecretsMatch match(List<Word> line) {
    Secret secret = secret(line.get(2));
    if (secret == null) {
      return null;
    }
    var addresses = new ArrayList<String>();
    int at = 3;
    while (at < line.size() && !line.get(at).text().equals(OPTIONS)) {
      addresses.add(line.get(at++).text());
    }
    List<Word> options = at < line.size() ? line.subList(at + 1, line.size()) : List.of();
    return new SecretsMatch(secret, List.copyOf(addresses), List.copyOf(options));
  }

  private @Nullable Secret secret(Word word) {
    if (word.length() > MAX_SECRET) {
      log.accept(word.source() + ": a secret has " + MAX_SECRET + " octets at most");
      return null;
    }
    if (word.startsWith("@login") && word.length() == "@login".length()) {
      log.accept(word.source() + ": the system's passwords are not asked; give a secret");
      return null;
    }
    return word.startsWith("@/") ? secretOfFile(word) : word.secret();
  }

  private @Nullable Secret secretOfFile(Word word) {
    try {
      Path file = Path.of(word.text().substring(1));
      byte[] octets = readTrusted(file);
      List<Word> words = WordReader.words(octets, file.toString(), log);
      Arrays.fill(octets, (byte) 0);
      Secret secret = null;
      if (words.isEmpty()) {
        log.accept(word.source() + ": there is no secret in " + file);
      } else if (words.getFirst().length() > MAX_SECRET) {
        log.accept(file + ": a secret has " + MAX_SECRET + " octets at most");
      } else {
        secret = words.getFirst().secret();
      }
      words.forEach(Word::wipe);
      return secret;
    } catch (SecretsException e) {
      log.accept(word.source() + ": " + e.sentence());
      return null;
    } catch (InvalidPathException e) {
      log.accept(word.source() + ": no file can have that name");
      return null;
    }
  }

  private byte[] readTrusted(Path file) throws SecretsException {
    try {
      FileText.refuseReadableByAll(file);
      return FileText.readTrusted(file, owner);
    } catch (IOException e) {
      throw new SecretsException(String.valueOf(e.getMessage()));
    }
  }
}
