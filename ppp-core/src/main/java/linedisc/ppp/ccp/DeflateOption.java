package linedisc.ppp.ccp;

import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// PPP Deflate (RFC 1979 section 3), two octets long:
///
/// ```
/// +---------------+---------------+-------+-------+-----------+---+
/// |     Type      |   Length = 4  |Window | Method|    MBZ    |Chk|
/// +---------------+---------------+-------+-------+-----------+---+
/// ```
///
/// Window: binary logarithm of the window, less 8. Method 8: Deflate. Chk 0: sequence numbers.
public final class DeflateOption implements CompressionMethod {
  /// The number of the RFC.
  public static final int TYPE = 26;

  /// The number of the draft, which many still speak.
  public static final int DRAFT_TYPE = 24;

  /// The largest window: 32 KiB.
  static final int MAX_WINDOW_BITS = 15;

  private static final int MIN_WINDOW_BITS = 8;
  private static final int DATA_LENGTH = 2;
  private static final int METHOD = 8;
  private static final int CHECK_SEQUENCE = 0;

  private final int type;
  private final CcpConfig.Deflate config;
  private final MethodChoice choice;
  private int wish;
  private boolean asked;
  private boolean receiving;
  private int peersWindow;

  DeflateOption(int type, CcpConfig.Deflate config, MethodChoice choice) {
    this.type = type;
    this.config = config;
    this.choice = choice;
  }

  static boolean isWindow(int bits) {
    return bits >= MIN_WINDOW_BITS && bits <= MAX_WINDOW_BITS;
  }

  /// The two octets as a number.
  private static int value(int windowBits) {
    return ((windowBits - MIN_WINDOW_BITS) << 4 | METHOD) << 8 | CHECK_SEQUENCE;
  }

  /// The window that an option asks for; 0 if it is not the method that we know.
  private static int windowBits(OptionReader option) {
    if (option.dataLength() != DATA_LENGTH
        || (option.u8(0) & 0xf) != METHOD
        || option.u8(1) != CHECK_SEQUENCE) {
      return 0;
    }
    int bits = MIN_WINDOW_BITS + (option.u8(0) >> 4);
    return isWindow(bits) ? bits : 0;
  }

  @Override
  public int type() {
    return type;
  }

  @Override
  public void reset() {
    receiving = false;
  }

  @Override
  public void begin() {
    wish = config.receive();
  }

  @Override
  public void request(OptionWriter out) {
    asked = wish != 0;
    if (asked) {
      out.add16(type, value(wish));
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    int bits = windowBits(suggestion);
    // A larger window is of no use to a peer that does not want it.
    wish = asked && bits <= wish ? bits : 0;
  }

  @Override
  public void rejected() {
    wish = 0;
  }

  @Override
  public void confirmed() {
    receiving = asked;
    choice.confirmed();
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (config.send() == 0) {
      return Verdict.REJECT;
    }
    int bits = windowBits(option);
    if (bits == 0 || bits > config.send()) {
      return Verdict.Nak.u16(value(config.send()));
    }
    peersWindow = bits;
    choice.offered(this);
    return Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    choice.absent(this);
    return null;
  }

  @Override
  public void granted() {
    choice.granted();
  }

  @Override
  public String sends() {
    return name(peersWindow);
  }

  @Override
  public String receives() {
    return name(wish);
  }

  private String name(int windowBits) {
    return "Deflate" + (type == DRAFT_TYPE ? "(old#)" : "") + " (" + windowBits + ")";
  }

  @Override
  public boolean isReceiving() {
    return receiving;
  }

  @Override
  public PacketDecompressor newDecompressor() {
    return new DeflateDecompressor();
  }

  @Override
  public PacketCompressor newCompressor() {
    return new DeflateCompressor(peersWindow);
  }

  /// RFC 1979 section 2: both ends begin with the Configure-Ack.
  @Override
  public boolean waitsForOpened() {
    return false;
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() != DATA_LENGTH) {
      return null;
    }
    int method = option.u8(0) & 0xf;
    int check = option.u8(1);
    return "deflate"
        + (option.type() == DRAFT_TYPE ? "(old#)" : "")
        + " "
        + (MIN_WINDOW_BITS + (option.u8(0) >> 4))
        + (method != METHOD ? " method " + method : "")
        + (check != CHECK_SEQUENCE ? " check " + check : "");
  }
}
