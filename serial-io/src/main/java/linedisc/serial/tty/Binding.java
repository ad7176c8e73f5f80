package linedisc.serial.tty;

import linedisc.serial.net.InterfaceBinding;
import org.jspecify.annotations.Nullable;

/// What a port is used for at the moment. Replaced under the port's lock, by one with a higher
/// generation; others take what they need of it in one look. Two are equal only if they are the
/// same.
final class Binding {
  private final Channel channel;
  private final @Nullable InterfaceBinding network;
  private final long generation;
  private final long since;

  /// A binding.
  ///
  /// @param channel the discipline
  /// @param network the interface; null: none
  /// @param generation counts bindings of this port
  /// @param since the lowest generation under which octets may have been read that are for this
  ///   channel: what was read while the port was free is for the binding that follows, and a
  ///   channel that outlives its interface goes on reading
  Binding(Channel channel, @Nullable InterfaceBinding network, long generation, long since) {
    this.channel = channel;
    this.network = network;
    this.generation = generation;
    this.since = since;
  }

  Channel channel() {
    return channel;
  }

  @Nullable InterfaceBinding network() {
    return network;
  }

  long generation() {
    return generation;
  }

  long since() {
    return since;
  }

  /// Whether octets read under a mark are for this channel.
  boolean accepts(long mark) {
    return since <= mark && mark <= generation;
  }
}
