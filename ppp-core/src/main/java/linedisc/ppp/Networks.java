package linedisc.ppp;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// The network protocols of a bundle, found by version or Protocol field, and what they are all
/// told.
final class Networks {
  private static final int IPV4_VERSION = 4;
  private static final int IPV6_VERSION = 6;

  private final List<NetworkProtocol> all;
  private boolean started;

  /// @param protocols null: this one is not wanted
  Networks(@Nullable NetworkProtocol... protocols) {
    List<NetworkProtocol> wanted = new ArrayList<>();
    for (NetworkProtocol protocol : protocols) {
      if (protocol != null) {
        wanted.add(protocol);
      }
    }
    all = List.copyOf(wanted);
  }

  /// Whether any of them carries packets.
  boolean isAnyUp() {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isUp()) {
        return true;
      }
    }
    return false;
  }

  /// Whether none of them will come up by itself.
  boolean haveAllEnded() {
    return all.stream().allMatch(NetworkProtocol::hasEnded);
  }

  /// Whose a packet to be sent is, by the version in its first four bits; null: nobody's.
  @Nullable NetworkProtocol ofVersion(int version) {
    int wanted =
        switch (version) {
          case IPV4_VERSION -> PppProtocol.IPV4;
          case IPV6_VERSION -> PppProtocol.IPV6;
          default -> -1;
        };
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).dataProtocol() == wanted) {
        return all.get(i);
      }
    }
    return null;
  }

  /// Whose a frame is, control packet or data; null: nobody's.
  @Nullable NetworkProtocol of(int protocol) {
    for (int i = 0; i < all.size(); i++) {
      NetworkProtocol network = all.get(i);
      if (network.carries(protocol) || network.controlProtocol() == protocol) {
        return network;
      }
    }
    return null;
  }

  /// The network may begin; once until [#stop].
  void start(long now) {
    if (!started) {
      started = true;
      for (NetworkProtocol protocol : all) {
        protocol.linkUp(now);
      }
    }
  }

  /// The network ends.
  void stop(long now) {
    started = false;
    for (NetworkProtocol protocol : all) {
      protocol.linkDown(now);
    }
  }

  /// Something was lost or damaged on the line.
  void afterLoss() {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).afterLoss();
    }
  }
}
