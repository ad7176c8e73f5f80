package linedisc.examples.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.ipcp.IpCompressionOption.Reception;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// What a link has agreed on, as its events tell it, or why it has ended. Any thread.
final class PppOutcome {
  private PppEvent.@Nullable LinkUp lcp;
  private final Map<Boolean, PppEvent.Authenticated> proofs = new LinkedHashMap<>();
  private PppEvent.@Nullable Ipv4Up ipv4;
  private PppEvent.@Nullable Ipv6Up ipv6;
  private PppEvent.@Nullable CompressionUp compression;
  private int mtu;
  private @Nullable String ipv4Down;
  private @Nullable String ipv6Down;
  private @Nullable String compressionDown;
  private @Nullable TerminationReason end;

  /// Notes what has happened.
  synchronized void take(PppEvent event) {
    switch (event) {
      case PppEvent.LinkUp up -> {
        lcp = up;
        proofs.clear();
      }
      case PppEvent.Authenticated proof -> proofs.put(proof.ours(), proof);
      case PppEvent.CompressionUp up -> {
        compression = up;
        compressionDown = null;
      }
      case PppEvent.CompressionDown(String why) -> {
        compression = null;
        compressionDown = why;
      }
      case PppEvent.Ipv4Up up -> {
        ipv4 = up;
        ipv4Down = null;
        mtu = up.mtu();
      }
      case PppEvent.Ipv6Up up -> {
        ipv6 = up;
        ipv6Down = null;
        mtu = up.mtu();
      }
      case PppEvent.MtuChanged(int changed) -> mtu = changed;
      case PppEvent.NetworkDown(int protocol, String why) -> down(protocol, why);
      case PppEvent.Terminated(TerminationReason reason) -> end = reason;
      case PppEvent.PhaseChanged _, PppEvent.Message _, PppEvent.Needed _, PppEvent.Trace _ -> {}
    }
  }

  private void down(int protocol, String why) {
    if (protocol == PppProtocol.IPV4) {
      ipv4 = null;
      ipv4Down = why;
    } else {
      ipv6 = null;
      ipv6Down = why;
    }
  }

  /// Why the link has ended; null if it has not.
  synchronized @Nullable TerminationReason end() {
    return end;
  }

  /// Whether packets flow.
  synchronized boolean isOpened() {
    return end == null && (ipv4 != null || ipv6 != null);
  }

  /// The IPv4 addresses; null if there are none.
  synchronized PppEvent.@Nullable Ipv4Up ipv4() {
    return ipv4;
  }

  /// Whether everything has come up that the configuration names, or has failed to.
  synchronized boolean isSettled(PppConfig config) {
    return end != null
        || ((config.ipcp() == null || ipv4 != null || ipv4Down != null)
            && (config.ipv6cp() == null || ipv6 != null || ipv6Down != null)
            && (config.ccp() == null || compression != null || compressionDown != null));
  }

  synchronized Map<String, Object> toJson(String name) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("name", name);
    if (end != null) {
      result.put("reason", end.message());
      result.put("exit", end.exitCode());
    }
    if (lcp != null) {
      result.put("mru", lcp.mru());
      result.put("accm", String.format("0x%08x", lcp.framing().receiveMap()));
      result.put("peer_mru", lcp.framing().mru());
      result.put("peer_accm", String.format("0x%08x", lcp.framing().sendMap().accm()));
      result.put("pfc", lcp.framing().protocolCompression());
      result.put("acfc", lcp.framing().addressControlCompression());
    }
    PppEvent.Authenticated ours = proofs.get(true);
    PppEvent.Authenticated peers = proofs.get(false);
    result.put("auth", ours == null ? null : ours.method().text());
    result.put("peer_auth", peers == null ? null : peers.method().text());
    result.put("peer_name", peers == null ? null : peers.name());
    if (end == null) {
      result.put("local", ipv4 == null ? null : text(ipv4.local()));
      result.put("remote", ipv4 == null ? null : text(ipv4.remote()));
      result.put("dns", ipv4 == null ? List.of() : texts(ipv4.dns()));
      result.put("wins", ipv4 == null ? List.of() : texts(ipv4.nbns()));
      result.put("vj", ipv4 == null ? null : vj(ipv4));
      result.put("local6", ipv6 == null ? null : InterfaceIdentifier.linkLocalText(ipv6.local()));
      result.put("remote6", ipv6 == null ? null : InterfaceIdentifier.linkLocalText(ipv6.remote()));
      result.put("compressor", compression == null ? null : compression.sends());
      result.put("decompressor", compression == null ? null : compression.receives());
      result.put("mtu", mtu);
    }
    return result;
  }

  private static Map<String, Object> vj(PppEvent.Ipv4Up up) {
    var vj = new LinkedHashMap<String, Object>();
    vj.put("sends", up.sendsVj().slots());
    vj.put("receives", up.receivesVj().slots());
    return vj;
  }

  private static List<String> texts(List<Integer> addresses) {
    List<String> texts = new ArrayList<>();
    addresses.forEach(address -> texts.add(text(address)));
    return texts;
  }

  private static String text(int address) {
    return Addresses.of(address).getHostAddress();
  }

  /// What was agreed on, in words, one line each.
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (lcp != null) {
      lines.add(
          String.format(
              "lcp          mru %d, peer's %d; accm 0x%x, peer's 0x%x",
              lcp.mru(),
              lcp.framing().mru(),
              lcp.framing().receiveMap(),
              lcp.framing().sendMap().accm()));
    }
    for (PppEvent.Authenticated proof : proofs.values()) {
      lines.add(
          "auth         "
              + (proof.ours() ? "we proved ourselves by " : "'" + proof.name() + "' by ")
              + proof.method().text());
    }
    if (end != null) {
      lines.add("ended        " + end.message() + " (" + end.exitCode() + ")");
      return lines;
    }
    if (compression != null) {
      lines.add(
          "compression  sends "
              + orNone(compression.sends())
              + ", receives "
              + orNone(compression.receives()));
    } else if (compressionDown != null) {
      lines.add("compression  none: " + compressionDown);
    }
    if (ipv4 != null) {
      lines.add(
          "ipv4         "
              + text(ipv4.local())
              + " to "
              + text(ipv4.remote())
              + servers(ipv4)
              + vjText(ipv4)
              + ", mtu "
              + mtu);
    } else if (ipv4Down != null) {
      lines.add("ipv4         none: " + ipv4Down);
    }
    if (ipv6 != null) {
      lines.add(
          "ipv6         "
              + InterfaceIdentifier.linkLocalText(ipv6.local())
              + " to "
              + InterfaceIdentifier.linkLocalText(ipv6.remote()));
    } else if (ipv6Down != null) {
      lines.add("ipv6         none: " + ipv6Down);
    }
    return lines;
  }

  private static String orNone(String method) {
    return method.isEmpty() ? "nothing" : method;
  }

  private static String servers(PppEvent.Ipv4Up up) {
    return listed(", dns ", up.dns()) + listed(", wins ", up.nbns());
  }

  private static String listed(String what, List<Integer> addresses) {
    return addresses.isEmpty() ? "" : what + String.join(" ", texts(addresses));
  }

  private static String vjText(PppEvent.Ipv4Up up) {
    Reception none = Reception.NONE;
    return up.sendsVj().equals(none) && up.receivesVj().equals(none)
        ? ""
        : ", vj slots " + up.sendsVj().slots() + "/" + up.receivesVj().slots();
  }
}
