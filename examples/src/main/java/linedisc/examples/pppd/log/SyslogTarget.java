package linedisc.examples.pppd.log;

import java.nio.charset.StandardCharsets;
import linedisc.serial.ffi.UnixDatagram;

/// The system's log, by its socket. Where there is none messages are lost, as syslog(3) has it.
public final class SyslogTarget implements LogTarget {
  /// Where the system's log listens.
  public static final String SOCKET = "/dev/log";

  private static final int FACILITY_DAEMON = 3 << 3;

  private final String socket;
  private final String tag;

  /// Messages of this process.
  ///
  /// @param program comes before each message
  public SyslogTarget(String socket, String program) {
    this.socket = socket;
    this.tag = program + "[" + ProcessHandle.current().pid() + "]: ";
  }

  @Override
  public void message(Level level, String text) {
    String datagram = "<" + (FACILITY_DAEMON | level.severity()) + ">" + tag + text;
    boolean _ = UnixDatagram.send(socket, datagram.getBytes(StandardCharsets.UTF_8));
  }
}
