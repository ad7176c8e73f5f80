package linedisc.ppp.fsm;

import linedisc.ppp.wire.OptionWriter;

/// What one end thinks of an option in the other's Configure-Request (RFC 1661 sections 5.2 to
/// 5.4).
public sealed interface Verdict {
  /// The one [Ack] there need be.
  Ack ACK = new Ack();

  /// The one [Reject] there need be.
  Reject REJECT = new Reject();

  /// The value is acceptable.
  record Ack() implements Verdict {}

  /// The option is known, this value is not acceptable, that one would be.
  @SuppressWarnings("ArrayRecordComponent") // Written once into an answer, never compared.
  record Nak(byte[] data) implements Verdict {
    /// A suggestion of one octet.
    public static Nak u8(int value) {
      return new Nak(new byte[] {(byte) value});
    }

    /// A suggestion of two octets.
    public static Nak u16(int value) {
      return new Nak(OptionWriter.octets16(value));
    }

    /// A suggestion of four octets.
    public static Nak u32(int value) {
      return new Nak(OptionWriter.octets32(value));
    }
  }

  /// The option is unknown or not negotiable.
  record Reject() implements Verdict {}
}
