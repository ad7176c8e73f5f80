package linedisc.examples.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipMode;

/// What a cell says about an end that runs SLIP: the protocol as slattach names it, then `mtu N`,
/// `keepalive SECONDS`, `outfill SECONDS`, `LOCAL:REMOTE`.
///
/// @param mtu in octets
/// @param keepalive seconds, 0 for none
/// @param outfill seconds, 0 for none
/// @param addresses `LOCAL:REMOTE`
record SlipWords(String protocol, int mtu, int keepalive, int outfill, String addresses) {
  private static final int DEFAULT_MTU = 296;

  /// @param addresses for an end whose words have none
  /// @throws IllegalArgumentException for a word that has no meaning here
  static SlipWords parse(List<String> words, String addresses) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no SLIP protocol");
    }
    var left = new ArrayList<>(words);
    String protocol = left.removeFirst().toLowerCase(Locale.ROOT);
    int mtu = DEFAULT_MTU;
    int keepalive = 0;
    int outfill = 0;
    String pair = addresses;
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      if (word.contains(":")) {
        pair = word;
      } else if (left.isEmpty()) {
        throw new IllegalArgumentException(word + " has no value");
      } else {
        int value = Integer.parseInt(left.removeFirst());
        switch (word) {
          case "mtu" -> mtu = value;
          case "keepalive" -> keepalive = value;
          case "outfill" -> outfill = value;
          default -> throw new IllegalArgumentException("unknown word " + word);
        }
      }
    }
    return new SlipWords(protocol, mtu, keepalive, outfill, pair);
  }

  /// As linedisc's settings.
  SlipConfig config() {
    return SlipConfig.builder()
        .mode(SlipMode.valueOf(protocol.toUpperCase(Locale.ROOT)))
        .mtu(mtu)
        .keepalive(keepalive)
        .outfill(outfill)
        .build();
  }

  String local() {
    return addresses.substring(0, addresses.indexOf(':'));
  }

  String remote() {
    return addresses.substring(addresses.indexOf(':') + 1);
  }
}
