package linedisc.serial.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes a pcapng capture: little endian, one interface description block for each interface, one
/// enhanced packet block for each packet with its direction and a time in nanoseconds.
///
/// Blocks gather in a buffer of the writer's own and reach the file when it is full, or with
/// [#flush]: a tap's consumer flushes when its ring is empty, so that a program which follows the
/// file sees packets at once and a busy line costs few writes. Nothing is allocated per packet.
///
/// Threads: any; calls exclude each other. They block on the file, so no lock of a port or
/// interface may be held.
///
/// Errors: an [IOException] of the file is thrown to the caller that met it. A block may be cut
/// short then; the writer should be closed.
///
/// The format is that of draft-ietf-opsawg-pcapng, sections 4.1 to 4.6.
public final class PcapngWriter implements Closeable, Flushable {
  /// Octets of a packet that are kept; of a longer one the length is told and the rest left out.
  public static final int SNAP_LENGTH = 65535;

  private static final int SECTION_HEADER_BLOCK = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION_BLOCK = 1;
  private static final int INTERFACE_STATISTICS_BLOCK = 5;
  private static final int ENHANCED_PACKET_BLOCK = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  private static final int END_OF_OPTIONS = 0;
  private static final int SHB_USERAPPL = 4;
  private static final int IF_NAME = 2;
  private static final int IF_TSRESOL = 9;
  private static final int EPB_FLAGS = 2;
  private static final int ISB_IFRECV = 4;
  private static final int ISB_IFDROP = 5;

  private static final int NANOSECONDS = 9;
  private static final int FLAG_INBOUND = 1;
  private static final int FLAG_OUTBOUND = 2;

  /// Octets of an enhanced packet block apart from the packet and its padding.
  private static final int PACKET_OVERHEAD = 12 + 20 + 8 + 4;

  /// Longest name of an interface or program that is written, in octets.
  private static final int MAX_NAME = 255;

  private static final String APPLICATION = "linedisc";

  private record Interface(String name, LinkType linkType) {}

  /// Where a capture goes when the file in use is full.
  private interface Segments {
    OutputStream next() throws IOException;
  }

