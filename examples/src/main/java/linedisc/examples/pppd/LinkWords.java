package linedisc.examples.pppd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.auth.AuthMethod;
import org.jspecify.annotations.Nullable;

/// What happens on a link, in the words that pppd's users and their scripts look for.
final class LinkWords {
  private static final int SECONDS_PER_TENTH_OF_A_MINUTE = 6;

  private LinkWords() {}

  /// A limit of the options was reached.
  ///
  /// @param used how many octets count
  static String expired(TerminationReason reason, PppdOptions options, long used) {
    return switch (reason) {
      case TerminationReason.IdleTimeout _ -> "Terminating connection due to lack of activity.";
      case TerminationReason.ConnectTime _ -> "Connect time expired";
      case TerminationReason.TrafficLimit _ ->
          "Traffic limit reached. Limit: "
              + options.get(DaemonOptions.MAX_OCTETS)
              + " Used: "
              + used;
      default -> reason.message();
    };
  }

  /// The link has ended, and not because we wanted it.
  ///
  /// @param agreed what LCP had agreed on; null: it was never Opened
  static List<String> ended(TerminationReason reason, PppEvent.@Nullable LinkUp agreed) {
    return switch (reason) {
      case TerminationReason.PeerRequest(String text, _) ->
          List.of("LCP terminated by peer" + (text.isEmpty() ? "" : " (" + text + ")"));
      case TerminationReason.NoAnswer _ -> List.of("LCP: timeout sending Config-Requests");
      case TerminationReason.PeerDead(int unanswered) ->
          List.of(
              "No response to " + unanswered + " echo-requests",
              "Serial link appears to be disconnected.");
      case TerminationReason.LoopedBack _ -> List.of("Serial line is looped back.");
      case TerminationReason.HangUp _ -> List.of("Modem hangup");
      case TerminationReason.AuthenticationFailed(boolean ours, String why) ->
          List.of(refused(ours, agreed) + (why.isEmpty() ? "" : ": " + why));
      default -> List.of(reason.message());
    };
  }

  private static String refused(boolean ours, PppEvent.@Nullable LinkUp agreed) {
    AuthMethod method = agreed == null ? null : ours ? agreed.ourProof() : agreed.peersProof();
    if (method == null) {
      return ours
          ? "Failed to authenticate ourselves to peer"
          : "peer refused to authenticate: terminating link";
    }
    return name(method) + (ours ? " authentication failed" : " peer authentication failed");
  }

  /// One end has proved who it is.
  ///
  /// @param peer the peer's name
  static String authenticated(boolean ours, AuthMethod method, String peer) {
    return ours
        ? name(method) + " authentication succeeded"
        : name(method) + " peer authentication succeeded for " + peer;
  }

  /// pppd's names tell the protocols apart, and not the algorithms.
  private static String name(AuthMethod method) {
    return switch (method) {
      case PAP -> "PAP";
      case CHAP_MD5, CHAP_SHA1, CHAP_SHA256, CHAP_SHA3_256, MS_CHAP, MS_CHAP_V2 -> "CHAP";
      case EAP -> "EAP";
    };
  }

  /// CCP is Opened.
  static String compressed(String sends, String receives) {
    if (sends.equals(receives)) {
      return sends + " compression enabled";
    }
    if (sends.isEmpty() || receives.isEmpty()) {
      return sends.isEmpty()
          ? receives + " receive compression enabled"
          : sends + " transmit compression enabled";
    }
    return sends + " / " + receives + " compression enabled";
  }

  /// What the link has carried.
  static List<String> statistics(Duration connected, long sent, long received) {
    long tenths =
        (connected.toSeconds() + SECONDS_PER_TENTH_OF_A_MINUTE / 2) / SECONDS_PER_TENTH_OF_A_MINUTE;
    return List.of(
        String.format(Locale.ROOT, "Connect time %d.%d minutes.", tenths / 10, tenths % 10),
        "Sent " + sent + " bytes, received " + received + " bytes.");
  }
}
