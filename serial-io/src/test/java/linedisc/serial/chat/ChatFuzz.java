package linedisc.serial.chat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/// Any script is taken or refused with a sentence; one that is taken comes to an end whatever comes
/// from the line.
class ChatFuzz {
  private static final int SEPARATOR = 0xFF;

  /// A script, and after the octet ff what the modem says.
  @FuzzTest
  void play(byte[] input) {
    int cut = 0;
    while (cut < input.length && (input[cut] & 0xFF) != SEPARATOR) {
      cut++;
    }
    ChatScript script;
    try {
      script =
          ChatScript.ofFile(
              "fuzz", Arrays.copyOf(input, cut), new ChatVariables("1", null, Map.of("A", "b")));
    } catch (ChatSyntaxException e) {
      if (!e.sentence().startsWith("fuzz:")) {
        throw new AssertionError(e);
      }
      return;
    }
    var session =
        new ChatSession(
            script,
            new ChatOptions(1, true, true, ChatOptions.DEFAULT.typing()),
            name -> {
              throw new IOException("there are no files");
            });
    long now = 0;
    int at = Math.min(cut + 1, input.length);
    byte[] octet = new byte[1];
    session.start(now);
    for (int turn = 0; turn < 100 * input.length + 100; turn++) {
      int events = 0;
      while (session.pollEvent() != null) {
        events++;
      }
      if (events > 1000 + 2 * input.length) {
        throw new AssertionError("events wait without bound: " + events);
      }
      if (session.isOver()) {
        return;
      }
      if (session.pollTransmit(octet, 0, 1, now) == 0) {
        int reached = session.receive(input, at, input.length, now);
        if (reached == at) {
          now = Math.max(now, session.pollTimeout());
          session.handleTimeout(now);
        }
        at = reached;
      }
    }
    throw new AssertionError("no end");
  }
}
