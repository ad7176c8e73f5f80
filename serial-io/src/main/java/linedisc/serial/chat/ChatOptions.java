package linedisc.serial.chat;

import java.time.Duration;

/// How a script is played.
///
/// @param timeoutSeconds how long a string may take to come, until TIMEOUT says otherwise; 1 or
///   more
/// @param verbose whether what is expected, sent and received is logged
/// @param echo whether received text is shown to the user, until ECHO says otherwise
/// @param typing time between one octet sent and the next; modems that are slow to listen need it
public record ChatOptions(int timeoutSeconds, boolean verbose, boolean echo, Duration typing) {
  /// 45 seconds, neither log nor echo, 10 ms between octets.
  public static final ChatOptions DEFAULT =
      new ChatOptions(ChatScript.DEFAULT_TIMEOUT, false, false, Duration.ofMillis(10));

  /// Checks the times.
  public ChatOptions {
    if (timeoutSeconds < 1 || typing.isNegative()) {
      throw new IllegalArgumentException("times must be positive");
    }
  }
}
