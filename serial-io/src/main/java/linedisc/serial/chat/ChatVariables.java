package linedisc.serial.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a script's strings may refer to.
///
/// @param first text of `\T`; null: none was given
/// @param second text of `\U`; null: none was given
/// @param environment values of `$NAME`, unknown names being empty; null: `$` is an ordinary
///   character
public record ChatVariables(
    @Nullable String first, @Nullable String second, @Nullable Map<String, String> environment) {
  /// None at all.
  public static final ChatVariables NONE = new ChatVariables(null, null, null);
}
