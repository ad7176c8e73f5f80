package linedisc.examples.pppd.options;

import java.util.List;

/// Options of the Link Control Protocol.
public final class LcpOptions {
  /// Smallest MRU and MTU.
  static final int MIN_MRU = 128;

  /// Largest MRU and MTU.
  static final int MAX_MRU = 16384;

  /// Seconds of the longest restart timer.
  static final int MAX_RESTART = 3600;

  /// The largest of the automaton's counters.
  static final int MAX_COUNT = 255;

  private static final int MAX_ECHO_FAILURE = 1000;
  private static final int MAX_ECHO_INTERVAL = 86_400;

  /// Address-and-control-field compression, both ways.
  public static final Setting<Boolean> ACFC = Setting.of("acfc", true);

  /// Protocol-field compression, both ways.
  public static final Setting<Boolean> PFC = Setting.of("pfc", true);

  /// The ACCM that we ask the peer to use: bit n for octet n.
  public static final Setting<Integer> ASYNCMAP = Setting.of("asyncmap", 0);

  /// Whether the ACCM is negotiated.
  public static final Setting<Boolean> NEGOTIATE_ASYNCMAP =
      Setting.of("asyncmap negotiation", true);

  /// Magic numbers, both ways.
  public static final Setting<Boolean> MAGIC_NUMBER = Setting.of("magic number", true);

  /// The MRU that we ask for, in octets.
  public static final Setting<Integer> MRU = Setting.of("mru", 1500);

  /// Whether the MRU is negotiated.
  public static final Setting<Boolean> NEGOTIATE_MRU = Setting.of("mru negotiation", true);

  /// Octets of the longest packet we send, even if the peer takes longer ones.
  public static final Setting<Integer> MTU = Setting.of("mtu", MAX_MRU);

  /// Wait for the peer when it does not answer, instead of giving up.
  public static final Setting<Boolean> PASSIVE = Setting.of("passive", false);

  /// Send nothing before the peer does.
  public static final Setting<Boolean> SILENT = Setting.of("silent", false);

  /// Unanswered Echo-Requests after which the peer is dead; 0: any number.
  public static final Setting<Integer> ECHO_FAILURE = Setting.of("lcp-echo-failure", 0);

  /// Seconds between Echo-Requests; 0: none are sent.
  public static final Setting<Integer> ECHO_INTERVAL = Setting.of("lcp-echo-interval", 0);

  /// No Echo-Request when something was received since the last.
  public static final Setting<Boolean> ECHO_ADAPTIVE = Setting.of("lcp-echo-adaptive", false);

  /// Restart timer, seconds.
  public static final Setting<Integer> RESTART = Setting.of("lcp-restart", 3);

  /// Terminate-Requests sent without an answer.
  public static final Setting<Integer> MAX_TERMINATE = Setting.of("lcp-max-terminate", 2);

  /// Configure-Requests sent without an answer.
  public static final Setting<Integer> MAX_CONFIGURE = Setting.of("lcp-max-configure", 10);

  /// Configure-Naks sent before a Configure-Reject.
  public static final Setting<Integer> MAX_FAILURE = Setting.of("lcp-max-failure", 5);

  private LcpOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.LCP)
        .word("-all", (draft, word) -> nothing(draft), "Ask for no LCP option and allow none")
        .flag("noaccomp", ACFC, false, "Do without address-and-control-field compression")
        .alias("-ac")
        .special(
            "asyncmap",
            "HEX",
            (draft, word) -> draft.set(ASYNCMAP, draft.get(ASYNCMAP) | draft.bits(word)),
            "Control characters the peer must escape; several values are joined")
        .also(NEGOTIATE_ASYNCMAP, true)
        .shown(options -> "asyncmap " + Integer.toHexString(options.get(ASYNCMAP)))
        .alias("-as")
        .flag(
            "default-asyncmap",
            ASYNCMAP,
            -1,
            "Don't negotiate the ACCM: all control characters are escaped")
        .also(NEGOTIATE_ASYNCMAP, false)
        .alias("-am")
        .flag("nomagic", MAGIC_NUMBER, false, "Do without magic numbers, which detect loops")
        .alias("-mn")
        .number("mru", MRU, MIN_MRU, MAX_MRU, "Longest packet we ask to receive, in octets")
        .also(NEGOTIATE_MRU, true)
        .keeps()
        .flag("default-mru", NEGOTIATE_MRU, false, "Don't negotiate the MRU: it is 1500")
        .alias("-mru")
        .under("mru")
        .number("mtu", MTU, MIN_MRU, MAX_MRU, "Longest packet we send, in octets")
        .flag("nopcomp", PFC, false, "Do without protocol-field compression")
        .alias("-pc")
        .flag("passive", PASSIVE, true, "Keep waiting when the peer does not answer")
        .alias("-p")
        .flag("silent", SILENT, true, "Send nothing before the peer does")
        .number("lcp-echo-failure", ECHO_FAILURE, 0, "Unanswered echoes that mean a dead peer")
        .cut(ECHO_FAILURE, 0, MAX_ECHO_FAILURE)
        .keeps()
        .number("lcp-echo-interval", ECHO_INTERVAL, 0, "Seconds between echo requests")
        .cut(ECHO_INTERVAL, 0, MAX_ECHO_INTERVAL)
        .keeps()
        .flag("lcp-echo-adaptive", ECHO_ADAPTIVE, true, "No echo request while data comes in")
        .accepted(
            "lcp-rtt-file",
            new Argument.Text(TtyOptions.MAX_PATH),
            "round-trip times are not written to a file",
            "File for the round-trip times of echoes")
        .keeps()
        .privileged()
        .number("lcp-restart", RESTART, 1, "Seconds between retransmissions of LCP")
        .cut(RESTART, 1, MAX_RESTART)
        .keeps()
        .number("lcp-max-terminate", MAX_TERMINATE, 0, "Terminate-Requests sent at most")
        .cut(MAX_TERMINATE, 1, MAX_COUNT)
        .keeps()
        .number("lcp-max-configure", MAX_CONFIGURE, 0, "Configure-Requests sent at most")
        .cut(MAX_CONFIGURE, 1, MAX_COUNT)
        .keeps()
        .number("lcp-max-failure", MAX_FAILURE, 0, "Configure-Naks sent before a reject")
        .cut(MAX_FAILURE, 1, MAX_COUNT)
        .keeps()
        .accepted(
            "receive-all",
            new Argument.None(),
            "only what asyncmap names is dropped; use asyncmap 0 to take all",
            "Take all received control characters")
        .list();
  }

  private static void nothing(OptionDraft draft) {
    draft.set(ACFC, false);
    draft.set(PFC, false);
    draft.set(MAGIC_NUMBER, false);
    draft.set(NEGOTIATE_ASYNCMAP, false);
    draft.set(NEGOTIATE_MRU, false);
  }
}
