package linedisc.serial.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strings to watch for, of ABORT or REPORT.
final class ChatWatch {
  private final List<ChatText> strings = new ArrayList<>();

  /// Adds a string; false if there are too many.
  boolean add(ChatText string) {
    return strings.size() < ChatScript.MAX_STRINGS && strings.add(string);
  }

  /// Removes a string, wherever it is.
  boolean remove(ChatText string) {
    return strings.removeIf(string::equals);
  }

  /// The number, from 0, of the first string that ends at `end`, or -1.
  int endingAt(byte[] buffer, int end) {
    for (int i = 0; i < strings.size(); i++) {
      if (strings.get(i).endsAt(buffer, end)) {
        return i;
      }
    }
    return -1;
  }

  @Nullable ChatText get(int index) {
    return index < 0 ? null : strings.get(index);
  }
}
