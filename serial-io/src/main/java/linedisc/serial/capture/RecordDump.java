package linedisc.serial.capture;

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

  /// Shows a whole file.
  ///
  /// @param in stays the caller's to close
  /// @param out is not flushed
  public static void dump(InputStream in, PrintWriter out, Style style) throws IOException {
    var text = new DumpText(out, style);
    new RecordReader(in).read(style.packets() ? new PacketDump(text) : new OctetDump(text));
  }
}
