package linedisc.serial.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;

/// Any file is shown without an exception, in printable ASCII, in proportion to its length.
class RecordFuzz {
  @FuzzTest
  void dump(byte[] file) throws IOException {
    if (file.length == 0) {
      return;
    }
    int flags = file[0];
    var style =
        new RecordDump.Style(
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            (flags & 8) != 0,
            1500,
            ZoneOffset.UTC);
    var shown = new StringWriter();
    RecordDump.dump(
        new ByteArrayInputStream(file, 1, file.length - 1), new PrintWriter(shown), style);
    String text = shown.toString();
    if (text.length() > 100 + 100L * file.length) {
      throw new AssertionError("grew from " + file.length + " to " + text.length());
    }
    if (!text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))) {
      throw new AssertionError("not printable: " + text);
    }
  }
}
