package linedisc.ppp.ipcp;

import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// IP-Compression-Protocol for Van Jacobson header compression (RFC 1332 section 4): who sends it
/// can receive compressed headers. Protocol, highest slot number, and whether the slot number may
/// be left out of a packet.
///
/// From the peer two older forms are taken too, without the last two fields: that of RFC 1172, and
/// one with the wrong protocol number that once got about.
public final class IpCompressionOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1332 section 3.2).
  public static final int TYPE = 2;

  private static final int DATA_LENGTH = 4;
  private static final int OLD_DATA_LENGTH = 2;
  private static final int OLD_WRONG_PROTOCOL = 0x0037;
  private static final int OLD_SLOTS = 16;

  /// What one end can take.
  ///
  /// @param slots how many connections, 0 if no compressed headers at all
  /// @param compressSlotId whether packets may leave out their slot number
  public record Reception(int slots, boolean compressSlotId) {
    /// No compressed headers.
    public static final Reception NONE = new Reception(0, false);

    private static final Reception OLD = new Reception(OLD_SLOTS, false);
  }

  private final Reception configured;
  private Reception wish;
  private boolean refused;
  private Reception ours = Reception.NONE;
  private Reception candidate = Reception.NONE;
  private Reception peers = Reception.NONE;

  IpCompressionOption(IpcpConfig config) {
    this.configured =
        config.vjSlots() == 0
            ? Reception.NONE
            : new Reception(config.vjSlots(), config.vjCompressSlotId());
    this.wish = configured;
  }

  /// What we said we can take, and the peer acknowledged.
  Reception ours() {
    return ours;
  }

  /// What the peer can take.
  Reception peers() {
    return peers;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    ours = Reception.NONE;
    peers = Reception.NONE;
  }

  @Override
  public void begin() {
    wish = configured;
    refused = false;
  }

  private boolean isRequested() {
    return wish.slots() > 0 && !refused;
  }

  @Override
  public void request(OptionWriter out) {
    if (isRequested()) {
      out.add(TYPE, encode(wish));
    }
  }

  private static byte[] encode(Reception reception) {
    byte[] data = new byte[DATA_LENGTH];
    PppProtocol.write(PppProtocol.VJ_COMPRESSED, data, 0);
    data[2] = (byte) (reception.slots() - 1);
    data[3] = (byte) (reception.compressSlotId() ? 1 : 0);
    return data;
  }

  @Override
  public void naked(OptionReader suggestion) {
    Reception suggested = decode(suggestion);
    if (!isRequested()) {
      return;
    }
    if (suggested == null) {
      refused = true;
    } else {
      wish =
          new Reception(
              Math.min(wish.slots(), suggested.slots()),
              wish.compressSlotId() && suggested.compressSlotId());
    }
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    ours = isRequested() ? wish : Reception.NONE;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (configured.slots() == 0) {
      return Verdict.REJECT;
    }
    Reception asked = decode(option);
    if (asked == null) {
      return new Verdict.Nak(encode(configured));
    }
    candidate = asked;
    return Verdict.ACK;
  }

  private static @Nullable Reception decode(OptionReader option) {
    if (option.dataLength() == DATA_LENGTH && option.u16(0) == PppProtocol.VJ_COMPRESSED) {
      return new Reception(option.u8(2) + 1, option.u8(3) != 0);
    }
    if (option.dataLength() == OLD_DATA_LENGTH
        && (option.u16(0) == PppProtocol.VJ_COMPRESSED || option.u16(0) == OLD_WRONG_PROTOCOL)) {
      return Reception.OLD;
    }
    return null;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    candidate = Reception.NONE;
    return null;
  }

  @Override
  public void granted() {
    peers = candidate;
  }

  /// The option in pppd's notation, or null if the data is shorter than a protocol number.
  public static @Nullable String text(OptionReader option) {
    if (option.dataLength() < OLD_DATA_LENGTH) {
      return null;
    }
    StringBuilder text = new StringBuilder("compress ");
    int protocol = option.u16(0);
    switch (protocol) {
      case PppProtocol.VJ_COMPRESSED -> text.append("VJ");
      case OLD_WRONG_PROTOCOL -> text.append("old-VJ");
      default -> text.append(String.format("0x%x", protocol));
    }
    for (int i = OLD_DATA_LENGTH; i < option.dataLength(); i++) {
      text.append(String.format(" %02x", option.u8(i)));
    }
    return text.toString();
  }
}
