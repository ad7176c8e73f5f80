package linedisc.examples.pppd.options;

/// Which options are wanted where not all are.
public enum Subset {
  /// All of them.
  ALL(""),
  /// How a link is negotiated: no files, no devices, nothing of the machine.
  LINK("about the link itself"),
  /// When a session ends by itself, and which of its packets pass and count.
  SESSION("about when a session ends, or which packets pass"),
  /// [#LINK] and [#SESSION], and where the secrets are.
  LINK_AND_SESSION("about the link itself");

  private final String what;

  Subset(String what) {
    this.what = what;
  }

  boolean has(PppdOption option) {
    return switch (this) {
      case ALL -> true;
      case LINK -> isOfLink(option);
      case SESSION -> option.has(Rule.OF_SESSION);
      case LINK_AND_SESSION ->
          isOfLink(option) || option.has(Rule.OF_SESSION) || option.has(Rule.NAMES_SECRETS);
    };
  }

  /// What its options are, as in "is not …".
  String what() {
    return what;
  }

  private static boolean isOfLink(PppdOption option) {
    return (option.area().ofLink() && !option.has(Rule.OF_MACHINE))
        || option.name().equals(TtyOptions.ESCAPE_NAME);
  }
}
