package linedisc.ppp.ccp;

import java.util.Arrays;

/// The RC4 cipher, which is its own inverse. Broken as a cipher for long; MPPE knows no other.
final class Rc4 {
  private static final int SIZE = 256;

  private final byte[] state = new byte[SIZE];
  private int i;
  private int j;

  /// Starts anew with a key of `length` octets, 1 to 256.
  void key(byte[] key, int length) {
    for (int n = 0; n < SIZE; n++) {
      state[n] = (byte) n;
    }
    int sum = 0;
    for (int n = 0; n < SIZE; n++) {
      sum = (sum + state[n] + key[n % length]) & 0xff;
      byte swap = state[n];
      state[n] = state[sum];
      state[sum] = swap;
    }
    i = 0;
    j = 0;
  }

  /// The next octet, encrypted or decrypted.
  int crypt(int octet) {
    i = (i + 1) & 0xff;
    byte a = state[i];
    j = (j + a) & 0xff;
    byte b = state[j];
    state[i] = b;
    state[j] = a;
    return (octet ^ state[(a + b) & 0xff]) & 0xff;
  }

  /// The next `length` octets; source and destination may be the same.
  void crypt(byte[] source, int offset, int length, byte[] destination, int destinationOffset) {
    for (int n = 0; n < length; n++) {
      destination[destinationOffset + n] = (byte) crypt(source[offset + n]);
    }
  }

  void wipe() {
    Arrays.fill(state, (byte) 0);
  }
}
