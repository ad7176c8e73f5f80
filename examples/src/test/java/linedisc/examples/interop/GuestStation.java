package linedisc.examples.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A program in the guest that makes the network interface `name`.
abstract class GuestStation implements Station {
  /// Some hundred datagrams may wait before the sender does, rather than be dropped.
  private static final int QUEUE_LENGTH = 500;

  /// What the program says; what it said before it was started again stands in the other file.
  static final String LOG = "/tmp/log";

  private static final String EARLIER = "/tmp/earlier-log";
  private static final String PID = "/tmp/pid";
  private static final String RUNS = "kill -0 $(cat %s) 2> /dev/null".formatted(PID);

  /// Exit status of a script that waits for something when the program has ended.
  private static final int ENDED = 9;

  private final Lane lane;
  private final Lane.Port port;
  private final String name;
  private int expected;

  GuestStation(Lane lane, Lane.Port port, String name) {
    this.lane = lane;
    this.port = port;
    this.name = name;
  }

  /// A shell command that keeps running.
  ///
  /// @param device the serial port
  /// @param waits to say nothing until the other end speaks
  abstract String command(String device, boolean waits);

  /// A shell command that succeeds as soon as the program has its port open.
  abstract String isOpen();

  /// A script that runs first, to make files that the program reads.
  String prepare() {
    return "true";
  }

  /// A script that runs when the port is open, to do what the program leaves to others.
  String configure() {
    return "true";
  }

  @Override
  public void start(boolean waits) throws IOException, CellException {
    // With time stamps no header of TCP would be compressed: they change from one to the next.
    lane.must("prepare", "echo 0 > /proc/sys/net/ipv4/tcp_timestamps; " + prepare());
    lane.must(
        "start",
        """
        rm -f %2$s
        cat %3$s >> %4$s 2> /dev/null
        : > %3$s
        { sh -c 'echo $$ > %2$s; exec %1$s'; echo "exit status $?"; } >> %3$s 2>&1 &
        until [ -s %2$s ]; do sleep 0.01; done
        """
            .formatted(command(lane.device(port), waits), PID, LOG, EARLIER));
    await("open its port", Duration.ofSeconds(10), isOpen(), RUNS);
    lane.must("configure", configure());
  }

  @Override
  public Link awaitUp(Duration limit) throws IOException, CellException {
    String up =
        "/usr/sbin/ip -o -4 address show dev %s up 2> /dev/null | grep ' peer '".formatted(name);
    // 3: ppp0    inet 10.9.0.2 peer 10.9.0.1/32 scope global ppp0 ...
    String[] words = await("bring its network up", limit, up, RUNS).split("\\s+", -1);
    String mtu =
        lane.must(
            "queue length and MTU",
            "/usr/sbin/ip link set %1$s txqueuelen %2$d && cat /sys/class/net/%1$s/mtu"
                .formatted(name, QUEUE_LENGTH));
    return new Link(words[3], words[5].replace("/32", ""), Integer.parseInt(mtu));
  }

  @Override
  public void ping(String address, int size) throws IOException, CellException {
    lane.must(
        "ping " + address,
        "ping -c 3 -i 0.2 -W 5 %s %s".formatted(size == 0 ? "" : "-s " + size, address));
  }

  @Override
  public void ping6(int size) throws IOException, CellException {
    String peer =
        await(
            "bring IPv6 up",
            Duration.ofSeconds(20),
            "/usr/sbin/ip -o -6 address show dev %s up | sed -n 's/.* peer \\([^/ ]*\\).*/\\1/p' | grep ."
                .formatted(name),
            RUNS);
    lane.must(
        "ping " + peer,
        "ping -6 -c 3 -i 0.2 -W 5 %s -I %s %s"
            .formatted(size == 0 ? "" : "-s " + size, name, peer));
  }

