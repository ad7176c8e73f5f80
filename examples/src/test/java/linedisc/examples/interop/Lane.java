package linedisc.examples.interop;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// One lane of a [Guest]: processes and network interfaces that other lanes don't see, a serial
/// port of each kind, and a control port through which scripts are run.
///
/// The control protocol is described in `src/interop/guest/lane`. One script runs at a time; calls
/// exclude each other.
final class Lane implements AutoCloseable {
  /// The kinds of serial port that a lane has.
  enum Port {
    /// A USB adapter, driven by ftdi_sio: the fast one. Of all fast ports that qemu has it is the
    /// only one that never loses an octet: the guest stands still while its line takes nothing.
    USB,
    /// A 16550A, driven by the kernel's 8250 driver.
    UART
  }

  /// How a script ended.
  ///
  /// @param status its exit status; 137 if it was killed for taking too long
  /// @param output what it wrote to standard output and error
  record Result(int status, String output) {}

  static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);

  private static final int HEADER = 32;
  private static final int MAX_OUTPUT = 64 << 20;

  /// What the guest may need beyond a script's own limit, under emulation on a busy machine.
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final int number;
  private final Path folder;
  private final SocketChannel control;
  private final Selector selector;

  /// @param folder where the sockets of the serial ports lie
  /// @param control connected to the lane's control port; closed with this
  Lane(int number, Path folder, SocketChannel control) throws IOException {
    this.number = number;
    this.folder = folder;
    this.control = control;
    this.selector = Selector.open();
    control.configureBlocking(false);
    control.register(selector, SelectionKey.OP_READ);
  }

  /// Waits for the guest's first word on the control port.
  synchronized void awaitReady(Duration limit) throws IOException {
    header(System.nanoTime() + limit.toNanos());
  }

  /// The device of a serial port, in the guest.
  String device(Port port) {
    return switch (port) {
      case USB -> "/dev/usb" + number;
      case UART -> "/dev/ttyS" + (number + 1);
    };
  }

  /// The unix socket on which the other end of a serial port is, on the host. While nobody is
  /// connected, what the guest sends is lost, as on a cable that hangs loose.
  Path socket(Port port) {
    return socket(folder, number, port);
  }

  static Path socket(Path folder, int lane, Port port) {
    return folder.resolve(
        switch (port) {
          case USB -> "usb" + lane;
          case UART -> "uart" + lane;
        });
  }

  /// Runs a shell script.
  ///
  /// @param input its standard input
  /// @param limit after which it is killed; what it left in the background goes on
  /// @throws IOException if the guest has ended or gives no answer
  synchronized Result run(String script, byte[] input, Duration limit) throws IOException {
    byte[] octets = script.getBytes(StandardCharsets.UTF_8);
    long seconds = Math.max(1, limit.toSeconds());
    long deadline = System.nanoTime() + limit.plus(GRACE).toNanos();
    String header = "%-32s".formatted(seconds + " " + octets.length + " " + input.length);
    write(header.getBytes(StandardCharsets.US_ASCII), deadline);
    write(octets, deadline);
    write(input, deadline);
    String[] answer = header(deadline).split(" ", -1);
    int length = Integer.parseInt(answer[1]);
    if (length > MAX_OUTPUT) {
      throw new IOException("a script in the guest has written " + length + " octets");
    }
    return new Result(
        Integer.parseInt(answer[0]), new String(read(length, deadline), StandardCharsets.UTF_8));
  }

  Result run(String script) throws IOException {
    return run(script, new byte[0], DEFAULT_LIMIT);
  }

  /// Runs a script that must end well, and answers what it wrote, without blanks at its end.
  ///
  /// @param doing what failed if it doesn't, for the report
  String must(String doing, String script) throws IOException, CellException {
    Result result = run(script);
    if (result.status() != 0) {
      throw new CellException(
          doing + ": status " + result.status() + ", " + result.output().strip());
    }
    return result.output().strip();
  }

  /// Writes a file in the guest.
  void push(String path, byte[] content) throws IOException, CellException {
    if (run("cat > " + path, content, DEFAULT_LIMIT).status() != 0) {
      throw new CellException("could not write " + path + " in the guest");
    }
  }

  /// The text of a file in the guest; empty if there is none.
  String pull(String path) throws IOException {
    return run("cat " + path + " 2> /dev/null").output();
  }

  /// Ends every process of the lane. Interfaces go with the processes that made them.
  void reset() throws IOException {
    run("kill -9 -1; rm -f /tmp/*; while [ -e /sys/class/net/sl0 ]; do sleep 0.05; done");
  }

  @Override
  public void close() throws IOException {
    selector.close();
    control.close();
  }

  private String header(long deadline) throws IOException {
    return new String(read(HEADER, deadline), StandardCharsets.US_ASCII).strip();
  }

  private byte[] read(int length, long deadline) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int n = control.read(buffer);
      if (n < 0) {
        throw new EOFException("the guest has ended");
      }
      if (n == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return buffer.array();
  }

  private void write(byte[] octets, long deadline) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    while (buffer.hasRemaining()) {
      if (control.write(buffer) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private void await(int operation, long deadline) throws IOException {
    long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer from the guest");
    }
    control.keyFor(selector).interestOps(operation);
    selector.select(millis);
    selector.selectedKeys().clear();
  }
}
