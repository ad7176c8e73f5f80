package linedisc.slip.vj;

import org.jspecify.annotations.Nullable;

/// What the two ends of header compression on one line have counted.
///
/// @param sentCompressed TCP packets sent compressed
/// @param sentUncompressed TCP packets sent whole, to be remembered
/// @param sentPlain TCP packets sent as they are, because they can't be compressed
/// @param sentMisses packets sent of connections that had no slot
/// @param receivedCompressed compressed packets rebuilt
/// @param receivedUncompressed uncompressed packets remembered
/// @param receivedErrors frames that were cut, had a header that can't be, or a slot out of range
/// @param receivedTossed compressed packets dropped after a loss
/// @param receivedMismatches packets that didn't fit what was remembered
public record VjStatistics(
    long sentCompressed,
    long sentUncompressed,
    long sentPlain,
    long sentMisses,
    long receivedCompressed,
    long receivedUncompressed,
    long receivedErrors,
    long receivedTossed,
    long receivedMismatches) {

  /// Reads the counters.
  ///
  /// @param compressor null if nothing is compressed
  /// @param decompressor null if the peer may not compress
  public static VjStatistics of(
      @Nullable VjCompressor compressor, @Nullable VjDecompressor decompressor) {
    return new VjStatistics(
        compressor == null ? 0 : compressor.compressed(),
        compressor == null ? 0 : compressor.uncompressed(),
        compressor == null ? 0 : compressor.plainTcp(),
        compressor == null ? 0 : compressor.misses(),
        decompressor == null ? 0 : decompressor.compressed(),
        decompressor == null ? 0 : decompressor.uncompressed(),
        decompressor == null ? 0 : decompressor.errors(),
        decompressor == null ? 0 : decompressor.tossed(),
        decompressor == null ? 0 : decompressor.mismatches());
  }
}
