package linedisc.examples.interop;

/// Something that a cell needs is missing on this machine: the cell is skipped, and the message
/// says why.
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  UnavailableException(String message) {
    super(message);
  }
}
