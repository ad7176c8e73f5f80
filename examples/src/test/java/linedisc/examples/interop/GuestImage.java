package linedisc.examples.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The kernel and the initramfs of a guest, as `src/interop/build-guest` makes them.
///
/// @param folder holds `vmlinux`, `initrd` and `versions`
record GuestImage(Path folder) {
  /// Long enough to download the packages over a slow line.
  private static final long BUILD_MINUTES = 15;

  private static final Path KVM = Path.of("/dev/kvm");

  /// The image for the scripts as they are now. It is built if need be; nothing is installed.
  ///
  /// @param script where `build-guest` lies
  /// @throws UnavailableException with the reason if this machine can have none
  static GuestImage find(Path script)
      throws IOException, InterruptedException, UnavailableException {
    if (!Child.isInstalled("bash")) {
      throw new UnavailableException("bash is not installed");
    }
    Path errors = Files.createTempFile("build-guest", ".log");
    Process process =
        new ProcessBuilder("bash", script.toString(), "--no-install")
            .redirectError(errors.toFile())
            .start();
    try {
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        List<String> said = Files.readAllLines(errors);
        throw new UnavailableException(
            said.isEmpty() ? "build-guest said nothing" : said.getLast());
      }
      return new GuestImage(Path.of(printed));
    } finally {
      process.destroy();
      Files.deleteIfExists(errors);
    }
  }

  Path kernel() {
    return folder.resolve("vmlinux");
  }

  Path initrd() {
    return folder.resolve("initrd");
  }

  /// What is in it, for the report: packages and their versions.
  List<String> versions() throws IOException {
    return Files.readAllLines(folder.resolve("versions"));
  }

  /// The accelerators of qemu to try, in this order. A KVM that opens may still hang or crash the
  /// guest: once it did, it is not tried again with this image.
  List<String> accelerators() throws IOException {
    Path proven = folder.resolve("accelerator");
    boolean kvm =
        Files.isWritable(KVM)
            && (!Files.exists(proven) || Files.readString(proven).strip().equals("kvm"));
    return kvm ? List.of("kvm", "tcg") : List.of("tcg");
  }

  /// Remembers an accelerator with which this image has booted.
  void proved(String accelerator) throws IOException {
    Files.writeString(folder.resolve("accelerator"), accelerator + "\n");
  }
}
