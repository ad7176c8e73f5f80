package linedisc.serial.capture;

import java.util.HexFormat;

/// A recording shown as the octets of the line.
final class OctetDump implements RecordHandler {
  private static final int INDENT = 6;
  private static final int LINE_END = 78;
  private static final String CONTINUED = "\n" + " ".repeat(INDENT);

  private final DumpText text;

  OctetDump(DumpText text) {
    this.text = text;
  }

  @Override
  public void start(long epochSeconds) {
    text.start(epochSeconds);
  }

  @Override
  public void elapsed(long tenths) {
    text.elapsed(tenths);
  }

  @Override
  public void octets(Direction direction, byte[] buffer, int offset, int length) {
    Direction shown = text.shown(direction);
    text.count(shown, length);
    text.out.print(DumpText.label(shown));
    if (text.style.hexadecimal()) {
      rows(buffer, offset, length);
    } else {
      string(buffer, offset, length);
    }
  }

  private void rows(byte[] buffer, int offset, int length) {
    int done = 0;
    do {
      text.out.print(done == 0 ? "  " : " ".repeat(INDENT));
      int row = Math.min(length - done, DumpText.ROW);
      text.row(buffer, offset + done, row);
      done += row;
    } while (done < length);
  }

  private void string(byte[] buffer, int offset, int length) {
    text.out.print(" \"");
    int column = INDENT;
    for (int i = offset; i < offset + length; i++) {
      String shown = character(buffer[i]);
      column += shown.length();
      if (column >= LINE_END) {
        text.out.print(CONTINUED);
        column = INDENT + shown.length();
      }
      text.out.print(shown);
    }
    text.out.print("\"\n");
  }

  private static String character(byte octet) {
    if (!DumpText.isPrintable(octet)) {
      return "\\" + HexFormat.of().toHexDigits(octet);
    }
    String character = Character.toString(octet);
    return octet == '"' || octet == '\\' ? "\\" + character : character;
  }

  @Override
  public void end(Direction direction) {
    text.out.print("end " + (text.shown(direction) == Direction.SENT ? "send" : "recv") + "\n");
  }

  @Override
  public void unknown(int tag) {
    text.unknown(tag);
  }

  @Override
  public void truncated() {
    text.out.print("EOF\n");
  }
}
