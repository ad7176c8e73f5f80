package linedisc.serial.tty;

import org.jspecify.annotations.Nullable;

/// A way to use a line: what its octets mean.
public interface LineDiscipline {
  /// Its name: `ppp`.
  String name();

  /// The type of interface that it binds to a port; null: none.
  @Nullable String interfaceType();

  /// The state of one binding of this discipline, which is about to begin. Called with no lock
  /// held; the binding may still fail.
  ///
  /// @param line stays valid as long as the returned protocol is in use
  LineProtocol open(Line line);
}
