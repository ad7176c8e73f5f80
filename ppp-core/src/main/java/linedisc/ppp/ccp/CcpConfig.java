package linedisc.ppp.ccp;

import java.util.EnumSet;
import java.util.Set;
import linedisc.ppp.fsm.RestartPolicy;
import org.jspecify.annotations.Nullable;

/// What CCP asks for and grants. Either direction may come out with another method, or with none.
///
/// @param deflate Deflate; unused where MPPE is required, which leaves room for nothing else
/// @param mppe MPPE; null for none
public record CcpConfig(Deflate deflate, @Nullable Mppe mppe, RestartPolicy restart) {
  /// pppd's defaults: Deflate both ways with the largest window, no MPPE.
  public static final CcpConfig DEFAULT =
      new CcpConfig(Deflate.DEFAULT, null, RestartPolicy.DEFAULT);

  /// The same with another [#deflate()].
  public CcpConfig withDeflate(Deflate value) {
    return new CcpConfig(value, mppe, restart);
  }

  /// The same with another [#mppe()].
  public CcpConfig withMppe(Mppe value) {
    return new CcpConfig(deflate, value, restart);
  }

  /// The same with another [#restart()].
  public CcpConfig withRestart(RestartPolicy value) {
    return new CcpConfig(deflate, mppe, value);
  }

  /// Whether network packets may only go encrypted.
  public boolean requiresMppe() {
    return mppe != null && mppe.required();
  }

  /// Windows are given as binary logarithms of their size in octets.
  ///
  /// @param receive the window that we ask the peer to use for what it sends, 8 to 15; 0 not to ask
  /// @param send the largest window that the peer may ask of us, 8 to 15; 0 for none
  /// @param draft whether the number of the draft (24) is spoken as well as that of the RFC (26)
  public record Deflate(int receive, int send, boolean draft) {
    public static final Deflate DEFAULT =
        new Deflate(DeflateOption.MAX_WINDOW_BITS, DeflateOption.MAX_WINDOW_BITS, true);

    /// No Deflate in either direction.
    public static final Deflate NONE = new Deflate(0, 0, false);

    /// Checks the windows.
    ///
    /// @throws IllegalArgumentException if a window is neither 0 nor in 8 to 15
    public Deflate {
      check(receive);
      check(send);
    }

    private static void check(int bits) {
      if (bits != 0 && !DeflateOption.isWindow(bits)) {
        throw new IllegalArgumentException("window of " + bits + " bits");
      }
    }
  }

  /// What is wanted of MPPE (RFC 3078).
  ///
  /// @param required whether the link has to end if MPPE can't be had in both directions
  /// @param strengths what may be used; not empty
  /// @param stateless whether only [MppeMode#STATELESS] may be used; otherwise it is only preferred
  /// @param stateful how the stateful mode is done if it comes to that: [MppeMode#STATEFUL] or
  ///   [MppeMode#STATEFUL_LINUX]
  public record Mppe(
      boolean required, Set<MppeStrength> strengths, boolean stateless, MppeMode stateful) {
    /// Checks what is wanted.
    ///
    /// @throws IllegalArgumentException if there is no strength, or `stateful` is not a stateful
    ///   mode
    public Mppe {
      if (strengths.isEmpty()) {
        throw new IllegalArgumentException("no strength of MPPE");
      }
      if (stateful == MppeMode.STATELESS) {
        throw new IllegalArgumentException("not a stateful mode");
      }
      strengths = Set.copyOf(strengths);
    }

    /// pppd's `require-mppe`: 40 or 128 bits, stateless only.
    public static Mppe require() {
      return require(MppeStrength.BITS_40, MppeStrength.BITS_128);
    }

    /// MPPE with one of these strengths, stateless only.
    public static Mppe require(MppeStrength first, MppeStrength... others) {
      return new Mppe(true, EnumSet.of(first, others), true, MppeMode.STATEFUL);
    }
  }
}
