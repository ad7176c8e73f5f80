package linedisc.examples.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.options.AuthenticationOptions;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.LinkConfig;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.Setting;
import linedisc.examples.pppd.options.SystemMachine;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppEvent;
import linedisc.serial.capture.LinkType;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.FaultTransport;
import linedisc.serial.port.SerialTransport;
import org.jspecify.annotations.Nullable;

/// `linedisc demo --ppp`: one PPP link whose ends are configured in pppd's words, over a line that
/// may damage what it carries. Says what the ends have agreed on.
final class PppDemo {
  /// Longer than any negotiation with pppd's timers.
  private static final long PATIENCE = 120_000_000_000L;

  /// For protocols that wait for the peer to begin, and may wait for ever.
  private static final long GRACE = 4_000_000_000L;

  private static final long POLL_MILLISECONDS = 5;
  private static final int PINGS = 10;
  private static final long SEED = 1;

  /// Unless options say otherwise.
  private static final String ADDRESSES = "10.0.0.1:10.0.0.2 ";

  private final DemoOptions demo;
  private final Terminal terminal;
  private final PppdOptions nearOptions;
  private final PppdOptions farOptions;
  private final boolean obliging;

  /// @param words pppd's options for the near end, with the serial port
  /// @param peerWords those for the far end; null for one that encrypts and compresses as the near
  ///   one does
  /// @throws CommandException for an option that there is not
  PppDemo(String words, @Nullable String peerWords, DemoOptions demo, Terminal terminal)
      throws CommandException {
    this.demo = demo;
    this.terminal = terminal;
    this.obliging = peerWords == null;
    this.farOptions = read(peerWords == null ? "" : peerWords, "--ppp-peer");
    PppdOptions plain = read(words, "--ppp");
    this.nearOptions =
        hasAddress(plain) || hasAddress(farOptions) ? plain : read(ADDRESSES + words, "--ppp");
  }

  private static boolean hasAddress(PppdOptions options) {
    return options.isSet(IpcpOptions.LOCAL) || options.isSet(IpcpOptions.REMOTE);
  }

  private static PppdOptions read(String words, String name) throws CommandException {
    try {
      return OptionReader.readLink(new SystemMachine(), words, name);
    } catch (OptionException e) {
      throw CommandException.usage(e.sentence());
    }
  }

  /// Brings the link up and says what has become of it.
  ///
  /// @param line the two ends of a line, near one first
  /// @return whether packets flow
  boolean run(SerialTransport[] line, DemoCapture capture)
      throws CommandException, InterruptedException {
    long start = System.nanoTime();
    Consumer<String> trace = demo.debug() ? terminal.err()::println : text -> {};
    LinkConfig nearLink = link("ppp0", nearOptions);
    LinkConfig farLink = link("ppp1", farOptions);
    try (var nearStation = new Station();
        var farStation = new Station()) {
      var faults = new FaultTransport(line[0], demo.bitErrors(), demo.loss(), SEED);
      var near =
          new PppEnd(
              "ppp0",
              nearOptions,
              nearLink.ppp().trace(true).build(),
              nearStation,
              nearStation.ttys().open(faults),
              trace);
      var far =
          new PppEnd(
              "ppp1",
              farOptions,
              farLink.ppp().ccp((obliging ? nearLink : farLink).ccp()).trace(true).build(),
              farStation,
              farStation.ttys().open(line[1]),
              trace);
      var pinger = new Pinger();
      nearStation.forwarder().setLocal(pinger);
      NetInterface _ = far.bind(capture.of(far.discipline(), far.name(), LinkType.PPP));
      NetInterface out = near.bind(capture.of(near.discipline(), near.name(), LinkType.PPP));
      await(near, far);
      boolean opened = near.outcome().isOpened() && far.outcome().isOpened();
      int answered = opened ? ping(pinger, near, out) : 0;
      double seconds = (System.nanoTime() - start) / 1e9;
      report(opened, answered, List.of(near, far), seconds);
      return opened;
    } catch (NetException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static LinkConfig link(String interfaceName, PppdOptions options) {
    Setting<String> from =
        options.isSet(AuthenticationOptions.USER)
            ? AuthenticationOptions.USER
            : AuthenticationOptions.NAME;
    String name = options.isSet(from) ? options.get(from) : interfaceName;
    return LinkConfig.of(options, name, true, 0, 0);
  }

  private static void await(PppEnd near, PppEnd far) throws InterruptedException {
    long begin = System.nanoTime();
    long opened = 0;
    while (System.nanoTime() - begin < PATIENCE) {
      if (near.isSettled() && far.isSettled()) {
        return;
      }
      boolean flows = near.outcome().isOpened() && far.outcome().isOpened();
      opened = !flows ? 0 : opened != 0 ? opened : System.nanoTime();
      if (flows && System.nanoTime() - opened > GRACE) {
        return;
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  private static int ping(Pinger pinger, PppEnd near, NetInterface out)
      throws NetException, InterruptedException {
    PppEvent.Ipv4Up up = near.outcome().ipv4();
    return up == null || up.remote() == 0
        ? 0
        : pinger.ping(out::send, up.local(), up.remote(), PINGS).length;
  }

  private static boolean hasEnded(List<PppEnd> ends) {
    return ends.stream().anyMatch(end -> end.outcome().end() != null);
  }

  private void report(boolean opened, int answered, List<PppEnd> ends, double seconds) {
    String state = opened ? "opened" : hasEnded(ends) ? "ended" : "no network";
    if (demo.json()) {
      List<Map<String, Object>> list = new ArrayList<>();
      ends.forEach(end -> list.add(end.outcome().toJson(end.name())));
      var result = new LinkedHashMap<String, Object>();
      result.put("state", state);
      result.put("ends", list);
      result.put("pings", opened ? PINGS : 0);
      result.put("answered", answered);
      result.put("seconds", Math.round(seconds * 1000) / 1000.0);
      terminal.out().println(Json.write(result));
      return;
    }
    for (PppEnd end : ends) {
      end.outcome().lines().forEach(line -> terminal.out().println(end.name() + "  " + line));
    }
    terminal
        .out()
        .println(opened ? state + ", " + answered + " of " + PINGS + " pings answered" : state);
  }
}
