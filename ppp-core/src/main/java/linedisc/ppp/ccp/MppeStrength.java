package linedisc.ppp.ccp;

import linedisc.ppp.auth.MppeKeys;

/// How long an MPPE session key is, from the weakest to the strongest (RFC 3078 section 2.1). None
/// of them protects against more than a casual listener.
public enum MppeStrength {
  /// 40 bits.
  BITS_40(40, 0x20, MppeKeys.SHORT_LENGTH, 0xd1, 0x26, 0x9e),
  /// 56 bits.
  BITS_56(56, 0x80, MppeKeys.SHORT_LENGTH, 0xd1),
  /// 128 bits.
  BITS_128(128, 0x40, MppeKeys.LONG_LENGTH);

  private final int bits;
  private final int bit;
  private final int keyLength;
  private final long known;
  private final int knownLength;

  MppeStrength(int bits, int bit, int keyLength, int... known) {
    this.bits = bits;
    this.bit = bit;
    this.keyLength = keyLength;
    this.knownLength = known.length;
    long octets = 0;
    for (int octet : known) {
      octets = octets << 8 | octet;
    }
    this.known = octets;
  }

  /// How many bits of the key are not known to everybody.
  public int bits() {
    return bits;
  }

  /// The bit in the option's Supported Bits.
  int bit() {
    return bit;
  }

  /// Octets of the key.
  int keyLength() {
    return keyLength;
  }

  /// Sets the octets of a key that everybody may know (RFC 3078 section 7.3).
  void weaken(byte[] key) {
    for (int i = 0; i < knownLength; i++) {
      key[i] = (byte) (known >>> (8 * (knownLength - 1 - i)));
    }
  }
}
