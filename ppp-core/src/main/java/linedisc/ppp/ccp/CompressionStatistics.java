package linedisc.ppp.ccp;

/// What one end of a compression has counted. Octets are those of whole frames, Protocol field
/// included. All counters only grow.
public final class CompressionStatistics {
  private long frames;
  private long plainOctets;
  private long compressedOctets;
  private long uncompressedFrames;
  long resets;
  long errors;
  long late;
  long plaintext;

  CompressionStatistics() {}

  void compressed(int plain, int compressed) {
    frames++;
    plainOctets += plain;
    compressedOctets += compressed;
  }

  void uncompressed() {
    uncompressedFrames++;
  }

  /// Frames that were compressed, or expanded.
  public long frames() {
    return frames;
  }

  /// Octets of these frames, expanded.
  public long plainOctets() {
    return plainOctets;
  }

  /// Octets of these frames, compressed.
  public long compressedOctets() {
    return compressedOctets;
  }

  /// Frames that could have been compressed, but went as they were.
  public long uncompressedFrames() {
    return uncompressedFrames;
  }

  /// How often the history was cleared, or the key, because of a loss.
  public long resets() {
    return resets;
  }

  /// Frames dropped because they were malformed, out of sequence or undecodable.
  public long errors() {
    return errors;
  }

  /// Frames dropped because their count lay behind, or too far ahead.
  public long late() {
    return late;
  }

  /// Frames dropped because they should have been encrypted.
  public long plaintext() {
    return plaintext;
  }
}
