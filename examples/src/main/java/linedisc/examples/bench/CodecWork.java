package linedisc.examples.bench;

/// One of the loops that are measured.
enum CodecWork {
  /// Flags, address, stuffing, FCS.
  HDLC_ENCODE("HDLC encode"),
  /// The same backwards.
  HDLC_DECODE("HDLC decode"),
  /// The sum alone.
  FCS_16("FCS-16"),
  /// ENDs and stuffing.
  SLIP_ENCODE("SLIP encode"),
  /// The same backwards.
  SLIP_DECODE("SLIP decode");

  private final String title;

  CodecWork(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  int run(Loops loops, Sample sample) {
    return switch (this) {
      case HDLC_ENCODE -> loops.hdlcEncode(sample);
      case HDLC_DECODE -> loops.hdlcDecode(sample);
      case FCS_16 -> loops.fcs(sample);
      case SLIP_ENCODE -> loops.slipEncode(sample);
      case SLIP_DECODE -> loops.slipDecode(sample);
    };
  }
}
