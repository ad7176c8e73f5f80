package linedisc.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/// The functions of RFC 2433 appendix A and RFC 2759 section 8, under the names that they have
/// there.
///
/// Each returns an array of its own; those that stand for the password are wiped by the caller.
final class MsChapHash {
  static final int HASH_LENGTH = 16;
  static final int RESPONSE_LENGTH = 24;
  static final int AUTHENTICATOR_RESPONSE_LENGTH = 20;

  private static final int LM_PASSWORD_LENGTH = 14;
  private static final byte[] LM_TEXT = ascii("KGS!@#$%");
  private static final byte[] MAGIC_1 = ascii("Magic server to client signing constant");
  private static final byte[] MAGIC_2 = ascii("Pad to make it do more than one iteration");

  private MsChapHash() {}

  /// RFC 2759 section 8.3: MD4 of the password in UTF-16, little endian.
  static byte[] ntPasswordHash(Secret password) {
    byte[] unicode = unicode(password);
    byte[] hash = md4(unicode);
    Arrays.fill(unicode, (byte) 0);
    return hash;
  }

  /// RFC 2759 section 8.4.
  static byte[] hashNtPasswordHash(byte[] passwordHash) {
    return md4(passwordHash);
  }

  /// RFC 2433 appendix A.2: needed for 40- and 56-bit keys from MS-CHAP only.
  static byte[] lmPasswordHash(Secret password) {
    byte[] upper = new byte[LM_PASSWORD_LENGTH];
    byte[] octets = password.live();
    for (int i = 0; i < Math.min(octets.length, upper.length); i++) {
      upper[i] = (byte) (octets[i] >= 'a' && octets[i] <= 'z' ? octets[i] - 'a' + 'A' : octets[i]);
    }
    byte[] hash = new byte[HASH_LENGTH];
    desEncrypt(LM_TEXT, upper, 0, hash, 0);
    desEncrypt(LM_TEXT, upper, 7, hash, 8);
    Arrays.fill(upper, (byte) 0);
    return hash;
  }

  /// RFC 2433 appendix A.7, RFC 2759 section 8.5: 24 octets from an 8-octet challenge.
  static byte[] challengeResponse(byte[] challenge, byte[] passwordHash) {
    byte[] keys = Arrays.copyOf(passwordHash, 21);
    byte[] response = new byte[RESPONSE_LENGTH];
    for (int i = 0; i < 3; i++) {
      desEncrypt(challenge, keys, 7 * i, response, 8 * i);
    }
    Arrays.fill(keys, (byte) 0);
    return response;
  }

  /// RFC 2759 section 8.2: 8 octets. A domain before the user name (`DOMAIN\name`) is left out.
  static byte[] challengeHash(byte[] peerChallenge, byte[] authenticatorChallenge, String name) {
    byte[] user = Names.encode(name.substring(name.lastIndexOf('\\') + 1));
    return Arrays.copyOf(sha1(peerChallenge, authenticatorChallenge, user), 8);
  }

  /// RFC 2759 section 8.7, without the encoding in hexadecimal digits: 20 octets.
  static byte[] authenticatorResponse(
      byte[] passwordHashHash, byte[] ntResponse, byte[] challengeHash) {
    byte[] digest = sha1(passwordHashHash, ntResponse, MAGIC_1);
    return sha1(digest, challengeHash, MAGIC_2);
  }

  /// RFC 2433 appendix A.4: seven octets of key at `keyOffset`, without parity.
  static void desEncrypt(byte[] clear, byte[] key, int keyOffset, byte[] cypher, int offset) {
    byte[] withParity = desKey(key, keyOffset);
    DESEngine des = new DESEngine();
    des.init(true, new KeyParameter(withParity));
    des.processBlock(clear, 0, cypher, offset);
    Arrays.fill(withParity, (byte) 0);
  }

  /// Spreads 56 bits over eight octets and gives each odd parity (RFC 2433 appendix B.3).
  static byte[] desKey(byte[] key, int offset) {
    long bits = 0;
    for (int i = 0; i < 7; i++) {
      bits = bits << 8 | (key[offset + i] & 0xff);
    }
    byte[] spread = new byte[8];
    for (int i = 0; i < 8; i++) {
      int seven = (int) (bits >>> (49 - 7 * i)) & 0x7f;
      int parity = (Integer.bitCount(seven) & 1) ^ 1;
      spread[i] = (byte) (seven << 1 | parity);
    }
    return spread;
  }

  static byte[] sha1(byte[]... parts) {
    return hash(new SHA1Digest(), parts);
  }

  private static byte[] md4(byte[] octets) {
    return hash(new MD4Digest(), octets);
  }

  static byte[] hash(Digest digest, byte[]... parts) {
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// A password that is no UTF-8 is taken as ISO 8859-1, as pppd takes all of them.
  private static byte[] unicode(Secret password) {
    byte[] octets = password.live();
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CharBuffer characters;
    try {
      characters = decoder.decode(ByteBuffer.wrap(octets));
    } catch (CharacterCodingException e) {
      characters = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(octets));
    }
    byte[] unicode = new byte[2 * characters.remaining()];
    for (int i = 0; characters.hasRemaining(); i += 2) {
      char c = characters.get();
      unicode[i] = (byte) c;
      unicode[i + 1] = (byte) (c >>> 8);
    }
    Arrays.fill(characters.array(), '\0');
    return unicode;
  }
}
