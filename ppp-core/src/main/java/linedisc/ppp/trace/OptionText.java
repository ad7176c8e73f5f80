package linedisc.ppp.trace;

import linedisc.ppp.ccp.DeflateOption;
import linedisc.ppp.ccp.MppeOption;
import linedisc.ppp.ipcp.IpAddressOption;
import linedisc.ppp.ipcp.IpCompressionOption;
import linedisc.ppp.ipcp.NameServerOption;
import linedisc.ppp.ipv6cp.InterfaceIdentifierOption;
import linedisc.ppp.lcp.AccmOption;
import linedisc.ppp.lcp.AuthenticationOption;
import linedisc.ppp.lcp.CompressionOption;
import linedisc.ppp.lcp.MagicNumberOption;
import linedisc.ppp.lcp.MruOption;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Configuration Options; each that is negotiated here prints itself.
final class OptionText {
  private OptionText() {}

  /// The text without the angle brackets, or null where hexadecimal has to do.
  static @Nullable String of(int protocol, OptionReader option) {
    return switch (protocol) {
      case PppProtocol.LCP -> lcp(option);
      case PppProtocol.IPCP -> ipcp(option);
      case PppProtocol.IPV6CP -> ipv6cp(option);
      case PppProtocol.CCP -> ccp(option);
      default -> null;
    };
  }

  private static @Nullable String lcp(OptionReader option) {
    return switch (option.type()) {
      case MruOption.TYPE -> MruOption.text(option);
      case AccmOption.TYPE -> AccmOption.text(option);
      case AuthenticationOption.TYPE -> AuthenticationOption.text(option);
      case MagicNumberOption.TYPE -> MagicNumberOption.text(option);
      case CompressionOption.PROTOCOL_FIELD, CompressionOption.ADDRESS_CONTROL_FIELD ->
          CompressionOption.text(option);
      default -> ForeignOption.lcp(option);
    };
  }

  private static @Nullable String ipcp(OptionReader option) {
    return switch (option.type()) {
      case IpAddressOption.TYPE -> IpAddressOption.text(option);
      case IpCompressionOption.TYPE -> IpCompressionOption.text(option);
      case NameServerOption.PRIMARY_DNS,
          NameServerOption.SECONDARY_DNS,
          NameServerOption.PRIMARY_NBNS,
          NameServerOption.SECONDARY_NBNS ->
          NameServerOption.text(option);
      default -> ForeignOption.ipcp(option);
    };
  }

  private static @Nullable String ipv6cp(OptionReader option) {
    return option.type() == InterfaceIdentifierOption.TYPE
        ? InterfaceIdentifierOption.text(option)
        : ForeignOption.ipv6cp(option);
  }

  private static @Nullable String ccp(OptionReader option) {
    return switch (option.type()) {
      case MppeOption.TYPE -> MppeOption.text(option);
      case DeflateOption.TYPE, DeflateOption.DRAFT_TYPE -> DeflateOption.text(option);
      default -> ForeignOption.ccp(option);
    };
  }
}
