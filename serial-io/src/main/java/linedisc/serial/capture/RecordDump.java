package linedisc.serial.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.ZoneId;

/// Shows a `record` file as text, in the lines of pppd's pppdump.
///
/// Whatever the file holds, memory stays bounded and what is shown is printable ASCII.
public final class RecordDump {
  /// How a recording is shown.
  ///
  /// @param hexadecimal octets as hexadecimal digits beside their characters; otherwise as a quoted
  ///   string
  /// @param packets PPP frames without their stuffing instead of octets, always in hexadecimal
  /// @param reverse as the other end of the line saw it
  /// @param absoluteTimes the time of day, with totals, instead of the time that passed
  /// @param mru frames with more octets of information are marked; 1..65535
  /// @param zone in which times are shown
  public record Style(
      boolean hexadecimal,
      boolean packets,
      boolean reverse,
      boolean absoluteTimes,
      int mru,
      ZoneId zone) {
    /// Checks the MRU.
    public Style {
      if (mru < 1 || mru > 65535) {
        throw new IllegalArgumentException("an MRU of " + mru);
      }
    }
  }

  private RecordDump() {}

  /// Shows a whole file. Octets in the midst of it that begin no entry are shown as such.
  ///
  /// @param in stays the caller's to close
  /// @param out is not flushed
  /// @return false: the first octet begins no entry, so this is something else, and nothing is
  ///   shown
  public static boolean dump(InputStream in, PrintWriter out, Style style) throws IOException {
    var whole = new BufferedInputStream(in);
    whole.mark(1);
    int first = whole.read();
    if (first >= 0 && !RecordTag.isTag(first)) {
      return false;
    }
    whole.reset();
    var text = new DumpText(out, style);
    new RecordReader(whole).read(style.packets() ? new PacketDump(text) : new OctetDump(text));
    return true;
  }
}
