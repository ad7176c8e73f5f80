package linedisc.examples.pppd;

import linedisc.serial.host.HostException;

/// What the process ends with, as pppd's users know it.
public enum ExitStatus {
  /// Detached, or the link was up and the peer has ended it.
  OK(0),
  /// Something failed that never should.
  FATAL_ERROR(1),
  /// Bad or contradictory options.
  OPTION_ERROR(2),
  /// Not privileged enough.
  NOT_ROOT(3),
  /// The system has no network device to offer.
  NO_KERNEL_SUPPORT(4),
  /// Ended by a signal.
  USER_REQUEST(5),
  /// Somebody else has locked the port.
  LOCK_FAILED(6),
  /// The port can't be opened.
  OPEN_FAILED(7),
  /// The connect command failed.
  CONNECT_FAILED(8),
  /// The command of `pty` can't be run.
  PTY_COMMAND_FAILED(9),
  /// No network protocol came up.
  NEGOTIATION_FAILED(10),
  /// The peer did not prove who it is.
  PEER_AUTH_FAILED(11),
  /// Idle for too long.
  IDLE_TIMEOUT(12),
  /// Connected for too long.
  CONNECT_TIME(13),
  /// The peer is going to call back.
  CALLBACK(14),
  /// The peer answers no echo request.
  PEER_DEAD(15),
  /// The line was hung up.
  HANGUP(16),
  /// The line sends back what we send.
  LOOPBACK(17),
  /// The init command failed.
  INIT_FAILED(18),
  /// We could not prove who we are.
  AUTH_TO_PEER_FAILED(19),
  /// Too many octets.
  TRAFFIC_LIMIT(20),
  /// The calling number is not allowed.
  NUMBER_REFUSED(21);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /// The number.
  public int code() {
    return code;
  }

  /// The status of a number that a [linedisc.ppp.TerminationReason] has.
  static ExitStatus of(int code) {
    return values()[code];
  }

  /// The status where the host gives us no device.
  static ExitStatus of(HostException.Reason reason) {
    return switch (reason) {
      case NOT_PERMITTED -> NOT_ROOT;
      case NOT_SUPPORTED -> NO_KERNEL_SUPPORT;
      case NAME_TAKEN, FAILED -> FATAL_ERROR;
    };
  }
}
