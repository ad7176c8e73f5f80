package linedisc.examples.modem;

import java.net.InetAddress;
import linedisc.examples.cli.CommandException;
import linedisc.serial.forward.Prefix;

/// Where a number leads.
sealed interface Target {
  /// Another emulated modem.
  ///
  /// @param link its name
  record Modem(String link) implements Target {}

  /// A TCP connection.
  record Tcp(String host, int port) implements Target {}

  /// A shell command: what it prints is what the caller hears.
  record Command(String command) implements Target {}

  /// A stack in this process that answers with PPP or SLIP.
  ///
  /// @param ppp otherwise SLIP
  /// @param local its own IPv4 address
  /// @param remote what it gives the caller
  record Server(boolean ppp, InetAddress local, InetAddress remote) implements Target {}

  /// A call that never succeeds.
  record Failure(ResultCode why) implements Target {}

  /// Reads a target as the user writes it.
  ///
  /// @throws CommandException with a sentence
  static Target parse(String text) throws CommandException {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    switch (kind) {
      case "ppp", "slip" -> {
        return server(kind.equals("ppp"), rest, text);
      }
      case "exec" -> {
        return new Command(rest);
      }
      case "busy" -> {
        return new Failure(ResultCode.BUSY);
      }
      case "noanswer" -> {
        return new Failure(ResultCode.NO_ANSWER);
      }
      case "nodialtone" -> {
        return new Failure(ResultCode.NO_DIALTONE);
      }
      default -> {
        return text.indexOf('/') < 0 && DialString.isAddress(text) ? tcp(text) : new Modem(text);
      }
    }
  }

  /// Reads `host:port`.
  ///
  /// @throws CommandException when the port is none
  static Tcp tcp(String text) throws CommandException {
    int colon = text.lastIndexOf(':');
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port < 1 || port > 65_535) {
      throw CommandException.usage("'" + text + "' has a port that is not from 1 to 65535");
    }
    return new Tcp(text.substring(0, colon), port);
  }

  private static Server server(boolean ppp, String rest, String text) throws CommandException {
    int colon = rest.indexOf(':');
    try {
      InetAddress local = Prefix.address(colon < 0 ? rest : rest.substring(0, colon));
      InetAddress remote = Prefix.address(rest.substring(colon + 1));
      if (colon > 0 && local.getAddress().length == 4 && remote.getAddress().length == 4) {
        return new Server(ppp, local, remote);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw CommandException.usage(
        "'" + text + "' needs two IPv4 addresses, as in ppp:10.0.0.1:10.0.0.2");
  }
}
