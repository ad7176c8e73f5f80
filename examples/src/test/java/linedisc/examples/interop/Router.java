package linedisc.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.SlipProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipConfig;

/// linedisc between two ends, as a process for [RouterStation]: it forwards packets from one line
/// to the other.
///
///     Router LEFT-DEVICE RIGHT-DEVICE sl PROTOCOL [mtu N] [loss PERCENT]
///     Router LEFT-DEVICE RIGHT-DEVICE ppp [loss PERCENT] PPPD-OPTION...
///
/// Of the frames on each line a share vanishes in either direction. Standard input and output are
/// used as [Endpoint] does. The one command is `counters`; its answer `counters` has `lost`, the
/// number of frames that have vanished, and `text`, all counters.
final class Router {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final String OWN_ADDRESS = "10.9.0.3";
  private static final long SEED = 1144;
  private static final String PPP = "ppp";
  private static final String LOSS = "loss";

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, executor);
  private final String type;
  private final List<String> words;
  private final int loss;

  private Router(String type, List<String> words) {
    int at = words.indexOf(LOSS);
    this.type = type;
    this.loss = at < 0 ? 0 : Integer.parseInt(words.get(at + 1));
    this.words = new ArrayList<>(words);
    if (at >= 0) {
      this.words.subList(at, at + 2).clear();
    }
  }

  public static void main(String[] args)
      throws IOException, PortException, NetException, InterruptedException {
    var router = new Router(args[2], List.of(args).subList(3, args.length));
    Leg left = router.leg(args[0], Trial.LEFT_ADDRESS, SEED);
    Leg right = router.leg(args[1], Trial.RIGHT_ADDRESS, SEED + 1);
    Event.say("opened");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("counters")) {
        Event.say(
            "counters",
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
            type.equals(PPP) ? FrameLoss.PPP_FLAG : FrameLoss.SLIP_END,
            loss,
            seed);
    Tty tty = ttys.open(line);
    NetInterface netInterface;
    if (type.equals(PPP)) {
      var all = new ArrayList<>(words);
      all.add(OWN_ADDRESS + ":" + peer);
      netInterface =
          tty.bind(new PppDiscipline(PppWords.parse(all).config(), SecureRandom::new))
              .netInterface();
    } else {
      SlipConfig config = SlipWords.parse(words, OWN_ADDRESS + ":" + peer).config();
      netInterface = tty.bind(new SlipDiscipline(config)).netInterface();
      netInterface.configure(new AddressPair(Prefix.address(OWN_ADDRESS), Prefix.address(peer)));
    }
    forwarder.attach(netInterface);
    return new Leg(line, tty, netInterface);
  }

  private record Leg(FrameLoss line, Tty tty, NetInterface netInterface) {
    @Override
    public String toString() {
      SlipProtocol slip = tty.protocol().as(SlipProtocol.class);
      PppProtocol ppp = tty.protocol().as(PppProtocol.class);
      return netInterface.statistics()
          + "\n"
          + (slip == null ? "" : slip.statistics())
          + (ppp == null ? "" : ppp.statistics());
    }
  }
}
