package linedisc.examples.modem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A trunk over two streams.
///
/// @param end what makes both streams end
record StreamTrunk(InputStream in, OutputStream out, Runnable end) implements Trunk {
  @Override
  public int read(byte[] buffer) throws IOException {
    return in.read(buffer);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    out.flush();
  }

  @Override
  public void close() {
    end.run();
  }
}
