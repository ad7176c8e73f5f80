package linedisc.examples.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/// An end of the line while a cell is tried: a process, here or in the guest, and what can be asked
/// of it. One thread uses it.
///
/// A method that is given a limit waits for what it promises, and throws a [CellException] that
/// says what came instead when the limit is over or the program has ended.
interface Station extends AutoCloseable {
  /// Starts the program, and returns when it has opened its port.
  ///
  /// @param waits to say nothing until the other end speaks
  void start(boolean waits)
      throws IOException, InterruptedException, CellException, UnavailableException;

  /// Waits for a network.
  Link awaitUp(Duration limit) throws IOException, InterruptedException, CellException;

  /// Sends ICMP echo requests to an address; each must be answered.
  ///
  /// @param size octets of data; 0 for the program's own choice
  void ping(String address, int size) throws IOException, InterruptedException, CellException;

  /// Waits for IPv6, and sends ICMPv6 echo requests to the peer's link-local address; each must be
  /// answered.
  ///
  /// @param size octets of data; 0 for the program's own choice
  void ping6(int size) throws IOException, InterruptedException, CellException;

  /// Begins to take data at a port.
  ///
  /// @param octets how much it will be
  void receive(Transport transport, int port, int octets)
      throws IOException, InterruptedException, CellException;

  /// Begins to send data.
  ///
  /// @param size octets of data in each datagram but the last
  void send(Transport transport, String address, int port, int size, byte[] payload)
      throws IOException, InterruptedException, CellException;

  /// Waits for the end of what [#receive] began, and answers the SHA-256 of the data in hexadecimal
  /// digits.
  String received(Duration limit) throws IOException, InterruptedException, CellException;

  /// Frames that came in and were not good, since the network is up.
  long receiveErrors() throws IOException, InterruptedException, CellException;

  /// Tells the program to close its link and to leave, and waits for that.
  void stop(Duration limit) throws IOException, InterruptedException, CellException;

  /// Waits until the program leaves by itself, and answers its exit status.
  default int awaitExit(Duration limit) throws IOException, InterruptedException, CellException {
    throw new CellException(this + " has no exit status of its own");
  }

  /// Sends the program a signal.
  ///
  /// @param name without SIG
  default void signal(String name) throws IOException, InterruptedException, CellException {
    throw new CellException(this + " takes no signals");
  }

  /// Ends the program without a chance to say goodbye.
  void kill() throws IOException, InterruptedException, CellException;

  /// Waits until there is a match in what the program has said since it was first started.
  void awaitSaid(Pattern pattern, Duration limit)
      throws IOException, InterruptedException, CellException;

  /// What the program has said up to now.
  String log() throws IOException;

  /// Counters that tell where octets may have been lost, for the log of a cell that has failed.
  String counters() throws IOException, InterruptedException;

  /// Ends everything that was started.
  @Override
  void close() throws IOException;
}
