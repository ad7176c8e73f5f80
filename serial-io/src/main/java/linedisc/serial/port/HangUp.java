package linedisc.serial.port;

import java.time.Duration;

/// Why a line has gone.
public sealed interface HangUp {
  /// The far side has closed: end of stream, a pty whose other side was closed, a wire pulled out.
  record PeerClosed() implements HangUp {
    @Override
    public String text() {
      return "the other side has closed the line";
    }
  }

  /// The device answers with an error: unplugged, or hung up.
  ///
  /// @param errno the system's number for it, 0 if unknown
  /// @param reason the system's words for it
  record DeviceGone(int errno, String reason) implements HangUp {
    @Override
    public String text() {
      return "the device has gone (" + reason + ")";
    }
  }

  /// Nothing could be sent for too long: flow control holds the line, or nobody reads.
  ///
  /// @param after for how long
  record LineStalled(Duration after) implements HangUp {
    @Override
    public String text() {
      return "the line took nothing for " + after.toSeconds() + " s";
    }
  }

  /// The transport's user has thrown an exception.
  ///
  /// @param failure what it threw
  record UserFailed(Throwable failure) implements HangUp {
    @Override
    public String text() {
      return "an internal error: " + failure;
    }
  }

  /// A clause for a log line.
  String text();
}
