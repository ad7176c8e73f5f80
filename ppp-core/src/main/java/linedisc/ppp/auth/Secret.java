package linedisc.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A password or shared secret, as octets that can be wiped.
///
/// A secret never shows in `toString`, is compared in time that depends on the other side's length
/// only, and is overwritten by [#wipe]. A wiped secret must not be used again: every method but
/// `wipe`, `close` and `toString` then throws `IllegalStateException`.
///
/// Not thread-safe.
public final class Secret implements AutoCloseable {
  private final byte[] octets;
  private boolean wiped;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /// A copy of the octets; the array stays the caller's, who wipes it.
  public static Secret of(byte[] octets) {
    return new Secret(octets.clone());
  }

  /// A copy of `length` octets from `offset`; the array stays the caller's, who wipes it.
  public static Secret of(byte[] octets, int offset, int length) {
    return new Secret(Arrays.copyOfRange(octets, offset, offset + length));
  }

  /// The characters in UTF-8; the array stays the caller's, who wipes it.
  public static Secret of(char[] characters) {
    // Room for the longest encoding, so that no grown buffer leaves a copy behind.
    ByteBuffer encoded = ByteBuffer.allocate(3 * characters.length);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(characters), encoded, true);
    Secret secret = of(encoded.array(), 0, encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    return secret;
  }

  /// Octets.
  public int length() {
    return live().length;
  }

  /// Whether it has no octets.
  ///
  /// @throws IllegalStateException if it was wiped
  public boolean isEmpty() {
    return length() == 0;
  }

  /// Whether the secret is exactly these octets. Goes through all `length` octets whatever they
  /// are, so the time taken tells nothing of the secret, nor of its length.
  public boolean matches(byte[] other, int offset, int length) {
    byte[] own = live();
    int difference = own.length ^ length;
    for (int i = 0; i < length; i++) {
      int expected = own.length == 0 ? 0 : own[i % own.length];
      difference |= expected ^ other[offset + i];
    }
    return difference == 0;
  }

  /// Whether both hold the same octets, in constant time as above.
  public boolean matches(Secret other) {
    byte[] octets = other.live();
    return matches(octets, 0, octets.length);
  }

  /// A secret of its own with the same octets.
  public Secret copy() {
    return of(live());
  }

  /// Writes the octets to `destination` from `offset` on; there must be room for [#length].
  public void copyTo(byte[] destination, int offset) {
    System.arraycopy(live(), 0, destination, offset, octets.length);
  }

  /// The octets themselves, for the duration of a computation.
  byte[] live() {
    if (wiped) {
      throw new IllegalStateException("the secret has been wiped");
    }
    return octets;
  }

  /// Overwrites the octets. May be called again.
  public void wipe() {
    Arrays.fill(octets, (byte) 0);
    wiped = true;
  }

  @Override
  public void close() {
    wipe();
  }

  /// Hides the content.
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