  private final Segments segments;
  private final long maxOctets;
  private final List<Interface> interfaces = new ArrayList<>();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(SNAP_LENGTH + 1 + PACKET_OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
  private OutputStream out;

  /// Octets of the section in use, those in the buffer included.
  private long octets;

  /// Octets of the section's headers: a section with nothing else is never full.
  private long headerOctets;

  private boolean closed;

  /// The last error of the file.
  private @Nullable IOException failure;

  private PcapngWriter(Segments segments, long maxOctets) throws IOException {
    this.segments = segments;
    this.maxOctets = maxOctets;
    this.out = segments.next();
    beginSection();
  }

  /// One capture without an end. `out` is closed with the writer; it needs no buffer of its own.
  public static PcapngWriter to(OutputStream out) throws IOException {
    Objects.requireNonNull(out);
    return new PcapngWriter(() -> out, Long.MAX_VALUE);
  }

  /// A capture in files of about `maxOctets`: when `file` is full it becomes `name.1.suffix`, what
  /// had that name becomes `name.2.suffix`, and so on; the oldest is deleted. Each file is a
  /// capture of its own.
  ///
  /// @param file the file in use; overwritten if it exists
  /// @param maxOctets a file's length at which the next begins, at least 1
  /// @param files how many are kept, the one in use included, at least 1
  public static PcapngWriter rotating(Path file, long maxOctets, int files) throws IOException {
    if (maxOctets < 1) {
      throw new IllegalArgumentException("a file of " + maxOctets + " octets");
    }
    var rotation = new FileRotation(file, files);
    return new PcapngWriter(rotation::next, maxOctets);
  }

  /// Describes an interface, unless one of that name and type is described already: an interface
  /// that is destroyed and created again goes on under its number.
  ///
  /// @param name as `ppp0`; at most 255 octets of it are written
  /// @return the number by which [#write] knows it
  public synchronized int addInterface(String name, LinkType linkType) throws IOException {
    var added = new Interface(name, linkType);
    int known = interfaces.indexOf(added);
    if (known >= 0) {
      return known;
    }
    interfaces.add(added);
    describe(added);
    return interfaces.size() - 1;
  }

  /// Appends a packet.
  ///
  /// @param interfaceNumber from [#addInterface]
  /// @param epochNanos when it passed the tap, nanoseconds since 1970-01-01T00:00Z
  /// @param packet the caller's; only read
  public synchronized void write(
      int interfaceNumber,
      Direction direction,
      long epochNanos,
      byte[] packet,
      int offset,
      int length)
      throws IOException {
    Objects.checkIndex(interfaceNumber, interfaces.size());
    Objects.checkFromIndexSize(offset, length, packet.length);
    int kept = Math.min(length, SNAP_LENGTH);
    int blockLength = PACKET_OVERHEAD + padded(kept);
    if (octets + blockLength > maxOctets && octets > headerOctets) {
      nextSegment();
    }
    begin(ENHANCED_PACKET_BLOCK, blockLength);
    buffer.putInt(interfaceNumber);
    putTime(epochNanos);
    buffer.putInt(kept).putInt(length);
    putPadded(packet, offset, kept);
    buffer.putShort((short) EPB_FLAGS).putShort((short) 4);
    buffer.putInt(direction == Direction.SENT ? FLAG_OUTBOUND : FLAG_INBOUND);
    end(blockLength);
  }

  /// Appends an interface's counters: what the tap saw and what it had to drop for want of room.
  ///
  /// @param interfaceNumber from [#addInterface]
  /// @param epochNanos when they were read, nanoseconds since 1970-01-01T00:00Z
  public synchronized void writeStatistics(
      int interfaceNumber, long epochNanos, long seen, long dropped) throws IOException {
    Objects.checkIndex(interfaceNumber, interfaces.size());
    int blockLength = 12 + 12 + 12 + 12 + 4;
    begin(INTERFACE_STATISTICS_BLOCK, blockLength);
    buffer.putInt(interfaceNumber);
    putTime(epochNanos);
    buffer.putShort((short) ISB_IFRECV).putShort((short) 8).putLong(seen);
    buffer.putShort((short) ISB_IFDROP).putShort((short) 8).putLong(dropped);
    end(blockLength);
  }

  @Override
  public synchronized void flush() throws IOException {
    if (!closed) {
      drain();
      out.flush();
    }
  }

  /// Flushes and closes the file. Nothing may be written afterwards.
  ///
  /// @throws IOException also when an earlier write has failed, so that whoever closes a capture
  ///   learns that it is not whole
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      endSegment();
    }
    if (failure != null) {
      // A new one: that which was thrown before may be on its way through this very close.
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void endSegment() throws IOException {
    try (OutputStream ended = out) {
      drain();
      ended.flush();
    }
  }

  private void nextSegment() throws IOException {
    endSegment();
    out = segments.next();
    beginSection();
  }

  private void beginSection() throws IOException {
    octets = 0;
    headerOctets = 0;
    byte[] application = text(APPLICATION);
    int blockLength = 12 + 16 + 4 + padded(application.length) + 4;
    begin(SECTION_HEADER_BLOCK, blockLength);
    buffer.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
    buffer.putLong(-1); // the section's length is not known
    putOption(SHB_USERAPPL, application);
    end(blockLength);
    headerOctets = octets;
    for (Interface described : interfaces) {
      describe(described);
    }
  }

  private void describe(Interface described) throws IOException {
    byte[] name = text(described.name);
    int blockLength = 12 + 8 + 4 + padded(name.length) + 8 + 4;
    begin(INTERFACE_DESCRIPTION_BLOCK, blockLength);
    buffer.putShort((short) described.linkType.number()).putShort((short) 0);
    buffer.putInt(SNAP_LENGTH);
    putOption(IF_NAME, name);
    putOption(IF_TSRESOL, new byte[] {NANOSECONDS});
    end(blockLength);
    headerOctets += blockLength;
  }

  private void begin(int blockType, int blockLength) throws IOException {
    if (closed) {
      throw new IOException("the capture is closed");
    }
    if (blockLength > buffer.remaining()) {
      drain();
    }
    buffer.putInt(blockType).putInt(blockLength);
  }

  private void end(int blockLength) {
    buffer.putInt(END_OF_OPTIONS);
    buffer.putInt(blockLength);
    octets += blockLength;
  }

  private void drain() throws IOException {
    try {
      out.write(buffer.array(), 0, buffer.position());
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      // Kept octets would be written twice, or the writer stay full for ever.
      buffer.clear();
    }
  }

  /// The time as pcapng has it: the upper half first, in each block.
  private void putTime(long epochNanos) {
    buffer.putInt((int) (epochNanos >>> 32)).putInt((int) epochNanos);
  }

  private void putOption(int code, byte[] value) {
    buffer.putShort((short) code).putShort((short) value.length);
    putPadded(value, 0, value.length);
  }

  private void putPadded(byte[] source, int offset, int length) {
    buffer.put(source, offset, length);
    for (int i = length; i < padded(length); i++) {
      buffer.put((byte) 0);
    }
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return utf8.length <= MAX_NAME ? utf8 : Arrays.copyOf(utf8, MAX_NAME);
  }
}
