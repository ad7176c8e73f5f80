package linedisc.examples.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// What is in the packets, and which control characters PPP escapes.
public enum Mix {
  /// Octets like those of compressed or encrypted data.
  RANDOM("1500 random octets, ACCM 0", 1500, 0),
  /// The same on a line of which nothing is known.
  RANDOM_ESCAPED("1500 random octets, ACCM ffffffff", 1500, -1),
  /// The worst there is.
  FLAGS("1500 flags, ACCM 0", 1500, 0),
  /// Mostly overhead.
  SMALL("64 random octets, ACCM 0", 64, 0),
  /// Lines of words.
  TEXT("1500 octets of text, ACCM 0", 1500, 0),
  /// Lines of words; their ends are escaped.
  TEXT_ESCAPED("1500 octets of text, ACCM ffffffff", 1500, -1);

  private static final String WORDS =
      "the line carries octets and the octets make frames when a flag has come from which packets "
          + "go to an interface that may be gone before they get there and nobody will touch it";
  private static final int LINE = 68;

  private final String title;
  private final int length;
  private final int accm;

  Mix(String title, int length, int accm) {
    this.title = title;
    this.length = length;
    this.accm = accm;
  }

  /// For people.
  public String title() {
    return title;
  }

  /// Octets in a packet.
  public int length() {
    return length;
  }

  /// The Async-Control-Character-Map, both ways.
  public int accm() {
    return accm;
  }

  /// Packets back to back, the same in each run.
  public byte[] packets(int count) {
    SplittableRandom random = new SplittableRandom(length);
    byte[] packets = new byte[count * length];
    switch (this) {
      case RANDOM, RANDOM_ESCAPED, SMALL -> random.nextBytes(packets);
      case FLAGS -> Arrays.fill(packets, (byte) 0x7e);
      case TEXT, TEXT_ESCAPED -> write(random, packets);
    }
    return packets;
  }

  private static void write(SplittableRandom random, byte[] text) {
    byte[][] words =
        Arrays.stream(WORDS.split(" "))
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    int column = 0;
    for (int at = 0; at < text.length; ) {
      byte[] word = words[random.nextInt(words.length)];
      int length = Math.min(word.length, text.length - at);
      System.arraycopy(word, 0, text, at, length);
      at += length;
      column += length + 1;
      if (at < text.length) {
        text[at++] = (byte) (column > LINE ? '\n' : ' ');
      }
      column = column > LINE ? 0 : column;
    }
  }
}
