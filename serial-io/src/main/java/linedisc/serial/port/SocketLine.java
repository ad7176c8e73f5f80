package linedisc.serial.port;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;

/// A line over a connected socket. Closing a channel beside its reads and writes is safe, and is
/// how they are woken.
final class SocketLine implements Line {
  private static final int GONE = -1;
  private static final int END = -2;
  private static final int OCTETS = 4096;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(OCTETS);
  private final ByteBuffer out = ByteBuffer.allocateDirect(OCTETS);
  private volatile String reason = "";

  SocketLine(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(byte[] b) {
    in.clear().limit(Math.min(b.length, OCTETS));
    try {
      int n = channel.read(in);
      if (n > 0) {
        in.get(0, b, 0, n);
      }
      return n < 0 ? END : n;
    } catch (IOException e) {
      return failed(e);
    }
  }

  @Override
  public int write(byte[] b, int off, int len) {
    out.clear().put(b, off, Math.min(len, OCTETS)).flip();
    try {
      return channel.write(out);
    } catch (IOException e) {
      return failed(e);
    }
  }

  private int failed(IOException e) {
    if (!(e instanceof AsynchronousCloseException)) {
      reason = String.valueOf(e.getMessage());
    }
    return GONE;
  }

  @Override
  public HangUp gone(int answer) {
    return answer == END ? new HangUp.PeerClosed() : new HangUp.DeviceGone(0, reason);
  }

  @Override
  public void wake() {
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
  }
}
