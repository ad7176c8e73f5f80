package linedisc.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.JSerialCommTransport;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.SlipProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipStatistics;

/// linedisc between two ends, as a process for [RouterStation]: it forwards packets from one line
/// to the other.
///
///     Router LEFT-DEVICE RIGHT-DEVICE PROTOCOL [mtu N] [loss PERCENT]
///
/// Of the frames on each line a share vanishes in either direction. Standard input and output are
/// used as [Endpoint] does. The one command is `counters`; its answer `counters` has
///
/// | field | what |
/// |---|---|
/// | `compressed` | packets with compressed headers: sent or received on either line, whichever were fewest |
/// | `lost` | frames that vanished |
/// | `text` | all counters |
final class Router {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final String OWN_ADDRESS = "10.9.0.3";
  private static final long SEED = 1144;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, executor);
  private final SlipWords words;

  private Router(SlipWords words) {
    this.words = words;
  }

  public static void main(String[] args)
      throws IOException, PortException, NetException, InterruptedException {
    var router = new Router(SlipWords.parse(List.of(args).subList(2, args.length), ":"));
    Leg left = router.leg(args[0], Trial.LEFT_ADDRESS, SEED);
    Leg right = router.leg(args[1], Trial.RIGHT_ADDRESS, SEED + 1);
    Event.say("opened");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("counters")) {
        Event.say(
            "counters",
            "compressed",
            Math.min(left.compressed(), right.compressed()),
            "lost",
            left.line.lost() + right.line.lost(),
            "text",
            left + "\n" + right + "\n" + router.forwarder.statistics());
      }
    }
    boolean _ = left.tty.close(CLOSE_LIMIT).await(CLOSE_LIMIT);
    boolean _ = right.tty.close(CLOSE_LIMIT).await(CLOSE_LIMIT);
    // The tables' own threads would keep the process.
    System.exit(0);
  }

  private Leg leg(String device, String peer, long seed) throws PortException, NetException {
    var line =
        new FrameLoss(
            JSerialCommTransport.open(device, PortSettings.DEFAULT, new PortLocks()),
            words.loss(),
            seed);
    Tty tty = ttys.open(line);
    NetInterface sl = tty.bind(new SlipDiscipline(words.config())).netInterface();
    sl.configure(new AddressPair(Prefix.address(OWN_ADDRESS), Prefix.address(peer)));
    forwarder.attach(sl);
    return new Leg(line, tty, sl);
  }

  private record Leg(FrameLoss line, Tty tty, NetInterface sl) {
    private SlipStatistics statistics() {
      SlipProtocol protocol = tty.protocol().as(SlipProtocol.class);
      SlipStatistics statistics = protocol == null ? null : protocol.statistics();
      if (statistics == null) {
        throw new IllegalStateException(tty.name() + " is not bound to SLIP");
      }
      return statistics;
    }

    long compressed() {
      SlipStatistics statistics = statistics();
      return Math.min(statistics.vj().sentCompressed(), statistics.vj().receivedCompressed());
    }

    @Override
    public String toString() {
      return sl.statistics() + "\n" + statistics();
    }
  }
}
