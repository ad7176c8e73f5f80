package linedisc.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import linedisc.ppp.LinkStatistics;
import linedisc.ppp.Phase;
import linedisc.ppp.PppEvent;
import linedisc.ppp.TerminationReason;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.JSerialCommTransport;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.SlipProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipStatistics;
import linedisc.slip.inet.Ipv4;
import org.jspecify.annotations.Nullable;

/// linedisc at one end of a line, as a process for [LinediscStation]:
///
///     Endpoint DEVICE ppp [persist] [holdoff SECONDS] PPPD-OPTION...
///     Endpoint DEVICE sl PROTOCOL [mtu N] [keepalive S] [outfill S] LOCAL:REMOTE
///
/// It writes an event a line to standard output, JSON objects whose `event` is `opened`, `up`,
/// `up6`, `down`, `terminated`, `authenticated`, `compression`, `trace`, or the answer to a command. Commands come a line each from
/// standard input; its end is the end of the process.
///
/// | command | answer |
/// |---|---|
/// | `ping ADDRESS COUNT SIZE` | `ping` with `sent` and `received` |
/// | `receive PORT OCTETS` | `listening`; when all has come, `received` with `sha256` |
/// | `send ADDRESS PORT SIZE FILE` | none |
/// | `errors` | `errors` with `receive` |
/// | `counters` | `counters` with `text` |
/// | `stop` | the link is closed, the process ends |
final class Endpoint {
  private static final int PING_SIZE = 56;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Duration TERMINATE_LIMIT = Duration.ofSeconds(8);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, executor);
  private final Traffic traffic = new Traffic(sha256 -> Event.say("received", "sha256", sha256));
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final Tty tty;
  private final NetInterface netInterface;

  /// Seconds after which an ended link is opened again; negative: never.
  private int holdoff = -1;

  private volatile boolean stopping;
  private volatile @Nullable PppProtocol ppp;
  private volatile @Nullable PppWords pppWords;

  private Endpoint(String device, String type) throws PortException, NetException {
    this.tty = ttys.open(JSerialCommTransport.open(device, PortSettings.DEFAULT, new PortLocks()));
    this.netInterface = interfaces.create(type + "0");
    forwarder.setLocal(traffic);
    forwarder.attach(netInterface);
  }

  public static void main(String[] args)
      throws IOException, PortException, NetException, InterruptedException {
    String type = args[1];
    var endpoint = new Endpoint(args[0], type);
    List<String> words = List.of(args).subList(2, args.length);
    switch (type) {
      case "ppp" -> endpoint.bindPpp(words);
      case "sl" -> endpoint.bindSlip(SlipWords.parse(words, ":"));
      default -> throw new IllegalArgumentException("no interface of type " + type);
    }
    endpoint.serve();
    // The tables' own threads would keep the process.
    System.exit(0);
  }

  private void bindPpp(List<String> words) throws NetException {
    var options = new ArrayList<>(words);
    if (options.remove("persist")) {
      holdoff = 1;
    }
    int at = options.indexOf("holdoff");
    if (at >= 0) {
      options.remove(at);
      holdoff = Integer.parseInt(options.remove(at));
    }
    options.remove("noipdefault");
    PppWords parsed = PppWords.parse(options);
    pppWords = parsed;
    var _ = tty.events(executor, this::take);
    bind(new PppDiscipline(parsed.config(), SecureRandom::new));
  }

  private void bindSlip(SlipWords words) throws NetException, IOException {
    netInterface.configure(new AddressPair(address(words.local()), address(words.remote())));
    var _ = tty.events(executor, this::take);
    bind(new SlipDiscipline(words.config()));
    Event.say("up", "local", words.local(), "remote", words.remote(), "mtu", netInterface.mtu());
  }

  private void bind(LineDiscipline discipline) throws NetException {
    ppp = tty.bind(discipline, netInterface).protocol().as(PppProtocol.class);
    Event.say("opened", "device", tty.name());
  }

  private static Inet4Address address(String text) throws IOException {
    return (Inet4Address) InetAddress.getByName(text);
  }

  // ---- events

  private void take(TtyEvent event) {
    switch (event) {
      case TtyEvent.FromProtocol(PppEvent.Trace(String text)) -> Event.say("trace", "text", text);
      case TtyEvent.FromProtocol(PppEvent.Ipv4Up up) ->
          Event.say(
              "up",
              "local",
              Ipv4.text(up.local()),
              "remote",
              Ipv4.text(up.remote()),
              "mtu",
              up.mtu());
      case TtyEvent.FromProtocol(PppEvent.Ipv6Up up) ->
          Event.say(
              "up6",
              "local",
              InterfaceIdentifier.linkLocalText(up.local()),
              "remote",
              InterfaceIdentifier.linkLocalText(up.remote()));
      case TtyEvent.FromProtocol(PppEvent.Authenticated(boolean ours, var method, String name)) ->
          Event.say("authenticated", "who", ours ? "us" : "peer", "method", method, "name", name);
      case TtyEvent.FromProtocol(PppEvent.CompressionUp(String sends, String receives)) ->
          Event.say("compression", "sends", sends, "receives", receives);
      case TtyEvent.FromProtocol(PppEvent.Needed(PppEvent.Need.Credential(var request))) ->
          supply(request);
      case TtyEvent.FromProtocol(PppEvent.NetworkDown(int protocol, String why)) ->
          Event.say("down", "protocol", Integer.toHexString(protocol), "why", why);
      case TtyEvent.FromProtocol(PppEvent.Terminated(TerminationReason reason)) -> ended(reason);
      case TtyEvent.HungUp(var cause) -> Event.say("down", "why", cause.toString());
      case TtyEvent.FromProtocol(PppEvent.PhaseChanged(Phase phase)) ->
          Event.say("phase", "name", phase.name().toLowerCase(Locale.ROOT));
      default -> Event.say("tty", "what", event.toString());
    }
  }

  private void supply(CredentialRequest request) {
    PppProtocol protocol = ppp;
    PppWords words = pppWords;
    if (protocol != null && words != null) {
      boolean _ = protocol.supply(request, words.answer(request));
    }
  }

  private void ended(TerminationReason reason) {
    Event.say("terminated", "why", reason.message());
    terminated.countDown();
    PppProtocol protocol = ppp;
    if (holdoff >= 0 && !stopping && protocol != null) {
      try {
        TimeUnit.SECONDS.sleep(holdoff);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      boolean _ = protocol.open();
    }
  }

  // ---- commands

  private void serve() throws IOException, NetException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    while (line != null && !line.equals("stop")) {
      perform(line.split(" ", -1));
      line = in.readLine();
    }
    stopping = true;
    PppProtocol protocol = ppp;
    if (line != null && protocol != null && protocol.close(new TerminationReason.UserRequest())) {
      boolean _ = terminated.await(TERMINATE_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    boolean _ = tty.close(CLOSE_LIMIT).await(CLOSE_LIMIT);
  }

  private void perform(String[] words) throws IOException, NetException, InterruptedException {
    switch (words[0]) {
      case "ping" -> {
        int count = Integer.parseInt(words[2]);
        int size = Integer.parseInt(words[3]);
        int received =
            traffic.ping(
                netInterface, own(), address(words[1]), count, size == 0 ? PING_SIZE : size);
        Event.say("ping", "sent", count, "received", received);
      }
      case "receive" -> {
        traffic.receive(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        Event.say("listening", "port", words[1]);
      }
      case "send" -> {
        Inet4Address to = address(words[1]);
        Inet4Address from = own();
        int port = Integer.parseInt(words[2]);
        int size = Integer.parseInt(words[3]);
        byte[] data = Files.readAllBytes(Path.of(words[4]));
        var _ =
            executor.submit(() -> {
              traffic.send(netInterface, from, to, port, size, data);
              return null;
            });
      }
      case "errors" -> Event.say("errors", "receive", receiveErrors());
      case "counters" -> Event.say("counters", "text", counters());
      default -> Event.say("failed", "why", "unknown command " + words[0]);
    }
  }

  private Inet4Address own() {
    for (AddressPair pair : netInterface.addresses()) {
      if (pair.local() instanceof Inet4Address address) {
        return address;
      }
    }
    throw new IllegalStateException(netInterface.name() + " has no IPv4 address");
  }

  private String counters() {
    PppProtocol pppProtocol = ppp;
    SlipProtocol slip = tty.protocol().as(SlipProtocol.class);
    return "%s%n%s%n%s%n%s"
        .formatted(
            netInterface.statistics(),
            pppProtocol == null ? "" : pppProtocol.statistics(),
            slip == null ? "" : slip.statistics(),
            traffic);
  }

  private long receiveErrors() {
    long errors = traffic.damaged() + netInterface.statistics().inDropped();
    PppProtocol pppProtocol = ppp;
    if (pppProtocol != null) {
      LinkStatistics statistics = pppProtocol.statistics();
      return errors + (statistics == null ? 0 : statistics.losses() + statistics.runts());
    }
    SlipProtocol slip = tty.protocol().as(SlipProtocol.class);
    SlipStatistics statistics = slip == null ? null : slip.statistics();
    return errors + (statistics == null ? 0 : statistics.receivedDamaged());
  }
}
