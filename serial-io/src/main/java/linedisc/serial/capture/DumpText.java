package linedisc.serial.capture;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/// The lines that both views of a recording share: times with totals, and rows of octets.
final class DumpText {
  /// Octets of a row in hexadecimal.
  static final int ROW = 16;

  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  final PrintWriter out;
  final RecordDump.Style style;
  private long epochTenths;
  private long sent;
  private long received;

  DumpText(PrintWriter out, RecordDump.Style style) {
    this.out = out;
    this.style = style;
  }

  /// The direction to show for the one that was recorded.
  Direction shown(Direction recorded) {
    return style.reverse() ? recorded.opposite() : recorded;
  }

  /// What begins a line about octets of a direction.
  static String label(Direction shown) {
    return shown == Direction.SENT ? "sent" : "rcvd";
  }

  /// Adds to the totals.
  void count(Direction shown, int octets) {
    if (shown == Direction.SENT) {
      sent += octets;
    } else {
      received += octets;
    }
  }

  void start(long epochSeconds) {
    epochTenths = epochSeconds * 10;
    sent = 0;
    received = 0;
    out.print("start " + DATE.format(time()) + "\n");
  }

  void elapsed(long tenths) {
    // Every 32-bit step fits; the sum is kept in the range of a time that can be shown.
    epochTenths = (epochTenths + tenths) & 0xFF_FFFF_FFFFL;
    if (style.absoluteTimes()) {
      out.print("time  " + TIME_OF_DAY.format(time()) + "." + epochTenths % 10);
      out.print("  (sent " + sent + ", rcvd " + received + ")\n");
    } else {
      out.print("time  " + tenths / 10 + "." + tenths % 10 + "s\n");
    }
  }

  /// An octet that begins no entry.
  void unknown(int tag) {
    out.print("?" + HEX.toHexDigits((byte) tag) + "\n");
  }

  /// A row: its octets in hexadecimal, filled up to the width of [#ROW], then as characters.
  void row(byte[] buffer, int offset, int length) {
    for (int i = 0; i < ROW; i++) {
      out.print(i < length ? " " + HEX.toHexDigits(buffer[offset + i]) : "   ");
    }
    out.print("  ");
    for (int i = 0; i < length; i++) {
      int octet = buffer[offset + i];
      out.print(isPrintable(octet) ? (char) octet : '.');
    }
    out.print("\n");
  }

  static boolean isPrintable(int octet) {
    return octet >= ' ' && octet <= '~';
  }

  private ZonedDateTime time() {
    return Instant.ofEpochSecond(epochTenths / 10).atZone(style.zone());
  }
}
