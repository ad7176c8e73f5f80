package linedisc.serial.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A line over a pair of streams. What waits in them is woken by whatever ends the other side;
/// until then the line is a zombie.
final class StreamLine implements Line {
  private static final int GONE = -1;
  private static final int END = -2;

  private final InputStream in;
  private final OutputStream out;
  private final Runnable wake;
  private volatile String reason = "";

  /// A line over two streams.
  ///
  /// @param wake makes a waiting read or write end, if there is a way
  StreamLine(InputStream in, OutputStream out, Runnable wake) {
    this.in = in;
    this.out = out;
    this.wake = wake;
  }

  @Override
  public int read(byte[] b) {
    try {
      int n = in.read(b, 0, b.length);
      return n < 0 ? END : n;
    } catch (IOException e) {
      return failed(e);
    }
  }

  @Override
  public int write(byte[] b, int off, int len) {
    try {
      out.write(b, off, len);
      out.flush();
      return len;
    } catch (IOException e) {
      return failed(e);
    }
  }

  private int failed(IOException e) {
    reason = String.valueOf(e.getMessage());
    return GONE;
  }

  @Override
  public HangUp gone(int answer) {
    return answer == END ? new HangUp.PeerClosed() : new HangUp.DeviceGone(0, reason);
  }

  @Override
  public void wake() {
    wake.run();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
    try {
      in.close();
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
  }
}
