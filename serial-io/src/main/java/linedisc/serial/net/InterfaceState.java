package linedisc.serial.net;

/// Where an interface is on its one-way road.
public enum InterfaceState {
  /// Its name and unit are taken; it is still being built, and nobody sees it.
  ALLOCATED(0),
  /// It is there.
  ATTACHED(1),
  /// Somebody destroys it; nothing new starts.
  DETACHING(2),
  /// Its port can't touch it any more.
  UNLINKED(3),
  /// Name and unit are free again.
  FREED(4);

  private final int code;

  InterfaceState(int code) {
    this.code = code;
  }

  /// The step of the road: later ones are higher.
  int code() {
    return code;
  }
}
