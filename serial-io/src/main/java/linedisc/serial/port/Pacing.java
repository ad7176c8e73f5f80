package linedisc.serial.port;

import linedisc.serial.port.PortSettings.FlowControl;

/// How much is handed to a port's driver at a time.
///
/// jSerialComm's write waits for as long as the line is stopped, and cannot be freed. So no more is
/// written than the driver's queue takes at once, and where flow control can stop the line, in
/// small pieces. Nor is more than a tenth of a second's worth put into a queue that priorities
/// can't overtake any more.
///
/// @param queueOctets what the driver may hold; 0: it can't be asked
/// @param pieceOctets the most that one write hands over
record Pacing(int queueOctets, int pieceOctets) {
  private static final int QUEUE = 4096;
  private static final int LEAST = 256;
  private static final int OCTETS_PER_TENTH = 10 * 10;

  /// The pacing of a device. A pseudo-terminal always says that its queue is empty.
  static Pacing of(DeviceNode device, PortSettings settings) {
    if (device.path().startsWith("/dev/pts")) {
      return new Pacing(0, QUEUE);
    }
    int queue = Math.clamp(settings.speed() / OCTETS_PER_TENTH, LEAST, QUEUE);
    return new Pacing(queue, settings.flow() == FlowControl.NONE ? queue : LEAST);
  }

  /// The most that is fetched from the port's user at once.
  int fetchOctets() {
    return queueOctets == 0 ? pieceOctets : queueOctets;
  }
}
