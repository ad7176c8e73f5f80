package linedisc.serial.forward.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has programs of this machine reach a server over the line: what connects to a port of the
/// loopback interface is connected by a [TcpStack] to an address beyond the forwarder's interfaces.
/// Each direction ends for itself.
public final class TcpRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);
  private static final int BACKLOG = 16;
  private static final int CHUNK = 8192;

  /// Connections at a time; more wait.
  private static final int MOST = 64;

  private final TcpStack stack;
  private final ServerSocket server;
  private final InetAddress remote;
  private final int remotePort;
  private final Executor executor;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<TcpSocket> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST);

  private TcpRelay(
      TcpStack stack, ServerSocket server, InetAddress remote, int remotePort, Executor executor) {
    this.stack = stack;
    this.server = server;
    this.remote = remote;
    this.remotePort = remotePort;
    this.executor = executor;
  }

  /// Begins to listen on the loopback interface.
  ///
  /// @param localPort 0: any that is free
  /// @param executor runs tasks that wait, one for each connection and one more: virtual threads
  ///   will do
  /// @throws IOException the port is taken
  public static TcpRelay open(
      TcpStack stack, int localPort, InetAddress remote, int remotePort, Executor executor)
      throws IOException {
    ServerSocket server = new ServerSocket(localPort, BACKLOG, InetAddress.getLoopbackAddress());
    TcpRelay relay = new TcpRelay(stack, server, remote, remotePort, executor);
    executor.execute(relay::accept);
    return relay;
  }

  /// The port that it listens on.
  public int localPort() {
    return server.getLocalPort();
  }

  /// Ends it, and its connections at once.
  @Override
  public void close() {
    closeQuietly(server);
    clients.forEach(TcpRelay::closeQuietly);
    connections.forEach(TcpSocket::abort);
  }

  private void accept() {
    try {
      while (true) {
        places.acquire();
        Socket client = server.accept();
        clients.add(client);
        executor.execute(() -> serve(client));
      }
    } catch (IOException e) {
      LOG.debug("relay on port {} ended: {}", localPort(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (server.isClosed()) {
        return;
      }
      TcpSocket far = stack.connect(remote, remotePort);
      connections.add(far);
      try {
        if (server.isClosed()) {
          far.abort();
        }
        pass(client, far);
      } finally {
        connections.remove(far);
      }
    } catch (IOException e) {
      LOG.debug("{} port {}: {}", remote, remotePort, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
      places.release();
    }
  }

  /// Passes octets both ways, until both have ended.
  private void pass(Socket client, TcpSocket far) throws InterruptedException {
    Thread up = Thread.ofVirtual().name("relay to " + remote).start(() -> up(client, far));
    try {
      down(far, client);
      up.join();
    } catch (InterruptedException e) {
      far.abort();
      throw e;
    }
  }

  private static void up(Socket client, TcpSocket far) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = client.getInputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        far.write(chunk, 0, n);
      }
      far.close();
    } catch (IOException e) {
      far.abort();
      closeQuietly(client);
    } catch (InterruptedException e) {
      far.abort();
    }
  }

  private static void down(TcpSocket far, Socket client) throws InterruptedException {
    byte[] chunk = new byte[CHUNK];
    try {
      OutputStream out = client.getOutputStream();
      for (int n = far.read(chunk, 0, chunk.length); n >= 0; n = far.read(chunk, 0, chunk.length)) {
        out.write(chunk, 0, n);
      }
      client.shutdownOutput();
    } catch (IOException e) {
      far.abort();
      closeQuietly(client);
    }
  }

  private static void closeQuietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      LOG.debug("not closed: {}", e.getMessage());
    }
  }
}
