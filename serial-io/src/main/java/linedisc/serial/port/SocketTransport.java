package linedisc.serial.port;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A line over TCP: terminal servers, emulators, modem pools. The octets pass as they are.
public final class SocketTransport implements SerialTransport {
  private final String name;
  private final LineDriver driver;

  /// A line over a connection that somebody else has made or accepted; it is closed with the line.
  ///
  /// @param channel connected and blocking
  public SocketTransport(String name, SocketChannel channel) {
    this.name = name;
    this.driver = new LineDriver(name, new SocketLine(channel), Duration.ZERO);
  }

  /// Connects.
  ///
  /// @param timeout for the connection alone; names are looked up for as long as that takes
  /// @throws PortException when nobody answers there
  public static SocketTransport connect(String host, int port, Duration timeout)
      throws PortException {
    String name = host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new PortException(
          PortException.Reason.NOT_FOUND, "The host " + host + " is not known.");
    }
    try {
      return new SocketTransport(name, connect(address, timeout));
    } catch (SocketTimeoutException e) {
      throw refused(name + " does not answer.");
    } catch (ConnectException e) {
      throw refused("Nobody listens at " + name + ".");
    } catch (NoRouteToHostException e) {
      throw refused("There is no route to " + name + ".");
    } catch (IOException e) {
      throw refused(name + " can't be connected to: " + e.getMessage() + ".");
    }
  }

  private static SocketChannel connect(InetSocketAddress address, Duration timeout)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
      // Frames are written whole; waiting for more would only delay them.
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static PortException refused(String message) {
    return new PortException(PortException.Reason.NOT_FOUND, message);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public void workReady() {
    driver.workReady();
  }

  @Override
  public CloseResult close(Duration drain) {
    return driver.close(drain);
  }
}
