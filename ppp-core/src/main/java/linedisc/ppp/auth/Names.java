package linedisc.ppp.auth;

import java.nio.charset.StandardCharsets;

/// Names and messages between octets and text: UTF-8, which holds ASCII.
final class Names {
  private Names() {}

  static byte[] encode(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /// A name exactly as the peer gave it. What is no UTF-8 becomes U+FFFD, which no name has.
  static String decode(byte[] buffer, int offset, int end) {
    return new String(buffer, offset, end - offset, StandardCharsets.UTF_8);
  }

  /// A text to show: control characters, with which a peer could steer a terminal, become U+FFFD.
  static String message(byte[] buffer, int offset, int end) {
    StringBuilder text = new StringBuilder(decode(buffer, offset, end));
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, '\ufffd');
      }
    }
    return text.toString();
  }
}
