package linedisc.examples.bench;

import static linedisc.examples.bench.CodecWork.FCS_16;
import static linedisc.examples.bench.CodecWork.HDLC_DECODE;
import static linedisc.examples.bench.CodecWork.HDLC_ENCODE;
import static linedisc.examples.bench.CodecWork.SLIP_DECODE;
import static linedisc.examples.bench.CodecWork.SLIP_ENCODE;

import java.util.List;

/// A loop with a payload.
///
/// @param goal how many times faster than the C loop it is meant to be
record CodecCase(CodecWork work, Mix mix, double goal) {
  /// All that are measured.
  static final List<CodecCase> ALL =
      List.of(
          new CodecCase(HDLC_ENCODE, Mix.RANDOM, 9),
          new CodecCase(HDLC_ENCODE, Mix.RANDOM_ESCAPED, 6),
          new CodecCase(HDLC_ENCODE, Mix.FLAGS, 5),
          new CodecCase(HDLC_ENCODE, Mix.SMALL, 4),
          new CodecCase(HDLC_ENCODE, Mix.TEXT, 9),
          new CodecCase(HDLC_ENCODE, Mix.TEXT_ESCAPED, 6),
          new CodecCase(HDLC_DECODE, Mix.RANDOM, 8),
          new CodecCase(HDLC_DECODE, Mix.RANDOM_ESCAPED, 8),
          new CodecCase(HDLC_DECODE, Mix.FLAGS, 7),
          new CodecCase(HDLC_DECODE, Mix.SMALL, 4),
          new CodecCase(HDLC_DECODE, Mix.TEXT, 8),
          new CodecCase(HDLC_DECODE, Mix.TEXT_ESCAPED, 8),
          new CodecCase(FCS_16, Mix.RANDOM, 20),
          new CodecCase(SLIP_ENCODE, Mix.RANDOM, 3.5),
          new CodecCase(SLIP_ENCODE, Mix.TEXT, 3.5),
          new CodecCase(SLIP_DECODE, Mix.RANDOM, 4),
          new CodecCase(SLIP_DECODE, Mix.TEXT, 4));

  int run(Loops loops, Sample sample) {
    return work.run(loops, sample);
  }
}
