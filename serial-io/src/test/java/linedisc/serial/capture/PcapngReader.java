package linedisc.serial.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads what [PcapngWriter] may write, strictly: anything else is an error. Written from the
/// format's description, with nothing of the writer's.
final class PcapngReader {
  record Interface(String name, int linkType, int snapLength) {}

  record Packet(
      int interfaceNumber, boolean outbound, long epochNanos, int length, String octets) {}

  record Statistics(int interfaceNumber, long epochNanos, long seen, long dropped) {}

  final List<Interface> interfaces = new ArrayList<>();
  final List<Packet> packets = new ArrayList<>();
  final List<Statistics> statistics = new ArrayList<>();

  PcapngReader(byte[] file) {
    var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean first = true;
    while (in.hasRemaining()) {
      int start = in.position();
      int type = in.getInt();
      int length = in.getInt();
      check(length % 4 == 0 && length >= 12, "block length " + length);
      check(in.getInt(start + length - 4) == length, "trailing block length");
      check(first == (type == 0x0A0D0D0A), "a section header where it belongs");
      var body =
          in.slice(in.position(), length - 12).order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer();
      body.order(ByteOrder.LITTLE_ENDIAN);
      switch (type) {
        case 0x0A0D0D0A -> section(body);
        case 1 -> description(body);
        case 5 -> statistics(body);
        case 6 -> packet(body);
        default -> throw new AssertionError("block type " + type);
      }
      in.position(start + length);
      first = false;
    }
    check(!first, "a section header");
  }

  private static void section(ByteBuffer body) {
    check(body.getInt() == 0x1A2B3C4D, "byte order");
    check(body.getShort() == 1 && body.getShort() == 0, "version");
    check(body.getLong() == -1, "section length");
    check(option(options(body), 4).length > 0, "an application");
  }

  private void description(ByteBuffer body) {
    int linkType = Short.toUnsignedInt(body.getShort());
    check(body.getShort() == 0, "reserved");
    int snapLength = body.getInt();
    var options = options(body);
    byte[] resolution = option(options, 9);
    check(resolution.length == 1 && resolution[0] == 9, "nanoseconds");
    byte[] name = option(options, 2);
    interfaces.add(new Interface(new String(name, StandardCharsets.UTF_8), linkType, snapLength));
  }

  private void packet(ByteBuffer body) {
    int number = body.getInt();
    check(number >= 0 && number < interfaces.size(), "interface " + number);
    long time = time(body);
    int kept = body.getInt();
    int length = body.getInt();
    check(kept <= length && kept <= interfaces.get(number).snapLength(), "kept " + kept);
    byte[] octets = padded(body, kept);
    byte[] flags = option(options(body), 2);
    check(flags.length == 4, "flags");
    check(flags[0] == 1 || flags[0] == 2, "direction");
    packets.add(new Packet(number, flags[0] == 2, time, length, HexFormat.of().formatHex(octets)));
  }

  private void statistics(ByteBuffer body) {
    int number = body.getInt();
    long time = time(body);
    var options = options(body);
    statistics.add(
        new Statistics(number, time, longOf(option(options, 4)), longOf(option(options, 5))));
  }

  private static byte[] option(Map<Integer, byte[]> options, int code) {
    byte[] value = options.get(code);
    if (value == null) {
      throw new AssertionError("no option " + code);
    }
    return value;
  }

  private static long longOf(byte[] value) {
    check(value.length == 8, "a counter of 8 octets");
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static long time(ByteBuffer body) {
    long upper = body.getInt();
    return upper << 32 | Integer.toUnsignedLong(body.getInt());
  }

  private static Map<Integer, byte[]> options(ByteBuffer body) {
    var options = new TreeMap<Integer, byte[]>();
    while (true) {
      int code = Short.toUnsignedInt(body.getShort());
      byte[] value = padded(body, Short.toUnsignedInt(body.getShort()));
      if (code == 0) {
        check(value.length == 0 && !body.hasRemaining(), "end of options");
        return options;
      }
      check(options.put(code, value) == null, "one option " + code);
    }
  }

  private static byte[] padded(ByteBuffer body, int length) {
    byte[] octets = new byte[length];
    body.get(octets);
    for (int i = length; i % 4 != 0; i++) {
      check(body.get() == 0, "padding of zeros");
    }
    return octets;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not as it should be: " + what);
    }
  }
}
