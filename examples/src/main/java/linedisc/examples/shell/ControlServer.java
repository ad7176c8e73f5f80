package linedisc.examples.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import linedisc.examples.cli.CommandException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers commands on a Unix-domain socket that only its owner can open: one command a line, one
/// JSON object a line in reply.
final class ControlServer implements AutoCloseable {
  /// A longer line ends its connection: nobody is to fill our memory.
  static final int MAX_LINE = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Interpreter interpreter;
  private final Path path;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

  private ControlServer(Interpreter interpreter, Path path, ServerSocketChannel server) {
    this.interpreter = interpreter;
    this.path = path;
    this.server = server;
  }

  /// Listens.
  ///
  /// @throws CommandException a sentence, when the path is taken or can't be used
  static ControlServer open(Path path, Interpreter interpreter) throws CommandException {
    try {
      removeStale(path);
      // Made under a name of its own in a folder that nobody else may enter, and moved when its
      // mode is right: it can never be opened by others, not even for a moment.
      Path absolute = path.toAbsolutePath();
      Path folder =
          Files.createTempDirectory(
              absolute.getParent(),
              ".linedisc",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path made = folder.resolve("socket");
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(made));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        Files.move(made, absolute);
      } catch (IOException e) {
        server.close();
        Files.deleteIfExists(made);
        throw e;
      } finally {
        Files.delete(folder);
      }
      var control = new ControlServer(interpreter, absolute, server);
      Thread.ofVirtual().name("control " + path).start(control::accept);
      return control;
    } catch (FileAlreadyExistsException e) {
      throw CommandException.failed(path + " is there already; remove it or choose another", e);
    } catch (IOException e) {
      throw CommandException.failed(
          "can't listen on " + path + ": " + CommandException.reason(e), e);
    }
  }

  /// A socket that nobody answers is left over from a process that has died.
  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // Connecting to a plain file is refused just like connecting to a dead socket.
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE) != SOCKET) {
      throw new FileAlreadyExistsException(path.toString());
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      boolean _ = probe.connect(UnixDomainSocketAddress.of(path));
    } catch (java.net.ConnectException e) {
      Files.delete(path);
      return;
    }
    throw new FileAlreadyExistsException(path.toString());
  }

  private void accept() {
    for (; ; ) {
      try {
        SocketChannel client = server.accept();
        clients.add(client);
        Thread.ofVirtual().name("control client").start(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("control socket: {}", e.getMessage());
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        var in = new BufferedReader(Channels.newReader(client, UTF_8))) {
      for (String line = readLine(in); line != null; line = readLine(in)) {
        byte[] reply = (interpreter.run(line).toJson() + "\n").getBytes(UTF_8);
        for (ByteBuffer out = ByteBuffer.wrap(reply); out.hasRemaining(); ) {
          int _ = client.write(out);
        }
      }
    } catch (IOException e) {
      LOG.debug("control client: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private static @org.jspecify.annotations.Nullable String readLine(BufferedReader in)
      throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("a line of more than " + MAX_LINE + " characters");
      }
      line.append((char) c);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      server.close();
      for (SocketChannel client : clients) {
        client.close();
      }
    } catch (IOException e) {
      LOG.warn("control socket: {}", e.getMessage());
    }
  }
}
