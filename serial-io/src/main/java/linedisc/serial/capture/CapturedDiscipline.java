package linedisc.serial.capture;

import java.io.IOException;
import java.time.Instant;
import linedisc.serial.tty.ForwardingProtocol;
import linedisc.serial.tty.Line;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.LineProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line discipline whose frames are written to a capture: all of them, control packets included,
/// as they are between framing and engine. Around any other discipline.
///
/// The port's reader and writer write to the file themselves, with no lock held; a slow disk slows
/// the line. When the file fails that is logged once, and the line goes on without its capture.
public final class CapturedDiscipline implements LineDiscipline {
  private static final Logger LOG = LoggerFactory.getLogger(CapturedDiscipline.class);

  private final LineDiscipline inner;
  private final PcapngWriter writer;
  private final int number;
  private volatile boolean failed;

  /// Captures another discipline's frames.
  ///
  /// @param writer stays the caller's, who closes it after the ports
  /// @param name the interface's name in the capture
  /// @param type what a frame of this discipline begins with
  public CapturedDiscipline(LineDiscipline inner, PcapngWriter writer, String name, LinkType type)
      throws IOException {
    this.inner = inner;
    this.writer = writer;
    this.number = writer.addInterface(name, type);
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public @Nullable String interfaceType() {
    return inner.interfaceType();
  }

  @Override
  public LineProtocol open(Line line) {
    return new Captured(inner.open(line));
  }

  private void write(Direction direction, FrameBatch frames, int index) {
    if (failed || frames.length(index) == 0) {
      return;
    }
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    try {
      writer.write(
          number, direction, nanos, frames.buffer(), frames.offset(index), frames.length(index));
    } catch (IOException e) {
      failed = true;
      LOG.warn("capture ended: {}", e.getMessage());
    }
  }

  /// The inner protocol with a look at what passes.
  private final class Captured extends ForwardingProtocol {
    Captured(LineProtocol protocol) {
      super(protocol);
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      int reached = super.decode(buffer, offset, end, frames);
      for (int i = 0; i < frames.count(); i++) {
        write(Direction.RECEIVED, frames, i);
      }
      return reached;
    }

    @Override
    public int encode(FrameBatch frames, int index, byte[] target, int offset) {
      write(Direction.SENT, frames, index);
      return super.encode(frames, index, target, offset);
    }
  }
}
