package linedisc.examples.interop;

import java.time.Duration;
import java.util.List;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.LcpOptions;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.SystemMachine;
import linedisc.examples.pppd.options.TtyOptions;
import linedisc.ppp.PppConfig;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;

/// Turns pppd's option words into settings of a link, so that a cell says the same to both ends.
final class PppWords {
  private PppWords() {}

  /// @throws IllegalArgumentException for a word that is no option of a link
  static PppConfig parse(List<String> words) {
    try {
      return config(OptionReader.readLink(new SystemMachine(), String.join(" ", words), "cell"));
    } catch (OptionException e) {
      throw new IllegalArgumentException(e.sentence(), e);
    }
  }

  private static PppConfig config(PppdOptions options) {
    LcpConfig lcp =
        LcpConfig.builder()
            .mru(options.get(LcpOptions.MRU))
            .negotiateMru(options.get(LcpOptions.NEGOTIATE_MRU))
            .mtu(options.get(LcpOptions.MTU))
            .accm(options.get(LcpOptions.ASYNCMAP))
            .negotiateAccm(options.get(LcpOptions.NEGOTIATE_ASYNCMAP))
            .escapes(List.copyOf(options.get(TtyOptions.ESCAPE)))
            .magicNumber(options.get(LcpOptions.MAGIC_NUMBER))
            .protocolCompression(options.get(LcpOptions.PFC))
            .addressControlCompression(options.get(LcpOptions.ACFC))
            .restart(
                new RestartPolicy(
                    Duration.ofSeconds(options.get(LcpOptions.RESTART)),
                    options.get(LcpOptions.MAX_CONFIGURE),
                    options.get(LcpOptions.MAX_TERMINATE),
                    options.get(LcpOptions.MAX_FAILURE),
                    options.get(LcpOptions.SILENT),
                    options.get(LcpOptions.PASSIVE)))
            .echoInterval(Duration.ofSeconds(options.get(LcpOptions.ECHO_INTERVAL)))
            .echoFailure(options.get(LcpOptions.ECHO_FAILURE))
            .echoAdaptive(options.get(LcpOptions.ECHO_ADAPTIVE))
            .build();
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(options.get(IpcpOptions.LOCAL))
            .remoteAddress(options.get(IpcpOptions.REMOTE))
            .acceptLocal(options.get(IpcpOptions.ACCEPT_LOCAL))
            .acceptRemote(options.get(IpcpOptions.ACCEPT_REMOTE))
            .offeredDns(options.get(IpcpOptions.MS_DNS))
            .askDns(options.get(IpcpOptions.USE_PEER_DNS))
            .build();
    return PppConfig.builder().lcp(lcp).ipcp(ipcp).trace(true).build();
  }
}
