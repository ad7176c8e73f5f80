package linedisc.ppp.ccp;

import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// MPPE (RFC 3078 section 2), four octets long: Supported Bits, of which these have a meaning.
///
/// ```
///          3                   2                   1
///        1 0 9 8 7 6 5 4 3 2 1 0 9 8 7 6 5 4 3 2 1 0 9 8 7 6 5 4 3 2 1 0
///       +-------------+-+-------------------------------+-+-+-+-+-----+-+
///       |             |H|                               |M|S|L|D|     |C|
///       +-------------+-+-------------------------------+-+-+-+-+-----+-+
/// ```
///
/// H: stateless. L, M, S: 40, 56, 128 bits. D is obsolete, C is MPPC (RFC 2118), which we don't
/// speak. Asking, an end names all that it can do; the other picks one strength by a Nak (section
/// 2.1).
public final class MppeOption implements CompressionMethod {
  /// The Type field of this option (RFC 3078 section 2.1).
  public static final int TYPE = 18;

  private static final int DATA_LENGTH = 4;
  private static final int STATELESS = 0x0100_0000;
  private static final int OBSOLETE = 0x10;
  private static final int MPPC = 0x01;
  private static final int KNOWN = STATELESS | strengthBits() | OBSOLETE | MPPC;

  private static final MppeStrength[] STRONGEST_FIRST = {
    MppeStrength.BITS_128, MppeStrength.BITS_56, MppeStrength.BITS_40
  };

  private final CcpConfig.Mppe config;
  private final MethodChoice choice;
  private @Nullable MppeKeys keys;
  private int wish;
  private boolean asked;
  private int received;
  private int peers;

  MppeOption(CcpConfig.Mppe config, MethodChoice choice) {
    this.config = config;
    this.choice = choice;
  }

  private static int strengthBits() {
    int bits = 0;
    for (MppeStrength strength : MppeStrength.values()) {
      bits |= strength.bit();
    }
    return bits;
  }

  /// Sets what the authentication gave; without keys the option is neither asked for nor granted.
  void useKeys(@Nullable MppeKeys keys) {
    this.keys = keys;
  }

  /// The strongest of the strengths in `bits` that we may use.
  private @Nullable MppeStrength strongest(int bits) {
    for (MppeStrength strength : STRONGEST_FIRST) {
      if ((bits & strength.bit()) != 0 && config.strengths().contains(strength)) {
        return strength;
      }
    }
    return null;
  }

  /// What we would have instead of `bits`: one strength of theirs, else our strongest, stateless
  /// unless they want it otherwise and may.
  private int preferred(int bits) {
    MppeStrength strength = strongest(bits);
    if (strength == null) {
      strength = strongest(strengthBits());
    }
    boolean stateless = config.stateless() || (bits & STATELESS) != 0;
    return (strength == null ? 0 : strength.bit()) | (stateless ? STATELESS : 0);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    received = 0;
  }

  @Override
  public void begin() {
    wish = STATELESS;
    for (MppeStrength strength : config.strengths()) {
      wish |= strength.bit();
    }
  }

  @Override
  public void request(OptionWriter out) {
    asked = wish != 0 && keys != null;
    if (asked) {
      out.add32(TYPE, wish);
    }
  }

  /// A suggestion that we can't take will not get better by asking again.
  @Override
  public void naked(OptionReader suggestion) {
    int bits = suggestion.dataLength() == DATA_LENGTH ? suggestion.u32(0) : 0;
    boolean usable = strongest(bits) != null && (!config.stateless() || (bits & STATELESS) != 0);
    wish = asked && usable ? preferred(bits) : 0;
  }

  @Override
  public void rejected() {
    wish = 0;
  }

  @Override
  public void confirmed() {
    received = asked ? wish : 0;
    choice.confirmed();
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (keys == null) {
      return Verdict.REJECT;
    }
    int bits = option.dataLength() == DATA_LENGTH ? option.u32(0) : 0;
    int wanted = preferred(bits);
    if (bits != wanted) {
      return Verdict.Nak.u32(wanted);
    }
    peers = bits;
    choice.offered(this);
    return Verdict.ACK;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    choice.absent(this);
    return config.required() && keys != null
        ? Verdict.Nak.u32(preferred(STATELESS | strengthBits()))
        : null;
  }

  @Override
  public void granted() {
    choice.granted();
  }

  @Override
  public String sends() {
    return name(peers);
  }

  @Override
  public String receives() {
    return name(received);
  }

  private String name(int bits) {
    MppeStrength strength = strength(bits);
    boolean stateless = mode(bits) == MppeMode.STATELESS;
    return "MPPE " + strength.bits() + "-bit " + (stateless ? "stateless" : "stateful");
  }

  @Override
  public boolean isReceiving() {
    return received != 0;
  }

  @Override
  public PacketDecompressor newDecompressor() {
    MppeStrength strength = strength(received);
    byte[] key = keys().receive(strength.keyLength());
    return new MppeDecompressor(new MppeSession(strength, key), mode(received));
  }

  @Override
  public PacketCompressor newCompressor() {
    MppeStrength strength = strength(peers);
    byte[] key = keys().send(strength.keyLength());
    return new MppeCompressor(new MppeSession(strength, key), mode(peers));
  }

  private MppeStrength strength(int bits) {
    MppeStrength strength = strongest(bits);
    if (strength == null) {
      throw new IllegalStateException("nothing agreed on");
    }
    return strength;
  }

  private MppeKeys keys() {
    MppeKeys keys = this.keys;
    if (keys == null) {
      throw new IllegalStateException("no keys");
    }
    return keys;
  }

  private MppeMode mode(int bits) {
    return (bits & STATELESS) != 0 ? MppeMode.STATELESS : config.stateful();
  }

  /// RFC 3078 section 3: no MPPE packets before that.
  @Override
  public boolean waitsForOpened() {
    return true;
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() != DATA_LENGTH) {
      return null;
    }
    int bits = option.u32(0);
    StringBuilder text = new StringBuilder("mppe");
    flag(text, bits, STATELESS, 'H');
    flag(text, bits, MppeStrength.BITS_56.bit(), 'M');
    flag(text, bits, MppeStrength.BITS_128.bit(), 'S');
    flag(text, bits, MppeStrength.BITS_40.bit(), 'L');
    flag(text, bits, OBSOLETE, 'D');
    flag(text, bits, MPPC, 'C');
    if ((bits & ~KNOWN) != 0) {
      text.append(
          String.format(
              " +U (%02x %02x %02x %02x)",
              bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff, bits & 0xff));
    }
    return text.toString();
  }

  private static void flag(StringBuilder text, int bits, int mask, char letter) {
    text.append(' ').append((bits & mask) != 0 ? '+' : '-').append(letter);
  }
}
