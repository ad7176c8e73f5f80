package linedisc.slip;

/// Settings of one SLIP link.
///
/// @param mode how packets are put into frames; both ends must agree, SLIP negotiates nothing
/// @param mtu the longest packet sent, in octets, [#MIN_MTU] to [#MAX_MTU]
/// @param vjSlots how many TCP connections are compressed at a time, each way, 1 to 256. The peer
///   must have as many: Linux and the BSDs have 16
/// @param keepalive seconds, 0 to 255: a period of this length without one END from the peer means
///   that the line is dead; 0 = never
/// @param outfill seconds, 0 to 255: a period of this length without a packet sent is filled with
///   one END, which feeds the peer's keepalive; 0 = never
/// @param noIcmp whether IPv4 ICMP packets are not sent, BSD's way of keeping pings off a slow line
public record SlipConfig(
    SlipMode mode, int mtu, int vjSlots, int keepalive, int outfill, boolean noIcmp) {

  /// The MTU of Linux and the BSDs: long enough for one TCP segment of 256 octets, short enough
  /// that a key press doesn't wait long behind it.
  public static final int DEFAULT_MTU = 296;

  /// Least MTU: every link has to carry IP packets of this length (RFC 791 section 3.2).
  public static final int MIN_MTU = 68;

  /// Largest MTU, the longest IP packet there is.
  public static final int MAX_MTU = 65535;

  /// Connections that Linux and the BSDs remember, each way.
  public static final int DEFAULT_VJ_SLOTS = 16;

  /// Most connections that the one octet on the line can number.
  public static final int MAX_VJ_SLOTS = 256;

  /// Longest keepalive and outfill, in seconds.
  public static final int MAX_PERIOD = 255;

  /// Least room for received frames: peers send 512 octets of data whatever we say.
  private static final int MIN_RECEIVE_LENGTH = 2 * 576;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public SlipConfig {
    check("MTU", mtu, MIN_MTU, MAX_MTU);
    check("slots", vjSlots, 1, MAX_VJ_SLOTS);
    check("keepalive", keepalive, 0, MAX_PERIOD);
    check("outfill", outfill, 0, MAX_PERIOD);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }

  /// The longest frame worth receiving, in octets: twice the MTU but at least 1152, because a
  /// peer's MTU may well be longer than ours. As on Linux.
  public int maxReceiveLength() {
    return Math.clamp(2L * mtu, MIN_RECEIVE_LENGTH, MAX_MTU);
  }

  /// Plain SLIP as Linux and the BSDs do it, to be changed step by step.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects settings; those not given keep their defaults. For one thread.
  public static final class Builder {
    private SlipMode mode = SlipMode.SLIP;
    private int mtu = DEFAULT_MTU;
    private int vjSlots = DEFAULT_VJ_SLOTS;
    private int keepalive;
    private int outfill;
    private boolean noIcmp;

    private Builder() {}

    /// Sets [SlipConfig#mode()], [SlipMode#SLIP] if not given.
    public Builder mode(SlipMode value) {
      mode = value;
      return this;
    }

    /// Sets [SlipConfig#mtu()], [#DEFAULT_MTU] if not given.
    public Builder mtu(int value) {
      mtu = value;
      return this;
    }

    /// Sets [SlipConfig#vjSlots()], [#DEFAULT_VJ_SLOTS] if not given.
    public Builder vjSlots(int value) {
      vjSlots = value;
      return this;
    }

    /// Sets [SlipConfig#keepalive()], 0 if not given.
    public Builder keepalive(int value) {
      keepalive = value;
      return this;
    }

    /// Sets [SlipConfig#outfill()], 0 if not given.
    public Builder outfill(int value) {
      outfill = value;
      return this;
    }

    /// Sets [SlipConfig#noIcmp()], false if not given.
    public Builder noIcmp(boolean value) {
      noIcmp = value;
      return this;
    }

    /// Makes the settings.
    ///
    /// @throws IllegalArgumentException if a number is out of range
    public SlipConfig build() {
      return new SlipConfig(mode, mtu, vjSlots, keepalive, outfill, noIcmp);
    }
  }
}
