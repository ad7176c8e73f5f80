package linedisc.examples.pppd.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import linedisc.examples.pppd.options.AuthenticationOptions.Method;
import linedisc.examples.pppd.options.AuthenticationOptions.Requirement;
import linedisc.ppp.PppConfig;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.EapType;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.MppeMode;
import linedisc.ppp.ccp.MppeStrength;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.jspecify.annotations.Nullable;

/// What the options say about a link, as the engines take it.
///
/// @param lcp LCP
/// @param auth authentication in both roles
/// @param asked how the peer may prove who it is, what we ask for first in front; empty: it need
///   not
/// @param given how we prove who we are if asked
/// @param ipcp IPCP; null: no IPv4
/// @param ipv6cp IPV6CP; null: no IPv6
/// @param ccp CCP; null: neither compression nor encryption
public record LinkConfig(
    LcpConfig lcp,
    AuthConfig auth,
    List<AuthMethod> asked,
    Set<AuthMethod> given,
    @Nullable IpcpConfig ipcp,
    @Nullable Ipv6cpConfig ipv6cp,
    @Nullable CcpConfig ccp) {

  /// Address for a peer that tells none, plus the unit number: 10.64.64.64.
  private static final int PEER_STAND_IN = 0x0A404040;

  /// Those who call pppd wait for its exit status 17; the modem has connected before.
  private static final Duration LOOPBACK_PAUSE = Duration.ofMillis(100);

  /// In pppd's order: what is safest is asked for first.
  private static final List<Method> PREFERENCE =
      List.of(Method.EAP, Method.MS_CHAP_V2, Method.MS_CHAP, Method.CHAP, Method.PAP);

  /// The configuration of a link.
  ///
  /// @param localName our name, as [linedisc.examples.pppd.secrets.Credentials] has it
  /// @param trustsPeers whether a peer need not prove who it is when no option says so
  /// @param hostAddress the host's own IPv4 address, offered as ours unless options say otherwise;
  ///   0 for none
  /// @param unit the interface's unit number
  public static LinkConfig of(
      PppdOptions options, String localName, boolean trustsPeers, int hostAddress, int unit) {
    return new LinkConfig(
        lcp(options),
        auth(options, localName),
        asked(options, trustsPeers),
        given(options),
        options.get(IpcpOptions.IP)
            ? ipcp(options, hostAddress, unit, !asked(options, trustsPeers).isEmpty())
            : null,
        options.get(Ipv6cpOptions.IPV6) ? Ipv6Config.of(options) : null,
        options.get(CcpOptions.CCP) ? ccp(options) : null);
  }

  /// The same, with ways of proof left out for which there are no secrets.
  public LinkConfig withSecretsFor(Predicate<AuthMethod> peers, Predicate<AuthMethod> ours) {
    return new LinkConfig(
        lcp,
        auth,
        asked.stream().filter(peers).toList(),
        given.stream().filter(ours).collect(Collectors.toUnmodifiableSet()),
        ipcp,
        ipv6cp,
        ccp);
  }

  /// The configuration of the engine, to which its caller adds what is no matter of the link: a
  /// limit to the session, traces.
  public PppConfig.Builder ppp() {
    return PppConfig.builder()
        .lcp(lcp)
        .auth(auth.withDemanded(asked).withAccepted(given))
        .ccp(ccp)
        .ipcp(ipcp)
        .ipv6cp(ipv6cp)
        .networkRequired(true);
  }

  private static LcpConfig lcp(PppdOptions options) {
    boolean negotiateMru = options.get(LcpOptions.NEGOTIATE_MRU);
    int mru = negotiateMru ? options.get(LcpOptions.MRU) : LcpOptions.MRU.initial();
    return LcpConfig.builder()
        .mru(mru)
        .negotiateMru(negotiateMru)
        // Nobody sends more than he would take, unless he says so.
        .mtu(options.isSet(LcpOptions.MTU) ? options.get(LcpOptions.MTU) : mru)
        .accm(options.get(LcpOptions.ASYNCMAP))
        .negotiateAccm(options.get(LcpOptions.NEGOTIATE_ASYNCMAP))
        .escapes(List.copyOf(options.get(TtyOptions.ESCAPE)))
        .magicNumber(options.get(LcpOptions.MAGIC_NUMBER))
        .protocolCompression(options.get(LcpOptions.PFC))
        .addressControlCompression(options.get(LcpOptions.ACFC))
        .restart(
            restart(
                    options,
                    LcpOptions.RESTART,
                    LcpOptions.MAX_CONFIGURE,
                    LcpOptions.MAX_TERMINATE,
                    LcpOptions.MAX_FAILURE)
                .withSilent(options.get(LcpOptions.SILENT))
                .withPassive(options.get(LcpOptions.PASSIVE)))
        .loopbackPause(LOOPBACK_PAUSE)
        .echoInterval(Duration.ofSeconds(options.get(LcpOptions.ECHO_INTERVAL)))
        .echoFailure(options.get(LcpOptions.ECHO_FAILURE))
        .echoAdaptive(options.get(LcpOptions.ECHO_ADAPTIVE))
        .build();
  }

  private static IpcpConfig ipcp(
      PppdOptions options, int hostAddress, int unit, boolean authenticated) {
    int local = options.get(IpcpOptions.LOCAL);
    boolean byHost = local == 0 && hostAddress != 0 && !options.get(IpcpOptions.NO_DEFAULT);
    return IpcpConfig.builder()
        .localAddress(byHost ? hostAddress : local)
        .remoteAddress(options.get(IpcpOptions.REMOTE))
        // Who has proved who it is may have an address of its own.
        .remoteOnDemand(authenticated && options.get(IpcpOptions.REMOTE) == 0)
        .acceptLocal(byHost || options.get(IpcpOptions.ACCEPT_LOCAL))
        .acceptRemote(options.get(IpcpOptions.ACCEPT_REMOTE))
        .sendAddress(options.get(IpcpOptions.SEND_ADDRESS))
        .askRemote(!options.get(IpcpOptions.NO_REMOTE))
        .remoteStandIn(options.get(IpcpOptions.NO_REMOTE) ? 0 : PEER_STAND_IN + unit)
        .offeredDns(options.get(IpcpOptions.MS_DNS))
        .offeredNbns(options.get(IpcpOptions.MS_WINS))
        .askDns(options.get(IpcpOptions.USE_PEER_DNS))
        .askNbns(options.get(IpcpOptions.USE_PEER_WINS))
        .vjSlots(options.get(IpcpOptions.VJ) ? options.get(IpcpOptions.VJ_SLOTS) : 0)
        .vjCompressSlotId(options.get(IpcpOptions.VJ_SLOT_COMPRESSION))
        .restart(
            restart(
                options,
                IpcpOptions.RESTART,
                IpcpOptions.MAX_CONFIGURE,
                IpcpOptions.MAX_TERMINATE,
                IpcpOptions.MAX_FAILURE))
        .build();
  }

  private static CcpConfig ccp(PppdOptions options) {
    var windows = options.get(CcpOptions.DEFLATE);
    var deflate =
        new CcpConfig.Deflate(
            windows.receive(), windows.send(), options.get(CcpOptions.DEFLATE_DRAFT));
    var strengths = EnumSet.noneOf(MppeStrength.class);
    for (MppeStrength strength : MppeStrength.values()) {
      if (options.get(CcpOptions.MPPE).contains(strength.bits())) {
        strengths.add(strength);
      }
    }
    var mppe =
        strengths.isEmpty()
            ? null
            : new CcpConfig.Mppe(
                true, strengths, !options.get(CcpOptions.MPPE_STATEFUL), MppeMode.STATEFUL);
    return new CcpConfig(deflate, mppe, RestartPolicy.DEFAULT);
  }

  private static AuthConfig auth(PppdOptions options, String localName) {
    return AuthConfig.of(localName)
        .withPap(
            new AuthConfig.Pap(
                seconds(options, AuthenticationOptions.PAP_RESTART),
                options.get(AuthenticationOptions.PAP_MAX_REQUESTS),
                seconds(options, AuthenticationOptions.PAP_TIMEOUT)))
        .withChap(
            new AuthConfig.Chap(
                seconds(options, AuthenticationOptions.CHAP_RESTART),
                options.get(AuthenticationOptions.CHAP_MAX_CHALLENGE),
                seconds(options, AuthenticationOptions.CHAP_INTERVAL),
                seconds(options, AuthenticationOptions.CHAP_TIMEOUT),
                AuthConfig.Chap.DEFAULT.retries()))
        .withEap(
            new AuthConfig.Eap(
                seconds(options, AuthenticationOptions.EAP_RESTART),
                options.get(AuthenticationOptions.EAP_MAX_REQUESTS),
                seconds(options, AuthenticationOptions.EAP_INTERVAL),
                seconds(options, AuthenticationOptions.EAP_TIMEOUT),
                options.get(AuthenticationOptions.EAP_MAX_RECEIVED),
                AuthConfig.Eap.DEFAULT.retries(),
                List.<EapType>copyOf(AuthConfig.Eap.DEFAULT.methods())));
  }

  private static List<AuthMethod> asked(PppdOptions options, boolean trustsPeers) {
    Requirement requirement = options.get(AuthenticationOptions.AUTH);
    boolean required =
        requirement == Requirement.REQUIRED || (requirement == Requirement.DEFAULT && !trustsPeers);
    Set<Method> named = options.get(AuthenticationOptions.REQUIRED_METHODS);
    var methods = new ArrayList<AuthMethod>();
    for (Method method : PREFERENCE) {
      if (required && (named.isEmpty() || named.contains(method))) {
        methods.add(preferred(method));
      }
    }
    return List.copyOf(methods);
  }

  private static Set<AuthMethod> given(PppdOptions options) {
    var methods = EnumSet.noneOf(AuthMethod.class);
    for (AuthMethod method : AuthMethod.values()) {
      if (!options.get(AuthenticationOptions.REFUSED_METHODS).contains(named(method))) {
        methods.add(method);
      }
    }
    return Set.copyOf(methods);
  }

  /// The algorithm that an option's name stands for.
  private static AuthMethod preferred(Method method) {
    return switch (method) {
      case PAP -> AuthMethod.PAP;
      case CHAP -> AuthMethod.CHAP_MD5;
      case MS_CHAP -> AuthMethod.MS_CHAP;
      case MS_CHAP_V2 -> AuthMethod.MS_CHAP_V2;
      case EAP -> AuthMethod.EAP;
    };
  }

  /// The name by which an option refuses an algorithm.
  private static Method named(AuthMethod method) {
    return switch (method) {
      case PAP -> Method.PAP;
      case CHAP_MD5, CHAP_SHA1, CHAP_SHA256, CHAP_SHA3_256 -> Method.CHAP;
      case MS_CHAP -> Method.MS_CHAP;
      case MS_CHAP_V2 -> Method.MS_CHAP_V2;
      case EAP -> Method.EAP;
    };
  }

  private static RestartPolicy restart(
      PppdOptions options,
      Setting<Integer> interval,
      Setting<Integer> configure,
      Setting<Integer> terminate,
      Setting<Integer> failure) {
    return new RestartPolicy(
        seconds(options, interval),
        options.get(configure),
        options.get(terminate),
        options.get(failure),
        false,
        false);
  }

  private static Duration seconds(PppdOptions options, Setting<Integer> setting) {
    return Duration.ofSeconds(options.get(setting));
  }
}
