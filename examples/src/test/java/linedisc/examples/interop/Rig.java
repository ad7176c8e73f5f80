package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What cells share: a guest, booted when first asked for and again if it has ended.
final class Rig implements AutoCloseable {
  /// An end of each kind, left and right, may be in the guest.
  private static final int LANES = 2;

  private final Path script;
  private final Path logs;
  private @Nullable Guest guest;
  private @Nullable UnavailableException unavailable;

  /// @param script where `build-guest` lies
  /// @param logs where the guest's output is kept
  Rig(Path script, Path logs) {
    this.script = script;
    this.logs = logs;
  }

  /// The guest. If there can be none, that is found out once.
  Guest guest() throws IOException, InterruptedException, UnavailableException {
    if (unavailable != null) {
      throw unavailable;
    }
    if (guest == null) {
      try {
        guest = Guest.start(GuestImage.find(script), LANES, logs);
      } catch (UnavailableException e) {
        unavailable = e;
        throw e;
      }
    }
    return guest;
  }

  /// Throws a guest away that no longer answers.
  void discardGuest() throws IOException {
    if (guest != null) {
      guest.close();
      guest = null;
    }
  }

  @Override
  public void close() throws IOException {
    discardGuest();
  }
}
