package linedisc.examples.interop;

/// A cell did not do what it must: it has failed, and the message says at which point.
final class CellException extends Exception {
  private static final long serialVersionUID = 1;

  CellException(String message) {
    super(message);
  }
}
