package linedisc.examples.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import linedisc.examples.cli.Json;
import org.jspecify.annotations.Nullable;

/// What a command has to say.
///
/// @param status 0: done; 1: it failed; 2: it was not understood
/// @param error the error's name (`EEXIST`), or null
/// @param text for people, lines without a final newline; may be empty
/// @param data for programs, of the kinds that [Json] writes, or null
public record Answer(int status, @Nullable String error, String text, @Nullable Object data) {
  /// Done, and nothing to say.
  public static Answer done() {
    return new Answer(0, null, "", null);
  }

  /// Done.
  public static Answer done(String text, Object data) {
    return new Answer(0, null, text, data);
  }

  /// It failed.
  public static Answer failed(String error, String sentence) {
    return new Answer(1, error, sentence, null);
  }

  /// It makes no sense.
  public static Answer misunderstood(String sentence) {
    return new Answer(2, "EINVAL", sentence, null);
  }

  /// One JSON object on one line.
  String toJson() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("ok", status == 0);
    object.put("status", status);
    if (error != null) {
      object.put("error", error);
    }
    object.put("text", text);
    if (data != null) {
      object.put("data", data);
    }
    return Json.write(object);
  }
}
