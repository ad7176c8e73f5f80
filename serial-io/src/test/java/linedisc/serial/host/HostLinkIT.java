package linedisc.serial.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Devices, addresses and routes as `ip` sees them, in networks of the test's own.
@Tag("host")
class HostLinkIT {
  @BeforeEach
  void assumeNamespaces() throws Exception {
    Namespace.assume();
  }

  private static void play(String unshare, String... scene) throws Exception {
    Namespace.Result result = Namespace.child(unshare, HostScenes.class, scene);
    assertEquals(0, result.status(), result.output());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addresses",
        "defaultRoute",
        "replacedRoute",
        "proxyArp",
        "names",
        "deleted",
        "again",
        "allocation"
      })
  void scene(String name) throws Exception {
    play("-Urn", name);
  }

  @Test
  void nameServers(@TempDir Path folder) throws Exception {
    play("-Urn", "nameServers", folder.resolve("resolv.conf").toString());
  }

  /// A user who is root nowhere is told what to do.
  @Test
  void withoutTheCapability() throws Exception {
    play("-Un", "powerless");
  }
}
