package linedisc.ppp.auth;

import java.util.Arrays;

/// The start keys for MPPE that an authentication yields, one for each direction (RFC 3079).
///
/// RFC 3079 derives keys of 8 octets (for 40- and 56-bit encryption) and of 16 octets (128-bit),
/// and calls them *master send/receive session key* or *InitialSessionKey*. What MPPE encrypts with
/// is derived from them (RFC 3078 section 7.3).
///
/// Whoever takes the keys from an [AuthOutcome] wipes them when the session keys have been derived.
public final class MppeKeys implements AutoCloseable {
  /// Octets of a key for 40- and 56-bit encryption.
  public static final int SHORT_LENGTH = 8;

  /// Octets of a key for 128-bit encryption.
  public static final int LONG_LENGTH = 16;

  private static final byte[] MAGIC_1 = MsChapHash.ascii("This is the MPPE Master Key");
  private static final byte[] MAGIC_2 =
      MsChapHash.ascii(
          "On the client side, this is the send key; on the server side, it is the receive key.");
  private static final byte[] MAGIC_3 =
      MsChapHash.ascii(
          "On the client side, this is the receive key; on the server side, it is the send key.");

  private final byte[] shortSend;
  private final byte[] shortReceive;
  private final byte[] longSend;
  private final byte[] longReceive;

  private MppeKeys(byte[] shortSend, byte[] shortReceive, byte[] longSend, byte[] longReceive) {
    this.shortSend = shortSend;
    this.shortReceive = shortReceive;
    this.longSend = longSend;
    this.longReceive = longReceive;
  }

  /// RFC 3079 section 2: from MS-CHAP, with the challenge of the first authentication. Both
  /// directions use the same key.
  static MppeKeys fromMsChap(byte[] lmPasswordHash, byte[] ntPasswordHashHash, byte[] challenge) {
    byte[] digest = MsChapHash.sha1(ntPasswordHashHash, ntPasswordHashHash, challenge);
    byte[] shortKey = Arrays.copyOf(lmPasswordHash, SHORT_LENGTH);
    byte[] longKey = Arrays.copyOf(digest, LONG_LENGTH);
    Arrays.fill(digest, (byte) 0);
    return new MppeKeys(shortKey, shortKey.clone(), longKey, longKey.clone());
  }

  /// RFC 3079 section 3: from MS-CHAP-2. `server` says whether this side is the authenticator.
  static MppeKeys fromMsChap2(byte[] ntPasswordHashHash, byte[] ntResponse, boolean server) {
    byte[] digest = MsChapHash.sha1(ntPasswordHashHash, ntResponse, MAGIC_1);
    byte[] masterKey = Arrays.copyOf(digest, LONG_LENGTH);
    byte[] send = asymmetricStartKey(masterKey, server ? MAGIC_3 : MAGIC_2);
    byte[] receive = asymmetricStartKey(masterKey, server ? MAGIC_2 : MAGIC_3);
    Arrays.fill(digest, (byte) 0);
    Arrays.fill(masterKey, (byte) 0);
    return new MppeKeys(
        Arrays.copyOf(send, SHORT_LENGTH), Arrays.copyOf(receive, SHORT_LENGTH), send, receive);
  }

  /// `GetAsymmetricStartKey` of RFC 3079 section 3.4; a short key is the beginning of the long one.
  private static byte[] asymmetricStartKey(byte[] masterKey, byte[] magic) {
    byte[] pad1 = new byte[40];
    byte[] pad2 = new byte[40];
    Arrays.fill(pad2, (byte) 0xf2);
    byte[] digest = MsChapHash.sha1(masterKey, pad1, magic, pad2);
    byte[] key = Arrays.copyOf(digest, LONG_LENGTH);
    Arrays.fill(digest, (byte) 0);
    return key;
  }

  /// A copy of the key for what this side sends; `length` is [#SHORT_LENGTH] or [#LONG_LENGTH].
  public byte[] send(int length) {
    return length == LONG_LENGTH ? longSend.clone() : shortSend.clone();
  }

  /// A copy of the key for what this side receives; `length` as for [#send].
  public byte[] receive(int length) {
    return length == LONG_LENGTH ? longReceive.clone() : shortReceive.clone();
  }

  /// Overwrites the keys. May be called again.
  public void wipe() {
    Arrays.fill(shortSend, (byte) 0);
    Arrays.fill(shortReceive, (byte) 0);
    Arrays.fill(longSend, (byte) 0);
    Arrays.fill(longReceive, (byte) 0);
  }

  @Override
  public void close() {
    wipe();
  }

  /// Hides the content.
  @Override
  public String toString() {
    return "MppeKeys[hidden]";
  }
}
