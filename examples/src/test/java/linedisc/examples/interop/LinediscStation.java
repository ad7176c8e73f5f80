package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;

/// linedisc, as a process of its own that runs an [Endpoint].
final class LinediscStation implements Station {
  private static final Duration OPEN = Duration.ofSeconds(20);
  private static final Duration PING = Duration.ofSeconds(20);

  private final End end;
  private final String addresses;
  private final Path device;
  private final Path folder;
  private final LinediscProcess process;

  /// @param addresses `LOCAL:REMOTE`, unless the end's options say otherwise
  /// @param device the tty to open
  /// @param folder for files of this process; its own
  LinediscStation(End end, String addresses, Path device, Path folder) {
    this.end = end;
    this.addresses = addresses;
    this.device = device;
    this.folder = folder;
    this.process = new LinediscProcess(folder);
  }

  @Override
  public void start(boolean waits)
      throws IOException, InterruptedException, CellException, UnavailableException {
    var arguments = new ArrayList<String>();
    arguments.add(device.toString());
    arguments.add(end.program().name().toLowerCase(Locale.ROOT));
    arguments.addAll(end.options());
    if (!end.hasAddresses()) {
      arguments.add(addresses);
    }
    if (waits && end.program() == End.Program.PPP) {
      arguments.add("silent");
    }
    process.start(Endpoint.class, arguments);
    process.await("open its port", OPEN, "opened");
  }

  @Override
  public Link awaitUp(Duration limit) throws InterruptedException, CellException {
    Event up = process.await("bring its network up", limit, "up");
    return new Link(up.get("local"), up.get("remote"), up.number("mtu"));
  }

  @Override
  public void ping(String address, int size)
      throws IOException, InterruptedException, CellException {
    Event answer = process.ask("ping " + address + " 3 " + size, "ping", PING);
    if (!answer.get("sent").equals(answer.get("received"))) {
      throw new CellException("ping %s: %s".formatted(address, answer));
    }
  }

  @Override
  public void ping6(int size) throws CellException {
    throw new CellException("linedisc answers pings over IPv6, it sends none");
  }

  @Override
  public void receive(Transport transport, int port, int octets)
      throws IOException, InterruptedException, CellException {
    needUdp(transport);
    process.forget("received");
    process.ask("receive " + port + " " + octets, "listening");
  }

  @Override
  public void send(Transport transport, String address, int port, int size, byte[] payload)
      throws IOException, CellException {
    needUdp(transport);
    Path file = folder.resolve("payload");
    Files.write(file, payload);
    process.tell("send " + address + " " + port + " " + size + " " + file);
  }

  private static void needUdp(Transport transport) throws CellException {
    if (transport != Transport.UDP) {
      throw new CellException("linedisc has no " + transport);
    }
  }

  @Override
  public String received(Duration limit) throws InterruptedException, CellException {
    return process.await("receive everything", limit, "received").get("sha256");
  }

  @Override
  public long receiveErrors() throws IOException, InterruptedException, CellException {
    return process.ask("errors", "errors").number("receive");
  }

  @Override
  public void stop(Duration limit) throws IOException, InterruptedException, CellException {
    process.tell("stop");
    process.awaitEnd(limit);
  }

  @Override
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void awaitSaid(Pattern pattern, Duration limit)
      throws IOException, InterruptedException, CellException {
    process.awaitSaid(pattern, limit);
  }

  @Override
  public String log() throws IOException {
    return process.log();
  }

  @Override
  public String counters() throws IOException, InterruptedException {
    try {
      return process.ask("counters", "counters").get("text");
    } catch (CellException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  @Override
  public String toString() {
    return "linedisc";
  }
}
