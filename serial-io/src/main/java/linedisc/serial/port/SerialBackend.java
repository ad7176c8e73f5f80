package linedisc.serial.port;

import java.util.Locale;
import linedisc.serial.ffi.Platform;
import org.jspecify.annotations.Nullable;

/// By what serial ports are opened.
public sealed interface SerialBackend {
  /// The words that [#named] takes.
  String WORDS = "jserialcomm, posix";

  /// jSerialComm, on any system: two threads a port.
  ///
  /// See [JSerialCommTransport].
  record JSerialComm() implements SerialBackend {
    @Override
    public SerialTransport open(String device, PortSettings settings, PortLocks locks)
        throws PortException {
      return JSerialCommTransport.open(device, settings, locks);
    }

    @Override
    public SerialTransport openAsFound(String device, PortSettings others, PortLocks locks)
        throws PortException {
      return JSerialCommTransport.openAsFound(device, others, locks);
    }

    @Override
    public @Nullable EpollLoop loop() {
      return null;
    }

    @Override
    public String toString() {
      return "jSerialComm";
    }
  }

  /// The C library, on Linux: one thread for all ports.
  ///
  /// See [PosixTransport].
  ///
  /// @param loop drives them
  record Posix(EpollLoop loop) implements SerialBackend {
    @Override
    public SerialTransport open(String device, PortSettings settings, PortLocks locks)
        throws PortException {
      return PosixTransport.open(device, settings, locks, loop);
    }

    @Override
    public SerialTransport openAsFound(String device, PortSettings others, PortLocks locks)
        throws PortException {
      return PosixTransport.openAsFound(device, others, locks, loop);
    }

    @Override
    public String toString() {
      return "the C library";
    }
  }

  /// The backend that a user names: `jserialcomm`, or `posix` with a loop of its own.
  ///
  /// @throws IllegalArgumentException whose message is a sentence: there is none of that name, or
  ///   not on this system
  static SerialBackend named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "jserialcomm" -> new JSerialComm();
      case "posix" -> {
        if (!Platform.supported()) {
          throw new IllegalArgumentException(
              "The posix transport needs Linux on x86-64, aarch64 or riscv64; here is jserialcomm.");
        }
        yield new Posix(new EpollLoop());
      }
      default ->
          throw new IllegalArgumentException(
              "There is no transport '" + word + "'; there are " + WORDS + ".");
    };
  }

  /// Opens a port.
  ///
  /// @param device its path, or a bare name
  /// @param locks the process's locks
  /// @throws PortException when that can't be done
  SerialTransport open(String device, PortSettings settings, PortLocks locks) throws PortException;

  /// Opens a port with the speed, character format and flow control that it has at the moment.
  ///
  /// @param device as for [#open]
  /// @param others the settings but for those
  /// @throws PortException when that can't be done
  SerialTransport openAsFound(String device, PortSettings others, PortLocks locks)
      throws PortException;

  /// The loop that drives its ports, for ptys to share; null: there is none.
  @Nullable EpollLoop loop();
}
