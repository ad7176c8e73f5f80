package linedisc.examples.pppd.options;

/// What holds for an option besides its meaning.
public enum Rule {
  /// Only a privileged source may use it.
  PRIVILEGED,
  /// Once a privileged source has set it, no other may change it.
  FIXED_BY_PRIVILEGE,
  /// A source of lower priority does not change it.
  KEEPS_PRIORITY,
  /// Only before the link starts.
  BEFORE_START,
  /// Names the line, which is fixed after the command line has been read.
  NAMES_LINE,
  /// Adds to what other options of its group say, instead of replacing it.
  ADDS,
  /// May be given several times; each adds a value.
  LIST,
  /// About the machine rather than the link itself.
  OF_MACHINE,
  /// About when a session ends by itself, or which packets pass: can still be said when the peer
  /// has proved who it is.
  OF_SESSION,
  /// Names a file of secrets.
  NAMES_SECRETS,
  /// Not listed by `dump`.
  UNSHOWN
}
