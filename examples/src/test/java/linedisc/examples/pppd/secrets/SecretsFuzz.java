package linedisc.examples.pppd.secrets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import linedisc.examples.pppd.options.TestMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Any secrets file has a line for two names or none, with a secret of bounded length and a list of
/// addresses that can be asked; what is wrong with it is said in sentences.
class SecretsFuzz {
  private static final List<String> NAMES = List.of("client", "server", "*", "");
  private static final int SOME_ADDRESS = 0x0A000001;

  @TempDir Path folder;
  private TestMachine machine;
  private Path file;

  @BeforeEach
  void setUp() throws IOException {
    machine = new TestMachine(folder);
    file = folder.resolve("secrets");
    Files.writeString(file, "");
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @FuzzTest
  void find(byte[] lines) throws IOException, SecretsException {
    Files.write(file, lines);
    var secrets = new SecretsFile(file, machine.privilege().user(), SecretsFuzz::sentence);
    for (String client : NAMES) {
      for (String server : NAMES) {
        SecretsMatch match = secrets.find(client, server);
        if (match != null) {
          use(match);
          match.close();
        }
      }
    }
  }

  private void use(SecretsMatch match) {
    if (match.secret().length() > SecretsFile.MAX_SECRET) {
      throw new AssertionError("a secret of " + match.secret().length());
    }
    boolean _ =
        AddressList.of(match.addresses(), 0, machine, SecretsFuzz::sentence).allows(SOME_ADDRESS);
  }

  private static void sentence(String message) {
    if (message.length() < 10) {
      throw new AssertionError(message);
    }
  }
}
