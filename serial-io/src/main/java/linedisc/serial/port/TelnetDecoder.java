package linedisc.serial.port;

/// Takes the Telnet commands out of a stream of octets: RFC 854, RFC 855.
final class TelnetDecoder {
  /// Interpret As Command: the octet before each command; twice, it is data.
  static final int IAC = 255;

  /// Asks the other side not to use an option.
  static final int DONT = 254;

  /// Asks the other side to use an option.
  static final int DO = 253;

  /// Refuses to use an option.
  static final int WONT = 252;

  /// Offers, or agrees, to use an option.
  static final int WILL = 251;

  /// Begins the parameters of an option.
  static final int SB = 250;

  /// Ends the parameters of an option.
  static final int SE = 240;

  /// Parameters beyond this are cut off; the longest of interest is a signature.
  private static final int LONGEST_PARAMETERS = 64;

  private enum State {
    DATA,
    COMMAND,
    OPTION,
    PARAMETERS,
    COMMAND_IN_PARAMETERS
  }

  /// Who is told of commands.
  interface Commands {
    /// [#DO], [#DONT], [#WILL] or [#WONT].
    void negotiate(int command, int option);

    /// An option's parameters: the option first. The array is the decoder's.
    void parameters(byte[] octets, int length);
  }

  private final Commands commands;
  private final byte[] parameters = new byte[LONGEST_PARAMETERS];
  private State state = State.DATA;
  private int command;
  private int length;

  TelnetDecoder(Commands commands) {
    this.commands = commands;
  }

  /// Decodes in place.
  ///
  /// @return how many octets of data are left, from `off`
  int decode(byte[] b, int off, int len) {
    int to = off;
    for (int from = off; from < off + len; from++) {
      int octet = Byte.toUnsignedInt(b[from]);
      if (state == State.DATA && octet != IAC) {
        b[to++] = (byte) octet;
      } else if (state == State.COMMAND && octet == IAC) {
        b[to++] = (byte) octet;
        state = State.DATA;
      } else {
        state = next(octet);
      }
    }
    return to - off;
  }

  private State next(int octet) {
    return switch (state) {
      case DATA -> State.COMMAND;
      case COMMAND ->
          switch (octet) {
            case DO, DONT, WILL, WONT -> {
              command = octet;
              yield State.OPTION;
            }
            case SB -> {
              length = 0;
              yield State.PARAMETERS;
            }
            // Others stand alone and mean nothing to a serial line.
            default -> State.DATA;
          };
      case OPTION -> {
        commands.negotiate(command, octet);
        yield State.DATA;
      }
      case PARAMETERS -> octet == IAC ? State.COMMAND_IN_PARAMETERS : parameter(octet);
      case COMMAND_IN_PARAMETERS -> {
        if (octet == IAC) {
          yield parameter(octet);
        }
        // Anything but SE is an error; the parameters end there too.
        if (octet == SE && length > 0) {
          commands.parameters(parameters, length);
        }
        yield State.DATA;
      }
    };
  }

  private State parameter(int octet) {
    if (length < LONGEST_PARAMETERS) {
      parameters[length++] = (byte) octet;
    }
    return State.PARAMETERS;
  }
}
