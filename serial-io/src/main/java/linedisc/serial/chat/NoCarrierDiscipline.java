package linedisc.serial.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import linedisc.serial.tty.ForwardingProtocol;
import linedisc.serial.tty.Line;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.LineProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// A line discipline over a modem's line that has no carrier signal: it hears the modem say NO
/// CARRIER, and posts a [CarrierLost] to the tty's events. Around PPP or SLIP.
///
/// The words count only as a line of their own right behind the end of a frame. No packet can look
/// like that: to PPP they would begin with protocol 0x0d, which RFC 1661 reserves, to SLIP with an
/// IP version 0.
public final class NoCarrierDiscipline implements LineDiscipline {
  /// The modem has lost the carrier.
  public record CarrierLost() {}

  private static final byte[] WORDS = "\r\nNO CARRIER\r\n".getBytes(US_ASCII);
  private static final int ESCAPES = 3;
  private static final byte PPP_FLAG = 0x7e;
  private static final byte SLIP_END = (byte) 0xc0;

  private final LineDiscipline inner;

  /// Listens beside another discipline.
  public NoCarrierDiscipline(LineDiscipline inner) {
    this.inner = inner;
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
    return new Listening(line, inner.open(line));
  }

  private static final class Listening extends ForwardingProtocol {
    private final Line line;

    // The reader's.
    private boolean frameEnded;
    private int escapes;
    private int heard;

    Listening(Line line, LineProtocol protocol) {
      super(protocol);
      this.line = line;
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      int reached = super.decode(buffer, offset, end, frames);
      for (int i = offset; i < reached; i++) {
        listen(buffer[i]);
      }
      return reached;
    }

    private void listen(byte octet) {
      if (octet == PPP_FLAG || octet == SLIP_END) {
        frameEnded = true;
        escapes = 0;
        heard = 0;
      } else if (frameEnded && heard == 0 && octet == '+' && escapes < ESCAPES) {
        escapes++;
      } else if (frameEnded && octet == WORDS[heard]) {
        heard++;
        if (heard == WORDS.length) {
          frameEnded = false;
          heard = 0;
          line.post(new CarrierLost());
        }
      } else {
        frameEnded = false;
        heard = 0;
      }
    }
  }
}