  @Override
  public void receive(Transport transport, int port, int octets) throws IOException, CellException {
    expected = octets;
    String listener =
        switch (transport) {
          case UDP -> "UDP4-RECV:";
          case TCP -> "TCP4-LISTEN:";
        };
    lane.must(
        "receive",
        """
        : > /tmp/received
        socat -u -b 65536 %1$s%2$d,reuseaddr OPEN:/tmp/received,append 2>> %3$s &
        until ss -Hlntu | grep -q ':%2$d '; do sleep 0.02; done
        """
            .formatted(listener, port, LOG));
  }

  @Override
  public void send(Transport transport, String address, int port, int size, byte[] payload)
      throws IOException, CellException {
    lane.push("/tmp/payload", payload);
    String receiver =
        switch (transport) {
          case UDP -> "UDP4-SENDTO:";
          case TCP -> "TCP4:";
        };
    lane.must(
        "send",
        "socat -u -b %d OPEN:/tmp/payload %s%s:%d 2>> %s &"
            .formatted(size, receiver, address, port, LOG));
  }

  @Override
  public String received(Duration limit) throws IOException, CellException {
    String whole = "[ $(wc -c < /tmp/received) -ge %d ]".formatted(expected);
    Lane.Result result =
        lane.run("until %s; do sleep 0.05; done".formatted(whole), new byte[0], limit);
    if (result.status() != 0) {
      String octets = lane.must("count", "wc -c < /tmp/received");
      throw new CellException(
          "%s received %s of %d octets in %d s"
              .formatted(this, octets, expected, limit.toSeconds()));
    }
    return lane.must("digest", "sha256sum < /tmp/received").split(" ", -1)[0];
  }

  @Override
  public long receiveErrors() throws IOException, CellException {
    return Long.parseLong(
        lane.must("errors", "cat /sys/class/net/%s/statistics/rx_errors".formatted(name)));
  }

  @Override
  public void stop(Duration limit) throws IOException, CellException {
    end("leave", "-TERM", limit);
  }

  @Override
  public void signal(String name) throws IOException, CellException {
    lane.must("signal", "kill -%s $(cat %s)".formatted(name, PID));
  }

  @Override
  public int awaitExit(Duration limit) throws IOException, CellException {
    return Integer.parseInt(
        await("leave", limit, "sed -n 's/^exit status //p' %s | grep .".formatted(LOG), "true"));
  }

  @Override
  public void kill() throws IOException, CellException {
    end("die", "-KILL", Duration.ofSeconds(5));
  }

  @Override
  public void awaitSaid(Pattern pattern, Duration limit) throws IOException, CellException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!pattern.matcher(log()).find()) {
      if (System.nanoTime() - deadline > 0) {
        throw new CellException("%s did not say \"%s\"".formatted(this, pattern));
      }
      lane.run("sleep 0.1");
    }
  }

  @Override
  public String log() throws IOException {
    return lane.pull(EARLIER) + lane.pull(LOG);
  }

  @Override
  public String counters() throws IOException {
    return lane.run("/usr/sbin/ip -s -s link; cat /proc/tty/driver/serial /proc/net/snmp").output();
  }

  @Override
  public void close() throws IOException {
    lane.reset();
  }

  private void end(String doing, String signal, Duration limit) throws IOException, CellException {
    lane.must(doing, "kill %s $(cat %s)".formatted(signal, PID));
    await(doing, limit, "! " + RUNS, "true");
  }

  /// Waits until a shell command succeeds, and answers what it wrote.
  ///
  /// @param meanwhile a command that succeeds as long as waiting makes sense
  private String await(String doing, Duration limit, String command, String meanwhile)
      throws IOException, CellException {
    Lane.Result result =
        lane.run(
            "until %s; do %s || exit %d; sleep 0.05; done".formatted(command, meanwhile, ENDED),
            new byte[0],
            limit);
    return switch (result.status()) {
      case 0 -> result.output().strip();
      case ENDED -> throw new CellException("%s has ended: %s".formatted(this, lastLine(log())));
      default ->
          throw new CellException(
              "%s did not %s in %d s".formatted(this, doing, limit.toSeconds()));
    };
  }

  private static String lastLine(String text) {
    List<String> lines = text.strip().lines().toList();
    // The very last one has the exit status.
    return String.join("; ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
  }
}
