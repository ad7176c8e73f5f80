package linedisc.serial.net;

/// What can be wrong with a request, by the field's names.
public enum NetError {
  /// The name is taken.
  EEXIST("exists already"),
  /// No such interface, or no longer.
  ENXIO("no such interface"),
  /// It must not be done to this one.
  EPERM("not permitted"),
  /// The request makes no sense.
  EINVAL("invalid argument"),
  /// In use.
  EBUSY("in use"),
  /// No unit is left.
  ENOSPC("no unit left"),
  /// The interface is down.
  ENETDOWN("network is down"),
  /// The packet is longer than the interface's MTU.
  EMSGSIZE("message too long"),
  /// The line is gone.
  EIO("input/output error");

  private final String text;

  NetError(String text) {
    this.text = text;
  }

  /// A few words for people.
  public String text() {
    return text;
  }

  /// An exception that begins with this name.
  ///
  /// @param subject what it is about: `ppp0`
  public NetException on(String subject) {
    return this == ENXIO
        ? new InterfaceGoneException(subject)
        : new NetException(this, subject + ": " + text);
  }

  /// An exception that begins with this name.
  ///
  /// @param subject what it is about: `ppp0`
  /// @param why instead of [#text()]
  public NetException on(String subject, String why) {
    return new NetException(this, subject + ": " + why);
  }
}
