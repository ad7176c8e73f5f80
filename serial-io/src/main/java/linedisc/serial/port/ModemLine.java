package linedisc.serial.port;

/// The control lines of a serial port that can be read.
///
/// See [V.24: List of definitions for interchange circuits](https://www.itu.int/rec/T-REC-V.24).
public enum ModemLine {
  /// Data Carrier Detect, from the modem.
  DCD,

  /// Data Set Ready, from the modem.
  DSR,

  /// Clear To Send, from the modem.
  CTS,

  /// Ring Indicator, from the modem.
  RI,

  /// Data Terminal Ready, ours.
  DTR,

  /// Request To Send, ours.
  RTS
}
